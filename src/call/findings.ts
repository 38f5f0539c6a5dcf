/** What is odd about a call's record, each thing with the fields that show it. */
import { type Call, type CallField, type Citation, type Instant, type Seconds, citations } from './call';
import { fieldName } from './fields';
import type { LegsReply } from './request';
import { MAX_STATUS_LENGTH, type Severity, hasStatus, isActive, isPending, isTerminal, outcomeOf } from './status';
import { plainText } from './text';
import { formatDuration, ROUNDING_MS } from './time';

export type FindingId =
  | 'endBeforeStart'
  | 'timesOutOfOrder'
  | 'timeInFuture'
  | 'talkExceedsDuration'
  | 'durationDiffers'
  | 'completedWithoutTalk'
  | 'recordingWithoutUrl'
  | 'recordingUrlUnavailable'
  | 'unreadableField'
  | 'unknownState'
  | 'unknownStatus'
  | 'terminalWithoutStatus'
  | 'terminalWhilePending'
  | 'activeForLong';

/** How an answer came, beside what it says. */
export interface Circumstances {
  /** When the answer came, by this machine's clock. */
  readonly askedAt: Instant;
  /** How far this machine's clock is ahead of the server's; absent: not known. */
  readonly clockAheadMs?: number;
  readonly legs?: LegsReply;
}

export interface Finding {
  /** A {@link FindingId}; where a call can have several of one, the field's path follows after a colon. */
  readonly id: FindingId | `${FindingId}:${string}`;
  readonly severity: Exclude<Severity, 'ok'>;
  /** One sentence. */
  readonly line: string;
  readonly citations: readonly Citation[];
}

/** Whole seconds at both ends of a call, and one in between. */
const DURATION_TOLERANCE: Seconds = 2;

/** Clocks of machines differ. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

const DAY_MS = 24 * 3_600_000;

/**
 * The findings of a call, gravest first. Lengths and the recording of a
 * call whose state is not final are not judged: they settle minutes after its end.
 */
export function findingsOf(call: Call, { askedAt }: Circumstances): readonly Finding[] {
  const settled = isActive(call) ? [] : [...lengthFindings(call), ...recordingFindings(call)];
  const found = [...stateFindings(call, askedAt), ...timeFindings(call, askedAt), ...settled, ...unreadableFindings(call)];
  return found.toSorted((one, other) => GRAVITY[one.severity] - GRAVITY[other.severity]);
}

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

type Rule = readonly [applies: boolean, finding: () => Finding];

function found(...rules: readonly Rule[]): readonly Finding[] {
  return rules.flatMap(([applies, finding]) => (applies ? [finding()] : []));
}

function finding(call: Call, id: Finding['id'], severity: Finding['severity'], line: string, ...fields: readonly CallField[]): Finding {
  return { id, severity, line, citations: citations(call, ...fields) };
}

function stateFindings(call: Call, askedAt: Instant): readonly Finding[] {
  const outcome = outcomeOf(call);
  const state = call.state?.trim() ?? '';
  const [stateName, statusName] = [fieldName(call, 'state'), fieldName(call, 'status')];
  const age = askedAt - (call.createdTime ?? askedAt);
  return found(
    [
      state !== '' && !isActive(call) && !isTerminal(call),
      () => finding(call, 'unknownState', 'info', `${stateName} is “${shown(state)}”, which this extension does not know.`, 'state'),
    ],
    [
      hasStatus(call) && outcome.id === 'unknown',
      () => finding(call, 'unknownStatus', 'warning', `${statusName} is “${outcome.label}”, which this extension does not know.`, 'status'),
    ],
    [
      !hasStatus(call) && isTerminal(call),
      () => finding(call, 'terminalWithoutStatus', 'warning', `${stateName} is terminal, and yet there is no ${statusName}.`, 'state'),
    ],
    [
      isTerminal(call) && isPending(outcome),
      () => finding(call, 'terminalWhilePending', 'warning', `${stateName} is terminal, and yet ${statusName} is of a call that goes on.`, 'state', 'status'),
    ],
    [
      isActive(call) && age > DAY_MS,
      () => finding(call, 'activeForLong', 'warning', `${stateName} is still active, more than a day after ${fieldName(call, 'createdTime')}.`, 'state', 'createdTime'),
    ],
  );
}

const TIME_FIELDS = ['createdTime', 'startTime', 'endTime', 'updatedTime'] as const;
type TimeField = (typeof TIME_FIELDS)[number];

function timeFindings(call: Call, askedAt: Instant): readonly Finding[] {
  const swapped = (earlier: TimeField, later: TimeField) => (call[earlier] ?? -Infinity) - (call[later] ?? Infinity) >= ROUNDING_MS;
  const line = (earlier: TimeField, later: TimeField) => `${fieldName(call, earlier)} is before ${fieldName(call, later)}.`;
  const future = TIME_FIELDS.filter((field) => (call[field] ?? 0) - askedAt > CLOCK_TOLERANCE_MS);
  const endBeforeStart = swapped('startTime', 'endTime');
  const startBeforeCreated = swapped('createdTime', 'startTime');
  return found(
    [endBeforeStart, () => finding(call, 'endBeforeStart', 'warning', line('endTime', 'startTime'), 'endTime', 'startTime')],
    [startBeforeCreated, () => finding(call, 'timesOutOfOrder:start', 'warning', line('startTime', 'createdTime'), 'startTime', 'createdTime')],
    [
      swapped('createdTime', 'endTime') && !endBeforeStart && !startBeforeCreated,
      () => finding(call, 'timesOutOfOrder:end', 'warning', line('endTime', 'createdTime'), 'endTime', 'createdTime'),
    ],
    [
      future.length > 0,
      () => finding(call, 'timeInFuture', 'info', `By this machine’s clock, ${list(future.map((field) => fieldName(call, field)))} lay in the future when the answer came.`, ...future),
    ],
  );
}

function lengthFindings(call: Call): readonly Finding[] {
  const { totalDuration: duration, totalTalkTime: talk } = call;
  const [durationName, talkName] = [fieldName(call, 'totalDuration'), fieldName(call, 'totalTalkTime')];
  const completed = outcomeOf(call).id === 'completed';
  return found(
    [
      talk !== undefined && duration !== undefined && talk - duration > ROUNDING_MS / 1000,
      () => finding(call, 'talkExceedsDuration', 'warning', `${talkName} is longer than ${durationName}.`, 'totalTalkTime', 'totalDuration'),
    ],
    [completed && talk === 0, () => finding(call, 'completedWithoutTalk', 'warning', `The call is completed, and yet ${talkName} is 0.`, 'status', 'totalTalkTime')],
    ...durationRules(call, completed),
  );
}

/** A duration may count from the creation or from the start; it is odd only when it fits neither. Calls that did not connect may have 0. */
function durationRules(call: Call, completed: boolean): readonly Rule[] {
  const { totalDuration: duration, endTime: end } = call;
  if (duration === undefined || end === undefined || (duration === 0 && !completed)) return [];
  const begins = (['startTime', 'createdTime'] as const).filter((field) => call[field] !== undefined);
  const lengths = begins.map((field) => (end - (call[field] ?? end)) / 1000);
  const differs = lengths.length > 0 && lengths.every((length) => length >= 0 && Math.abs(length - duration) > DURATION_TOLERANCE);
  const apart = begins.map((field, index) => `${formatDuration(lengths[index] ?? 0)} from ${fieldName(call, field)}`);
  const line = `${fieldName(call, 'totalDuration')} is ${formatDuration(duration)}, but ${fieldName(call, 'endTime')} lies ${list(apart)}.`;
  return [[differs, () => finding(call, 'durationDiffers', 'info', line, 'totalDuration', ...begins, 'endTime')]];
}

function recordingFindings(call: Call): readonly Finding[] {
  const { recording } = call;
  const evidence = recordingCitations(call);
  return found(
    [
      recording?.available === true && recording.location === undefined,
      () => ({ id: 'recordingWithoutUrl', severity: 'warning', line: 'The recording is reported as available, but without a URL.', citations: evidence }),
    ],
    [
      recording?.available === false && recording.location !== undefined,
      () => ({ id: 'recordingUrlUnavailable', severity: 'info', line: 'The recording is reported as not available, and yet there is a URL.', citations: evidence }),
    ],
  );
}

/** The URL and the availability are two leaves of one value. */
function recordingCitations(call: Call): readonly Citation[] {
  const source = call.sources.recording;
  const availability = call.reported.filter(({ path }) => path !== source && /^recordings?(?:\.\d+)?\.available$/.test(path));
  return [...availability.map(({ path, value }) => ({ field: path, value })), ...citations(call, 'recording')];
}

function unreadableFindings(call: Call): readonly Finding[] {
  return call.reported.flatMap(({ path, value, known, problem }): readonly Finding[] => {
    if (!known || problem === undefined) return [];
    return [{ id: `unreadableField:${path}`, severity: 'warning', line: `${path} could not be read: it ${problem}.`, citations: [{ field: path, value }] }];
  });
}

function shown(text: string): string {
  return plainText(text, MAX_STATUS_LENGTH);
}

function list(names: readonly string[]): string {
  return names.join(' and ');
}
