/** Every state that the panel of a call and that of *Diagnose Account* can be in: one that is new to the types is missed here by the type check. */
import type { Checkup, CheckupResult } from '../../src/call/diagnosis';
import type { RecordingProblem } from '../../src/call/recording';
import type { LegsReply } from '../../src/call/request';
import { ApiError, type ApiErrorKind } from '../../src/exotel/errors';
import { AccountError, type KeptAccount } from '../../src/extension/accounts/account';
import { failureOf } from '../../src/extension/report';
import type { DoctorState, Failure, Live, Lookup, PanelState, ReadyRecording, RecordingState, RecordingTransfer } from '../../src/shared/protocol';
import { ANSWERED_AT, panelState, RARE_FIELDS, replyWith, requestNote, storedCall } from './panelState';
import { TIMELINE_CALLS } from './timelineCalls';

/** One of each kind of a union that is told apart by a field. */
type Each<Union extends Readonly<Record<Field, string>>, Field extends keyof Union & string> = { readonly [Kind in Union[Field]]: Extract<Union, Readonly<Record<Field, Kind>>> };

/** A state, given a recording that the extension host of the panel really has. */
type StateOf = (recording: ReadyRecording) => PanelState;

type FailureKind = ApiErrorKind | AccountError['kind'] | 'internal';

const ACCOUNT: KeptAccount = { kind: 'kept', id: 'account-1', name: 'Acme', endpoint: { kind: 'region', region: 'singapore' }, accountSid: 'acme1' };

const REFUSED = requestNote({ status: 403, milliseconds: 77, failure: 'The account may not use this resource (403).' });
const { requestId: _id, status: _status, ...UNANSWERED } = requestNote({ resource: 'legs', milliseconds: 20_003, failure: 'ccm-api.exotel.example did not answer within 20 s.' });

const apiError = (kind: ApiErrorKind, sentence: string, status?: number): ApiError =>
  new ApiError(kind, sentence, {
    said: 'Not now',
    requests: [REFUSED, UNANSWERED],
    ...(status === undefined ? {} : { status, bodies: [{ resource: 'v2', status, body: '{}' }] }),
    ...(kind === 'rateLimited' ? { retryAfterSeconds: 30 } : {}),
  });

const ERRORS: Readonly<Record<FailureKind, unknown>> = {
  auth: apiError('auth', 'Exotel does not accept the API key and token (401).', 401),
  forbidden: apiError('forbidden', 'The account may not use this resource (403).', 403),
  notFound: apiError('notFound', 'Exotel does not know this call (404, code 10744).', 404),
  accountNotFound: apiError('accountNotFound', 'Exotel does not know the account “acme1” (404, code 1017).', 404),
  rateLimited: apiError('rateLimited', 'Exotel answers no more requests of this account for now (429).', 429),
  server: apiError('server', 'Exotel is not available at the moment (502).', 502),
  network: apiError('network', 'ccm-api.exotel.example could not be reached.'),
  tls: apiError('tls', 'The certificate of ccm-api.exotel.example is not trusted.'),
  timeout: apiError('timeout', 'ccm-api.exotel.example did not answer within 20 s.'),
  cancelled: apiError('cancelled', 'The lookup was cancelled.'),
  badReply: apiError('badReply', 'What ccm-api.exotel.example answered is no JSON (200).', 200),
  unknownAccount: new AccountError('unknownAccount', 'The account of this call is not there any more.'),
  secretsUnavailable: new AccountError('secretsUnavailable', 'VS Code could not read the keys of “Acme”.'),
  secretsPending: new AccountError('secretsPending', 'The system’s keyring has not answered yet.'),
  sampleUnavailable: new AccountError('sampleUnavailable', 'The sample server could not be started.'),
  internal: new TypeError('undefined is not a function'),
};

const failureFor = (kind: FailureKind): Failure => failureOf(ERRORS[kind], ACCOUNT);

const REPLY = replyWith();

const BEFORE_AN_ANSWER: Each<Lookup, 'phase'> = {
  loading: { phase: 'loading' },
  cancelled: { phase: 'cancelled' },
  failed: { phase: 'failed', failure: failureFor('network') },
  filled: { phase: 'filled', reply: REPLY },
};

const AFTER_AN_ANSWER: Each<Lookup, 'phase'> = {
  loading: { phase: 'loading', reply: REPLY },
  cancelled: { phase: 'cancelled', reply: REPLY },
  failed: { phase: 'failed', failure: failureFor('auth'), reply: REPLY },
  filled: { phase: 'filled', reply: REPLY },
};

const LIVES: Each<Live, 'phase'> = {
  off: { phase: 'off' },
  watching: { phase: 'watching', nextAt: ANSWERED_AT + 4000 },
  settling: { phase: 'settling', nextAt: ANSWERED_AT + 300_000 },
  waiting: { phase: 'waiting', nextAt: ANSWERED_AT + 30_000, sentence: 'This machine is offline.' },
  stopped: { phase: 'stopped', sentence: 'This call has been watched for 4 h: Refresh goes on.' },
};

const LEGS: Each<LegsReply, 'kind'> = {
  reported: { kind: 'reported', refusesPath: true },
  inDetails: { kind: 'inDetails' },
  notEnabled: { kind: 'notEnabled', sentence: 'Leg details are not enabled for this account.' },
  notFound: { kind: 'notFound', sentence: 'The legs resource has no legs for this call.' },
  failed: { kind: 'failed', sentence: 'The legs could not be had: ccm-api.exotel.example did not answer within 20 s.' },
  refusedPath: { kind: 'refusedPath', sentence: 'The record names legs elsewhere: they were not asked for.' },
  notAsked: { kind: 'notAsked' },
};

const problem = (name: RecordingProblem, sentence: string, more: Partial<Extract<RecordingState, { phase: 'problem' }>> = {}): RecordingState => ({
  phase: 'problem',
  problem: name,
  sentence,
  canRetry: false,
  canDownload: false,
  ...more,
});

const PROBLEMS: Readonly<Record<RecordingProblem, RecordingState>> = {
  none: problem('none', 'This call has no recording.'),
  processing: problem('processing', 'The recording is not there yet: recordings come minutes after the end of a call.', { canRetry: true, retriesAt: ANSWERED_AT + 60_000 }),
  expired: problem('expired', 'The link to the recording has expired.', { canRetry: true }),
  refused: problem('refused', 'The recording is refused (403).', { canRetry: true }),
  gone: problem('gone', 'The recording was deleted after its retention period (404).'),
  tooLarge: problem('tooLarge', 'The recording has 691 MB, more than the 500 MB that are kept here.', { canDownload: true }),
  notAudio: problem('notAudio', 'What came is no audio.', { canRetry: true, canDownload: true }),
  offline: problem('offline', 'recordings.exotel.example could not be reached.', { canRetry: true }),
  cutOff: problem('cutOff', 'The connection broke off before anything came.', { canRetry: true }),
  stalled: problem('stalled', 'recordings.exotel.example sent nothing for 30 s.', { canRetry: true }),
  askHost: problem('askHost', 'The recording is at voice.exotel.example, which has had no keys so far.', { host: 'voice.exotel.example' }),
  failed: problem('failed', 'The recording could not be had (500).', { canRetry: true, canDownload: true }),
};

const WITHOUT_SOUND: Omit<Each<RecordingState, 'phase'>, 'ready' | 'problem'> = {
  unknown: { phase: 'unknown' },
  idle: { phase: 'idle' },
  loading: { phase: 'loading', received: 81_000, total: 1_300_000, isStalled: false },
};

const TRANSFERS: Each<RecordingTransfer, 'kind'> = {
  whole: { kind: 'whole' },
  coming: { kind: 'coming', received: 400_000, total: 1_300_000, isStalled: true },
  cut: { kind: 'cut', received: 400_000, total: 1_300_000, sentence: 'The connection broke off: what came can be played.', canRetry: true },
};

const AGENT_AND_CUSTOMER = TIMELINE_CALLS.get('17 s, with two legs') ?? storedCall();
const MANY_LEGS = TIMELINE_CALLS.get('41 min, of forty legs with long names') ?? storedCall();
const [FIRST_LEG] = AGENT_AND_CUSTOMER.legs ?? [];
const { legs: _legs, ...WITHOUT_LEGS } = AGENT_AND_CUSTOMER;
const { status: _ended, endTime: _end, totalDuration: _duration, totalTalkTime: _talk, ...ACTIVE } = storedCall({ state: 'active' });

/** What else there may be in a call, or around it. */
const CALLS: Readonly<Record<string, PanelState>> = {
  'without legs': withCall(WITHOUT_LEGS),
  'with one leg': withCall({ ...WITHOUT_LEGS, ...(FIRST_LEG === undefined ? {} : { legs: [FIRST_LEG] }) }),
  'with two legs': withCall(AGENT_AND_CUSTOMER),
  'with forty legs': withCall(MANY_LEGS),
  'that goes on': withCall(ACTIVE),
  'not answered': withCall(storedCall({ status: 'customer_unanswered', totalTalkTime: 0 })),
  'another than the one asked for': { ...panelState(), sid: '5f0c1b7e9a3d42c68e17b04d92fa631k' },
  'with a field of every kind': {
    ...withCall(
      storedCall({
        resource: 'v1',
        ...RARE_FIELDS,
      }),
    ),
    raw: ['v2', 'v3', 'v1', 'legs'],
    timeZoneProblem: 'exotel.timeZone “Asia/Nowhere” is no time zone: local time is shown.',
  },
  'of which resources disagree': withCall(storedCall({ disagreements: [{ field: 'totalDuration', values: [{ field: 'total_duration', value: '59' }, { field: 'v1:Duration', value: '63' }] }] })),
  'with more findings than are shown at first': withCall(storedCall({ reported: [...storedCall().reported, ...unreadable(12)] })),
  'with numbers and names masked': { ...withCall(storedCall({ agent: { name: 'A••• K•••' }, customer: { number: '+91••••••••45' } })), masksNumbers: true },
  'of an account without a dashboard': { ...panelState(), hasDashboard: false, raw: [] },
};

function withCall(call: ReturnType<typeof storedCall>): PanelState {
  return panelState({ lookup: { phase: 'filled', reply: replyWith({ call }) } });
}

function unreadable(count: number) {
  return Array.from({ length: count }, (_, index) => ({ path: `hops.${index}.at`, value: 'half past nine', known: true, problem: 'is no date-time' }));
}

/** A call of fixed times, whose conversation is as long as the recording of the sample call that is recorded in stereo: 36 s. */
export function recordedState(recording: RecordingState): PanelState {
  const talk = 36;
  const { reported } = storedCall();
  const call = storedCall({
    totalTalkTime: talk,
    reported: reported.map((field) => (field.path === 'total_talk_time' ? { ...field, value: String(talk) } : field)),
    recording: { available: true, location: 'https://recordings.exotel.example/acme1/call.wav', signed: false },
  });
  return { ...withCall(call), recording };
}

function mapped<Key extends string, Value>(record: Readonly<Record<Key, Value>>, stateOf: (value: Value) => StateOf): ReadonlyMap<string, StateOf> {
  return new Map(Object.entries<Value>(record).map(([key, value]): [string, StateOf] => [key, stateOf(value)]));
}

const always = (state: PanelState): StateOf => () => state;

/** By group and name. */
export const PANEL_STATES: ReadonlyMap<string, ReadonlyMap<string, StateOf>> = new Map([
  ['a lookup', mapped<Lookup['phase'], Lookup>(BEFORE_AN_ANSWER, (lookup) => always(panelState({ lookup, raw: [] })))],
  ['a lookup once more', mapped<Lookup['phase'], Lookup>(AFTER_AN_ANSWER, (lookup) => always(panelState({ lookup })))],
  ['a failure', mapped(ERRORS, (error) => always(panelState({ lookup: { phase: 'failed', failure: failureOf(error, ACCOUNT) } })))],
  ['watching', mapped<Live['phase'], Live>(LIVES, (live) => always(panelState({ live, lookup: { phase: 'filled', reply: replyWith({ call: live.phase === 'off' ? storedCall() : ACTIVE }) } })))],
  ['legs', mapped<LegsReply['kind'], LegsReply>(LEGS, (legs) => always(panelState({ lookup: { phase: 'filled', reply: replyWith({ call: WITHOUT_LEGS, legs, requests: [REFUSED, UNANSWERED] }) } })))],
  ['a call', mapped(CALLS, always)],
  ['no sound', mapped<keyof typeof WITHOUT_SOUND, RecordingState>(WITHOUT_SOUND, (recording) => always(recordedState(recording)))],
  ['a problem of the recording', mapped<RecordingProblem, RecordingState>(PROBLEMS, (recording) => always(recordedState(recording)))],
  ['a recording', mapped<RecordingTransfer['kind'], RecordingTransfer>(TRANSFERS, (transfer) => (recording) => recordedState({ ...recording, transfer }))],
  [
    'a recording of its own kind',
    new Map<string, StateOf>([
      ['in one channel', (recording) => recordedState({ ...recording, channels: 1 })],
      ['of a format that cannot be decoded here', (recording) => recordedState({ ...recording, isDecoded: false, format: 'Ogg' })],
      ['that the extension does not have any more', (recording) => recordedState({ ...recording, id: 'gone' })],
      ['with the channels swapped', (recording) => ({ ...recordedState(recording), swapsChannels: true })],
    ]),
  ],
]);

const RESULTS: Readonly<Record<CheckupResult, Checkup>> = {
  good: { id: 'reach', result: 'good', asked: 'v2 details at ccm-api.exotel.example', came: '404 (10744) in 120 ms', means: 'The keys are accepted.' },
  bad: { id: 'keys', result: 'bad', asked: 'v2 details at ccm-api.exotel.example', came: '401 in 98 ms', means: 'The keys are not accepted here.', todo: 'Enter them anew.' },
  off: { id: 'legs', result: 'off', asked: 'legs at ccm-api.exotel.example', came: '403 in 98 ms', means: 'Leg details are not enabled.', todo: 'Exotel’s support enables them.' },
  unclear: { id: 'v1', result: 'unclear', asked: 'v1 details at api.exotel.example', came: '502 in 98 ms', means: 'The server is not available.' },
  skipped: { id: 'proxy', result: 'skipped', asked: '', came: '', means: 'There is no proxy.' },
};

const DOCTOR = { account: { name: 'Acme', region: 'Singapore' }, checkups: Object.values(RESULTS), timeZone: 'Asia/Kolkata', locale: 'en' } as const;

/** By phase. */
export const DOCTOR_STATES: Readonly<Record<DoctorState['phase'], DoctorState>> = {
  running: { ...DOCTOR, phase: 'running', checkups: [RESULTS.good] },
  done: { ...DOCTOR, phase: 'done', diagnosis: { conclusion: 'The keys belong to Mumbai, and this account is set to Singapore.', works: false }, cure: 'Use the Other Region', at: ANSWERED_AT },
  cancelled: { ...DOCTOR, phase: 'cancelled' },
  failed: { ...DOCTOR, phase: 'failed', failure: 'VS Code could not read the keys of “Acme”.' },
};
