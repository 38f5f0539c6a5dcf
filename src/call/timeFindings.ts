/** What is odd about a call's times, against each other and against the clock. */
import type { Call, ReportedField } from './call';
import { fieldName } from './fields';
import { answeredAt, type Circumstances, finding, type Finding, found, list, shown } from './finding';
import { isActive, isOngoing, isTerminal, outcomeOf } from './status';
import { formatDuration, readDateTime, ROUNDING_MS } from './time';

/**
 * Clocks that are set by the network differ by less than a second, and the `Date` header has whole seconds: two minutes are neither,
 * and enough to mislead whoever compares a call's times with the clock.
 */
const CLOCK_TOLERANCE_MS = 2 * 60_000;

/** Where the difference of the clocks is not known. */
const UNKNOWN_CLOCK_TOLERANCE_MS = 5 * 60_000;

/** The longest that Exotel lets a call last (src/exotel/README.md, "Limits"). */
const LONGEST_CALL_MS = 4 * 3_600_000;

/** Findings about start, end and creation, about calls that should have ended, and about the clocks. */
export function timeFindings(call: Call, circumstances: Circumstances): readonly Finding[] {
  return [...clockFindings(circumstances), ...orderFindings(call), ...zeroEndFindings(call), ...nowFindings(call, circumstances)];
}

function clockFindings({ clockAheadMs = 0 }: Circumstances): readonly Finding[] {
  if (Math.abs(clockAheadMs) <= CLOCK_TOLERANCE_MS) return [];
  const apart = `${formatDuration(Math.round(Math.abs(clockAheadMs) / 1000))} ${clockAheadMs > 0 ? 'ahead of' : 'behind'} Exotel’s`;
  return [{ id: 'clockSkew', severity: 'warning', line: `By the Date header of the answer, this machine’s clock is ${apart}: set it right.`, citations: [] }];
}

const TIME_FIELDS = ['createdTime', 'startTime', 'endTime', 'updatedTime'] as const;
type TimeField = (typeof TIME_FIELDS)[number];

function orderFindings(call: Call): readonly Finding[] {
  const swapped = (earlier: TimeField, later: TimeField) => (call[earlier] ?? -Infinity) - (call[later] ?? Infinity) >= ROUNDING_MS;
  const line = (earlier: TimeField, later: TimeField) => `${fieldName(call, earlier)} is before ${fieldName(call, later)}.`;
  const endBeforeStart = swapped('startTime', 'endTime');
  const startBeforeCreated = swapped('createdTime', 'startTime');
  return found(
    [endBeforeStart, () => finding(call, 'endBeforeStart', 'warning', line('endTime', 'startTime'), 'endTime', 'startTime')],
    [startBeforeCreated, () => finding(call, 'timesOutOfOrder:start', 'warning', line('startTime', 'createdTime'), 'startTime', 'createdTime')],
    [
      swapped('createdTime', 'endTime') && !endBeforeStart && !startBeforeCreated,
      () => finding(call, 'timesOutOfOrder:end', 'warning', line('endTime', 'createdTime'), 'endTime', 'createdTime'),
    ],
  );
}

const END_TIME = /(?:^|[.:])end_?time$/i;

/** A call that goes on has no end yet: a zero time says so. */
function zeroEndFindings(call: Call): readonly Finding[] {
  const isOver = isTerminal(call) || (outcomeOf(call).id !== 'unknown' && !isOngoing(call) && call.state === undefined);
  const zero = call.endTime === undefined && isOver ? call.reported.find(isZeroEnd) : undefined;
  if (zero === undefined) return [];
  const { path, value } = zero;
  return [{ id: 'zeroEnd', severity: 'warning', line: `The call is over, and yet ${path} is ${shown(value)}, which means not set.`, citations: [{ field: path, value }] }];
}

function isZeroEnd({ path, value }: ReportedField): boolean {
  return END_TIME.test(path) && /^\d/.test(value) && readDateTime(value).kind === 'absent';
}

function nowFindings(call: Call, circumstances: Circumstances): readonly Finding[] {
  const now = answeredAt(circumstances);
  const tolerance = circumstances.clockAheadMs === undefined ? UNKNOWN_CLOCK_TOLERANCE_MS : CLOCK_TOLERANCE_MS;
  const whose = circumstances.clockAheadMs === undefined ? 'this machine’s' : 'Exotel’s';
  const future = TIME_FIELDS.filter((field) => (call[field] ?? 0) - now > tolerance);
  const begun = call.createdTime === undefined ? 'startTime' : 'createdTime';
  const age = now - (call[begun] ?? now);
  const told = call.state === undefined ? 'status' : 'state';
  const goesOn = isOngoing(call) || isActive(call);
  return found(
    [
      future.length > 0,
      () => finding(call, 'timeInFuture', 'info', `By ${whose} clock, ${list(future.map((field) => fieldName(call, field)))} lay in the future when the answer came.`, ...future),
    ],
    [goesOn && age > LONGEST_CALL_MS, () => finding(call, 'activeForLong', 'warning', stuck(call, told, begun, age), told, begun)],
  );
}

function stuck(call: Call, told: 'state' | 'status', begun: 'createdTime' | 'startTime', age: number): string {
  const since = `${fieldName(call, told)} is still ${shown(call[told] ?? '')} ${formatDuration(Math.floor(age / 60_000) * 60)} after ${fieldName(call, begun)}`;
  return told === 'state' ? `${since}: the record looks stuck, since active covers no more than the call and the processing after it.` : `${since}: the record looks stuck.`;
}
