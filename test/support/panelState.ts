/** States of the panel for tests, everything overridable. */
import type { Call } from '../../src/call/call';
import type { RequestNote } from '../../src/call/request';
import type { Failure, PanelState, Reply } from '../../src/shared/protocol';

/** When the answers of these states came: 24 November 2026, 06:33:04 UTC. */
export const ANSWERED_AT = Date.UTC(2026, 10, 24, 6, 33, 4);

export function requestNote(overrides: Partial<RequestNote> = {}): RequestNote {
  return {
    resource: 'v2',
    method: 'GET',
    host: 'ccm-api.exotel.example',
    path: '/v2/accounts/acme1/calls/0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    status: 200,
    milliseconds: 184,
    requestId: 'req-4f7a1c90d2e84b57a0c3',
    ...overrides,
  };
}

/** The fields that an ordinary call does not have. */
export const RARE_FIELDS: Partial<Call> = {
  answeredBy: 'human',
  price: '-1.250000',
  parentSid: '70002accca674f077fe8ad7c96d1192p',
  appName: 'Sales queue',
  digits: '1-4-2',
  customField: 'x'.repeat(400),
};

/** A call that is over, with two legs of which the second was not answered. */
export function storedCall(overrides: Partial<Call> = {}): Call {
  const reported = (path: string, value: string, known = true): Call['reported'][number] => ({ path, value, known });
  return {
    resource: 'v2',
    sid: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    direction: 'outbound-api',
    virtualNumber: '+915555010000',
    state: 'terminal',
    status: 'completed',
    agent: { name: 'Asha K', contactUri: 'sip:asha.k@voice.example' },
    customer: { number: '+915555010045' },
    createdTime: ANSWERED_AT - 300_000,
    startTime: ANSWERED_AT - 299_000,
    endTime: ANSWERED_AT - 240_000,
    updatedTime: ANSWERED_AT - 236_000,
    totalDuration: 59,
    totalTalkTime: 41,
    sources: {
      sid: 'sid',
      direction: 'direction',
      virtualNumber: 'virtual_number',
      state: 'state',
      status: 'status',
      agent: 'assigned_agent_details.contact_uri',
      customer: 'customer_details.number',
      createdTime: 'created_time',
      startTime: 'start_time',
      endTime: 'end_time',
      updatedTime: 'updated_time',
      totalDuration: 'total_duration',
      totalTalkTime: 'total_talk_time',
    },
    legs: [
      {
        end: 'from',
        side: 'agent',
        sid: 'leg-a',
        party: { name: 'Asha K' },
        createdTime: ANSWERED_AT - 299_000,
        updatedTime: ANSWERED_AT - 240_000,
        status: 'completed',
        sources: { status: 'legs:from.0.status', createdTime: 'legs:from.0.date_created', updatedTime: 'legs:from.0.date_updated' },
      },
      {
        end: 'to',
        side: 'customer',
        sid: 'leg-c',
        party: { number: '+915555010045' },
        createdTime: ANSWERED_AT - 290_000,
        updatedTime: ANSWERED_AT - 240_000,
        status: 'completed',
        sources: { status: 'legs:to.0.status', createdTime: 'legs:to.0.date_created', updatedTime: 'legs:to.0.date_updated' },
      },
    ],
    reported: [
      reported('sid', '0f1e2d3c4b5a69788796a5b4c3d2e1f0'),
      reported('direction', 'outbound-api'),
      reported('virtual_number', '+915555010000'),
      reported('state', 'terminal'),
      reported('status', 'completed'),
      reported('assigned_agent_details.name', 'Asha K'),
      reported('assigned_agent_details.contact_uri', 'sip:asha.k@voice.example'),
      reported('customer_details.number', '+915555010045'),
      reported('created_time', new Date(ANSWERED_AT - 300_000).toISOString()),
      reported('start_time', new Date(ANSWERED_AT - 299_000).toISOString()),
      reported('end_time', new Date(ANSWERED_AT - 240_000).toISOString()),
      reported('updated_time', new Date(ANSWERED_AT - 236_000).toISOString()),
      reported('total_duration', '59'),
      reported('total_talk_time', '41'),
      reported('legs:from.0.status', 'completed'),
      reported('legs:from.0.date_created', new Date(ANSWERED_AT - 299_000).toISOString()),
      reported('legs:from.0.date_updated', new Date(ANSWERED_AT - 240_000).toISOString()),
      reported('legs:to.0.status', 'completed'),
      reported('legs:to.0.date_created', new Date(ANSWERED_AT - 290_000).toISOString()),
      reported('legs:to.0.date_updated', new Date(ANSWERED_AT - 240_000).toISOString()),
    ],
    reportedLeftOut: 0,
    ...overrides,
  };
}

export function replyWith(overrides: Partial<Reply> = {}): Reply {
  return {
    call: storedCall(),
    requests: [requestNote(), requestNote({ resource: 'legs', path: '/v3/accounts/acme1/calls/0f1e2d3c4b5a69788796a5b4c3d2e1f0/legs', milliseconds: 96, requestId: 'req-9b20' })],
    askedAt: ANSWERED_AT,
    legs: { kind: 'reported' },
    ...overrides,
  };
}

export function failureWith(overrides: Partial<Failure> = {}): Failure {
  return { kind: 'notFound', sentence: 'Exotel does not know this call.', remedies: ['Check the SID.'], actions: ['retry', 'showLog'], requests: [requestNote()], ...overrides };
}

/** A panel that shows a call in Indian time. */
export function panelState(overrides: Partial<PanelState> = {}): PanelState {
  return {
    sid: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    account: { id: 'account-1', name: 'Acme', region: 'Singapore' },
    lookup: { phase: 'filled', reply: replyWith() },
    recording: { phase: 'problem', problem: 'none', sentence: 'This call has no recording.', canRetry: false, canDownload: false },
    swapsChannels: false,
    timeZone: 'Asia/Kolkata',
    locale: 'en',
    hasDashboard: true,
    raw: ['v2', 'legs'],
    live: { phase: 'off' },
    masksNumbers: false,
    ...overrides,
  };
}
