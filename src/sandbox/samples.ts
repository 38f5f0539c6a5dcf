/**
 * The calls of the sample account. Everything in them is made up: no Indian mobile number starts with a 5, `.example` is nobody's domain.
 * Their shape is that of src/exotel/README.md, "Call details, v2".
 */
import type { Instant } from '../call/call';
import { type AudioFile, createRecording } from './audio';

/** A call that the sandbox knows, with a line that says what it shows. */
export interface SampleCall {
  readonly sid: string;
  readonly title: string;
}

/** Every sample call by name. The SIDs never change: files that mention them may rely on that. */
export const SAMPLES = {
  completed: { sid: '5f0c1b7e9a3d42c68e17b04d92fa631k', title: 'Completed: agent and customer talked for 48 seconds, recorded in mono' },
  dualChannel: { sid: 'a91e44d07c5b4f2f8d30c6e5b1728f4q', title: 'Completed, recorded in stereo: agent on the left, customer on the right' },
  inbound: { sid: '3d7ab20f6e1948c5b4a2f70e8c65d91b', title: 'Inbound: a customer called the ExoPhone and spoke to an agent; the recording is behind a signed link' },
  agentUnanswered: { sid: 'c27e9f1045db4a86930b5fd1ee78a20z', title: 'The agent did not answer, so the customer was never dialled' },
  customerUnanswered: { sid: '90b6e3a8d2f14c7da5518c0f46be7d3m', title: 'The agent answered, the customer did not' },
  agentCanceled: { sid: '1e84fc6b39a7406fb2d5e9037ac81f5w', title: 'The agent cancelled the call before the customer was reached' },
  customerNoDial: { sid: 'd5038ab71ce64e92a7f4b16d0c39e82h', title: 'The customer could not be dialled' },
  agentNoDial: { sid: '7ca2d91e50f34b6c8e05af7b31d6c49t', title: 'The agent could not be dialled' },
  active: { sid: 'b8f15e62c40a4d39967de1a8057fc2bx', title: 'Active: still going on when first looked up, completed about a minute later' },
  recordingProcessing: { sid: '46d0a7c3e8bf4291b3c65f90ad17e8ej', title: 'Just completed: the recording is still being processed' },
  recordingExpired: { sid: 'e3917fb0a56c4d88b021d7ce94f6a05p', title: 'The signed link to the recording has expired' },
  recordingGone: { sid: '28c5e0f7d41b4a3f9e67c8b2105da96v', title: 'The recording was deleted after its retention period' },
  recordingRefused: { sid: 'f60a3d8b17ce4592ad84e71c0b9f538s', title: 'The recording is refused, whatever keys are sent' },
  recordingNotAudio: { sid: '0b72c4e9f58d4136a9d03e6f1c85b7dn', title: 'The recording link answers with a web page' },
  recordingLarge: { sid: '9d4e6b13f7a04c52b8c1d05e7af2396y', title: 'Half an hour in stereo: a recording too large to play in the panel' },
  odd: { sid: '6ea8c02d95f74b1e83d6a4f7c1b0e29g', title: 'Odd data: numbers as text, an unreadable time, times out of order' },
  unknownStatus: { sid: 'ad53f90c7be1468297d2e05b8f4c61ar', title: 'A status and fields that this extension does not know' },
  zeroLength: { sid: '71f2b8d5e03c4a96ae49c7d180f5b3eu', title: 'Zero length: started and ended in the same second' },
  noEndTime: { sid: 'cb06d4e71a9f42d5b37f8e29c0a5166c', title: 'Terminal, yet without an end time' },
  documented: { sid: 'unique_call_identifier', title: 'The example of Exotel’s own documentation' },
} as const satisfies Readonly<Record<string, SampleCall>>;

export type SampleName = keyof typeof SAMPLES;

/** When and where a sample call is asked for. */
export interface Moment {
  /** When the sandbox started: most times are relative to it, so that the calls look recent. */
  readonly startedAt: Instant;
  readonly now: Instant;
  /** When the active call was first asked for. */
  readonly firstAskedAt: Instant;
  /** How long the active call goes on from then, in milliseconds. */
  readonly activeForMs: number;
  readonly origin: string;
  readonly accountSid: string;
  /** The signature of signed links. */
  readonly signature: string;
}

/** How the sandbox answers for a recording. */
export type SampleRecording =
  | { readonly kind: 'audio'; readonly audio: AudioFile }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'page' };

const RECORDINGS: Readonly<Partial<Record<SampleName, SampleRecording>>> = {
  completed: { kind: 'audio', audio: createRecording(48, 1) },
  dualChannel: { kind: 'audio', audio: createRecording(36, 2) },
  inbound: { kind: 'audio', audio: createRecording(24, 1) },
  active: { kind: 'audio', audio: createRecording(60, 1) },
  recordingExpired: { kind: 'audio', audio: createRecording(24, 1) },
  recordingGone: { kind: 'gone' },
  recordingRefused: { kind: 'refused' },
  recordingNotAudio: { kind: 'page' },
  recordingLarge: { kind: 'audio', audio: createRecording(1800, 2) },
  unknownStatus: { kind: 'audio', audio: createRecording(12, 1) },
};

const nameOf = new Map<string, SampleName>(names().map((name) => [SAMPLES[name].sid, name]));

function names(): readonly SampleName[] {
  return Object.keys(SAMPLES).filter((name): name is SampleName => name in SAMPLES);
}

/** The name of the sample call with this SID. */
export function sampleName(sid: string): SampleName | undefined {
  return nameOf.get(sid);
}

/** What the sandbox has for the recording of the call with this SID; undefined for none. */
export function recordingOf(sid: string): SampleRecording | undefined {
  const name = sampleName(sid);
  return name === undefined ? undefined : RECORDINGS[name];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The `call_details` of a sample call at a moment. */
export function callDetails(name: SampleName, moment: Moment): Readonly<Record<string, unknown>> {
  return BUILDERS[name](moment);
}

const BUILDERS: Readonly<Record<SampleName, (moment: Moment) => Readonly<Record<string, unknown>>>> = {
  completed: (moment) => finished('completed', moment, { ago: 22 * MINUTE, ring: 9, talk: 48 }),
  dualChannel: (moment) => ({
    ...finished('dualChannel', moment, { ago: 3 * HOUR, ring: 14, talk: 36 }),
    custom_field: '{"ticket":"KITE-4182","campaign":"renewal"}',
  }),
  inbound: (moment) => ({
    ...finished('inbound', moment, { ago: 55 * MINUTE, ring: 6, talk: 24 }),
    direction: 'inbound',
    recording: { available: true, url: signedUrl('inbound', moment, { signedAt: moment.now, seconds: 3600 }) },
  }),
  agentUnanswered: (moment) => ended('agentUnanswered', moment, { status: 'agent_unanswered', ago: 35 * MINUTE, seconds: 30 }),
  customerUnanswered: (moment) => ended('customerUnanswered', moment, { status: 'customer_unanswered', ago: 70 * MINUTE, seconds: 43 }),
  agentCanceled: (moment) => ended('agentCanceled', moment, { status: 'agent_canceled', ago: 90 * MINUTE, seconds: 8 }),
  customerNoDial: (moment) => ended('customerNoDial', moment, { status: 'customer_no_dial', ago: 5 * HOUR, seconds: 4 }),
  agentNoDial: (moment) => ended('agentNoDial', moment, { status: 'agent_no_dial', ago: DAY + 2 * HOUR, seconds: 2 }),
  active: activeCall,
  recordingProcessing: (moment) => ({
    ...finished('recordingProcessing', moment, { ago: 2 * MINUTE, ring: 7, talk: 66 }),
    recording: { available: false, url: '' },
  }),
  recordingExpired: (moment) => ({
    ...finished('recordingExpired', moment, { ago: 2 * DAY, ring: 11, talk: 24 }),
    recording: { available: true, url: signedUrl('recordingExpired', moment, { signedAt: moment.startedAt - 2 * DAY, seconds: 300 }) },
  }),
  recordingGone: (moment) => finished('recordingGone', moment, { ago: 64 * DAY, ring: 10, talk: 31 }),
  recordingRefused: (moment) => finished('recordingRefused', moment, { ago: 8 * HOUR, ring: 12, talk: 75 }),
  recordingNotAudio: (moment) => finished('recordingNotAudio', moment, { ago: 6 * HOUR, ring: 8, talk: 52 }),
  recordingLarge: (moment) => finished('recordingLarge', moment, { ago: 4 * HOUR, ring: 12, talk: 1800 }),
  odd: oddCall,
  unknownStatus: (moment) => ({
    ...finished('unknownStatus', moment, { ago: 7 * HOUR, ring: 25, talk: 12 }),
    status: 'voicemail_left',
    sentiment: { score: 0.72, label: 'calm' },
    tags: ['vip', 'callback'],
    ivr_path: 'main>sales>voicemail',
    cost_paise: 185,
  }),
  zeroLength: (moment) => ({
    ...ended('zeroLength', moment, { status: 'agent_no_dial', ago: 10 * HOUR, seconds: 0 }),
    created_time: iso(moment.startedAt - 10 * HOUR),
    start_time: iso(moment.startedAt - 10 * HOUR),
    updated_time: iso(moment.startedAt - 10 * HOUR),
  }),
  noEndTime: (moment) => ({
    ...ended('noEndTime', moment, { status: 'customer_unanswered', ago: 9 * HOUR, seconds: 38 }),
    end_time: null,
    total_duration: null,
    total_talk_time: null,
  }),
  documented: documentedCall,
};

interface Finished {
  /** How long before the start of the sandbox the call ended, in milliseconds. */
  readonly ago: number;
  /** Seconds from the start until the two were talking. */
  readonly ring: number;
  /** Seconds. */
  readonly talk: number;
}

function finished(name: SampleName, moment: Moment, { ago, ring, talk }: Finished): Readonly<Record<string, unknown>> {
  return {
    ...ended(name, moment, { status: 'completed', ago, seconds: ring + talk }),
    total_talk_time: talk,
    recording: { available: true, url: recordingUrl(name, moment) },
  };
}

interface Ended {
  readonly status: string;
  /** How long before the start of the sandbox the call ended, in milliseconds. */
  readonly ago: number;
  /** From start to end. */
  readonly seconds: number;
}

function ended(name: SampleName, moment: Moment, { status, ago, seconds }: Ended): Readonly<Record<string, unknown>> {
  const end = moment.startedAt - ago;
  const start = end - seconds * SECOND;
  return {
    ...parties(name, moment),
    state: 'terminal',
    status,
    created_time: iso(start - SECOND),
    updated_time: iso(end + 4 * SECOND),
    start_time: iso(start),
    end_time: iso(end),
    total_duration: seconds,
    total_talk_time: 0,
    recording: { available: false, url: null },
  };
}

/** Rings and talks from shortly before it was first asked for until its time is over; then it is like any other. */
function activeCall(moment: Moment): Readonly<Record<string, unknown>> {
  const start = moment.firstAskedAt - 20 * SECOND;
  const end = moment.firstAskedAt + moment.activeForMs;
  const whileActive = {
    ...parties('active', moment),
    state: 'active',
    status: null,
    created_time: iso(start - SECOND),
    updated_time: iso(Math.min(moment.now, start + 12 * SECOND)),
    start_time: iso(start),
    end_time: null,
    total_duration: null,
    total_talk_time: null,
    recording: { available: false, url: null },
  };
  if (moment.now < end) return whileActive;
  const seconds = Math.floor((end - start) / SECOND);
  return {
    ...whileActive,
    state: 'terminal',
    status: 'completed',
    updated_time: iso(end + SECOND),
    end_time: iso(end),
    total_duration: seconds,
    total_talk_time: Math.min(60, Math.max(1, seconds - 12)),
    recording: { available: true, url: recordingUrl('active', moment) },
  };
}

function oddCall(moment: Moment): Readonly<Record<string, unknown>> {
  const end = moment.startedAt - 26 * HOUR;
  return {
    ...parties('odd', moment),
    state: 'terminal',
    status: 'completed',
    customer_details: { number: 'null', contact_name: '', status: 'answered' },
    created_time: iso(end - 90 * SECOND),
    updated_time: '31st of November, half past nine',
    start_time: iso(end + 30 * SECOND),
    end_time: iso(end),
    total_duration: '90',
    total_talk_time: '240',
    recording: { available: 'true', url: 'null' },
    custom_field: 'null',
  };
}

/** Exactly the values of the documentation, placeholders included. */
function documentedCall(): Readonly<Record<string, unknown>> {
  return {
    sid: SAMPLES.documented.sid,
    direction: 'outbound-api',
    virtual_number: '+911234567890',
    state: 'terminal',
    status: 'completed',
    assigned_agent_details: { user_id: 'agent-uuid', contact_uri: 'sip:agent@exotel.com' },
    customer_details: { number: '+919876543210' },
    created_time: '2024-06-15T10:30:00.000Z',
    updated_time: '2024-06-15T10:35:05.000Z',
    start_time: '2024-06-15T10:30:01.000Z',
    end_time: '2024-06-15T10:35:00.000Z',
    total_duration: 300,
    total_talk_time: 280,
    recording: { available: true, url: 'https://s3-ap-southeast-1.amazonaws.com/.../recording.mp3' },
    custom_field: 'ticket_12345',
    legs: '/v2/accounts/<account_sid>/calls/<call_sid>/legs',
  };
}

const AGENTS = [
  { user_id: '8a1f6c52-0d3e-4b77-9c41-5e2b7f90a6d3', contact_uri: 'sip:asha.k@voice.example' },
  { user_id: '41d7be09-6f2a-4c18-8e53-b07a9cd2f16e', contact_uri: 'sip:vikram.r@voice.example' },
  { user_id: 'c93e5a70-2b84-4fd1-a6c7-19f8e0b3d452', contact_uri: '+915555010090' },
] as const;

function parties(name: SampleName, moment: Moment): Readonly<Record<string, unknown>> {
  const { sid } = SAMPLES[name];
  const index = names().indexOf(name);
  return {
    sid,
    direction: 'outbound-api',
    virtual_number: '+911234567890',
    assigned_agent_details: AGENTS[index % AGENTS.length],
    customer_details: { number: `+9155550100${String(20 + index)}` },
    custom_field: null,
    legs: `/v2/accounts/${moment.accountSid}/calls/${sid}/legs`,
  };
}

function recordingUrl(name: SampleName, moment: Moment): string {
  const extension = name === 'recordingNotAudio' ? 'mp3' : 'wav';
  return `${moment.origin}/recordings/${moment.accountSid}/${SAMPLES[name].sid}.${extension}`;
}

/** A link in the manner of S3's pre-signed ones. */
function signedUrl(name: SampleName, moment: Moment, { signedAt, seconds }: { readonly signedAt: Instant; readonly seconds: number }): string {
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': iso(signedAt).replaceAll(/[-:]|\.\d{3}/g, ''),
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': moment.signature,
  });
  return `${recordingUrl(name, moment)}?${query.toString()}`;
}

/** Exotel reports whole seconds. */
function iso(at: Instant): string {
  return new Date(Math.floor(at / SECOND) * SECOND).toISOString();
}
