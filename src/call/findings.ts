/** What is odd about a call's record, each thing with the fields that show it. */
import type { Call } from './call';
import { fieldName } from './fields';
import { type Circumstances, finding, type Finding, found, list, type Rule, shown } from './finding';
import { legFindings } from './legFindings';
import { talkExceedsDuration } from './lengths';
import { misfitsOf } from './legMisfits';
import { partsOf } from './legParts';
import { recordingFindings } from './recordingFindings';
import { isActive, isPending, isTerminal, hasStatus, outcomeOf, type OutcomeId, sideOf } from './status';
import { timeFindings } from './timeFindings';
import { formatDuration } from './time';

export type { Circumstances, Finding, FindingId } from './finding';

/** Whole seconds at both ends of a call, and one in between. */
const DURATION_TOLERANCE_SECONDS = 2;

/**
 * The findings of a call, gravest first. Lengths, legs and the recording of a call whose state is not final are not judged against each
 * other: they settle minutes after its end. Nothing is concluded from the last update alone.
 */
export function findingsOf(call: Call, circumstances: Circumstances): readonly Finding[] {
  const settled = isActive(call) ? [] : [...lengthFindings(call), ...recordingFindings(call, circumstances)];
  const found = [
    ...stateFindings(call),
    ...timeFindings(call, circumstances),
    ...settled,
    ...legFindings(call, circumstances),
    ...disagreementFindings(call),
    ...unreadableFindings(call),
  ];
  return gravestFirst(found);
}

/** In order of their gravity, and where that is the same as they were. */
export function gravestFirst<F extends Pick<Finding, 'severity'>>(findings: readonly F[]): readonly F[] {
  return findings.toSorted((one, other) => GRAVITY[one.severity] - GRAVITY[other.severity]);
}

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

function stateFindings(call: Call): readonly Finding[] {
  const outcome = outcomeOf(call);
  const state = call.state?.trim() ?? '';
  const direction = call.direction?.trim() ?? '';
  const [stateName, statusName, directionName] = [fieldName(call, 'state'), fieldName(call, 'status'), fieldName(call, 'direction')];
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
      direction !== '' && sideOf('from', direction) === undefined,
      () => finding(call, 'unknownDirection', 'info', `${directionName} is “${shown(direction)}”, which this extension does not know: it cannot tell which leg is whose.`, 'direction'),
    ],
    [
      !hasStatus(call) && isTerminal(call),
      () => finding(call, 'terminalWithoutStatus', 'warning', `${stateName} is terminal, and yet there is no ${statusName}.`, 'state'),
    ],
    [
      isTerminal(call) && isPending(outcome),
      () => finding(call, 'terminalWhilePending', 'warning', `${stateName} is terminal, and yet ${statusName} is of a call that goes on.`, 'state', 'status'),
    ],
  );
}

/** Outcomes of calls in which nobody can have talked. */
const WITHOUT_TALK: ReadonlySet<OutcomeId> = new Set<OutcomeId>(['agentUnanswered', 'customerUnanswered', 'agentNotDialled', 'customerNotDialled', 'busy', 'noAnswer', 'failed']);

function lengthFindings(call: Call): readonly Finding[] {
  const { totalTalkTime: talk } = call;
  const [durationName, talkName, statusName] = [fieldName(call, 'totalDuration'), fieldName(call, 'totalTalkTime'), fieldName(call, 'status')];
  const outcome = outcomeOf(call);
  const completed = outcome.id === 'completed';
  const parts = partsOf(call);
  const explained = misfitsOf(call, outcome).some(({ kind }) => kind === 'unanswered') || (parts?.forFlow === true && parts.second.standing === 'notDialled');
  return found(
    [talkExceedsDuration(call), () => finding(call, 'talkExceedsDuration', 'warning', `${talkName} is longer than ${durationName}.`, 'totalTalkTime', 'totalDuration')],
    [
      completed && talk === 0,
      () => finding(call, 'completedWithoutTalk', explained ? 'info' : 'warning', `The call is completed, and yet ${talkName} is 0.`, 'status', 'totalTalkTime'),
    ],
    [
      WITHOUT_TALK.has(outcome.id) && talk !== undefined && talk > 0,
      () => finding(call, 'talkWithoutAnswer', 'warning', `${statusName} is of a call that did not connect, and yet ${talkName} is ${formatDuration(talk ?? 0)}.`, 'status', 'totalTalkTime'),
    ],
    ...durationFindings(call, completed),
  );
}

/** A duration may count from the creation or from the start; it is odd only when it fits neither. Calls that did not connect may have 0. */
function durationFindings(call: Call, completed: boolean): readonly Rule[] {
  const { totalDuration: duration, endTime: end } = call;
  if (duration === undefined || end === undefined || (duration === 0 && !completed)) return [];
  const begins = (['startTime', 'createdTime'] as const).filter((field) => call[field] !== undefined);
  const lengths = begins.map((field) => (end - (call[field] ?? end)) / 1000);
  const differs = lengths.length > 0 && lengths.every((length) => length >= 0 && Math.abs(length - duration) > DURATION_TOLERANCE_SECONDS);
  const apart = begins.map((field, index) => `${formatDuration(lengths[index] ?? 0)} from ${fieldName(call, field)}`);
  const line = `${fieldName(call, 'totalDuration')} is ${formatDuration(duration)}, but ${fieldName(call, 'endTime')} lies ${list(apart)}.`;
  return [[differs, () => finding(call, 'durationDiffers', 'info', line, 'totalDuration', ...begins, 'endTime')]];
}

function disagreementFindings(call: Call): readonly Finding[] {
  return (call.disagreements ?? []).map(({ field, values }) => ({
    id: `sourcesDisagree:${field}`,
    severity: 'warning',
    line: `The resources do not agree on ${fieldName(call, field)}: ${list(values.map(({ field: path, value }) => `${shown(path)} is “${shown(value)}”`))}.`,
    citations: values,
  }));
}

function unreadableFindings(call: Call): readonly Finding[] {
  return call.reported.flatMap(({ path, value, known, problem }): readonly Finding[] => {
    if (!known || problem === undefined) return [];
    return [{ id: `unreadableField:${path}`, severity: 'warning', line: `${shown(path)} could not be read: it ${problem}.`, citations: [{ field: path, value }] }];
  });
}
