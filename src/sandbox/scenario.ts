/**
 * A call as it happened, told once: every resource's answer is made from this, so that they agree unless a sample means them not to.
 * What is going on is cut off at the moment it is asked for: what has not happened yet is in no answer.
 */
import type { End, Instant, Seconds, Side } from '../call/call';
import { sideOf } from '../call/status';

export type Direction = 'inbound' | 'outbound-api' | 'outbound-dial';

/** How a call ended, whatever a resource calls it. */
export type Ending = 'completed' | 'agentUnanswered' | 'customerUnanswered' | 'customerBusy' | 'agentCancelled' | 'customerNoDial' | 'agentNoDial';

/** Somebody who is rung. */
export interface Person {
  readonly name?: string;
  readonly userId?: string;
  /** A `sip:` URI or a number. */
  readonly contactUri: string;
}

export interface Group {
  readonly id: string;
  readonly name: string;
}

/** How a leg that was not answered ended. */
export type Refused = 'no-answer' | 'busy' | 'failed' | 'canceled';

/** One attempt to reach somebody. Times are seconds from the call's creation. */
export type Attempt = {
  readonly side: Side;
  readonly person: Person;
  readonly group?: Group;
  /** Absent: it is rung as soon as its leg is created. */
  readonly queued?: Seconds;
  readonly rung: Seconds;
  /** Absent: never. */
  readonly ended?: Seconds;
} & ({ readonly answered: Seconds } | { readonly refused: Refused });

/** What is to be said of a recording. */
export interface ScenarioRecording {
  readonly available: boolean;
  readonly url?: string;
}

/** A call from its beginning to its end. Times that are no instants are seconds from its creation. */
export interface Scenario {
  readonly createdAt: Instant;
  readonly direction: Direction;
  readonly exoPhone: string;
  readonly started: Seconds;
  /** Absent: never. */
  readonly ended?: Seconds;
  readonly ending: Ending;
  /** In the order they began. */
  readonly attempts: readonly Attempt[];
  readonly recording: ScenarioRecording;
  readonly customField?: string;
  /** What the customer pressed, joined by hyphens. */
  readonly digits?: string;
  /** The flow that the call went through. */
  readonly flow?: { readonly id: string; readonly name: string };
}

/** A leg at a moment. */
export interface LegRecord {
  readonly end: End;
  readonly person: Person;
  readonly group?: Group;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly status: Refused | 'queued' | 'ringing' | 'in-progress' | 'completed';
  /** From the answer on. */
  readonly onCall: Seconds;
}

/** What there is to be told of a call at a moment. */
export interface CallRecord {
  readonly direction: Direction;
  readonly exoPhone: string;
  readonly agent: Person;
  readonly customer: Person;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly startedAt: Instant;
  /** 0 is a zero time, as src/exotel/README.md, "Date-times", has it. */
  readonly endedAt: Instant | undefined;
  /** Undefined while it goes on. */
  readonly ending: Ending | undefined;
  /** From start to end. */
  readonly duration: Seconds | undefined;
  /** How long the customer was talking with agents. */
  readonly talk: Seconds | undefined;
  readonly recording: ScenarioRecording;
  readonly customField: string | undefined;
  readonly digits: string | undefined;
  readonly flow: Scenario['flow'];
  readonly legs: readonly LegRecord[];
}

/** How long a record is still being written after its call has ended. */
const WRITING: Seconds = 4;

/** What is known of a call at a moment. */
export function recordOf(scenario: Scenario, now: Instant): CallRecord {
  const { createdAt, direction, exoPhone, started, ended = Infinity, ending, attempts, recording, customField, digits, flow } = scenario;
  const elapsed = Math.max(0, (now - createdAt) / 1000);
  const isOver = elapsed >= ended;
  const at = (seconds: Seconds): Instant => createdAt + seconds * 1000;
  return {
    direction,
    exoPhone,
    agent: whoIsOn('agent', attempts),
    customer: whoIsOn('customer', attempts),
    createdAt,
    updatedAt: at(isOver ? ended + WRITING : lastChange(attempts, elapsed)),
    startedAt: at(started),
    endedAt: isOver ? at(ended) : undefined,
    ending: isOver ? ending : undefined,
    duration: isOver ? Math.floor(ended - started) : undefined,
    talk: isOver ? talkOf(attempts) : undefined,
    recording: isOver ? recording : { available: false },
    customField,
    digits,
    flow,
    legs: attempts.flatMap((attempt) => legOf(attempt, direction, elapsed, at) ?? []),
  };
}

/** The one who answered last, or was rung last where nobody answered; nobody, where the scenario never came so far. */
function whoIsOn(side: Side, attempts: readonly Attempt[]): Person {
  const ofSide = attempts.filter((attempt) => attempt.side === side);
  const attempt = ofSide.findLast((each) => 'answered' in each) ?? ofSide.at(-1);
  return attempt?.person ?? { contactUri: '' };
}

function lastChange(attempts: readonly Attempt[], elapsed: Seconds): Seconds {
  const changes = attempts.flatMap((attempt) => [attempt.queued, attempt.rung, 'answered' in attempt ? attempt.answered : undefined, attempt.ended]);
  return Math.max(0, ...changes.filter((seconds) => seconds !== undefined && seconds <= elapsed).map(Number));
}

function legOf(attempt: Attempt, direction: Direction, elapsed: Seconds, at: (seconds: Seconds) => Instant): LegRecord | undefined {
  const created = attempt.queued ?? attempt.rung;
  if (created > elapsed) return undefined;
  const { ended = Infinity } = attempt;
  const answered = 'answered' in attempt && attempt.answered <= elapsed ? attempt.answered : undefined;
  const status = statusOf(attempt, elapsed);
  const { person, group } = attempt;
  return {
    end: endOf(attempt.side, direction),
    person,
    ...(group === undefined ? {} : { group }),
    createdAt: at(created),
    updatedAt: at(ended <= elapsed ? ended : (answered ?? (attempt.rung <= elapsed ? attempt.rung : created))),
    status,
    onCall: answered === undefined ? 0 : Math.floor(Math.min(ended, elapsed) - answered),
  };
}

function statusOf(attempt: Attempt, elapsed: Seconds): LegRecord['status'] {
  if (elapsed >= (attempt.ended ?? Infinity)) return 'refused' in attempt ? attempt.refused : 'completed';
  if ('answered' in attempt && attempt.answered <= elapsed) return 'in-progress';
  return attempt.rung <= elapsed ? 'ringing' : 'queued';
}

function endOf(side: Side, direction: Direction): End {
  return sideOf('from', direction) === side ? 'from' : 'to';
}

/** How long a customer and an agent were both on the call, whoever the agents were. */
function talkOf(attempts: readonly Attempt[]): Seconds {
  const agents = joined(stretches('agent', attempts));
  const talks = joined(stretches('customer', attempts)).flatMap(([start, end]) => agents.map(([from, to]) => Math.max(0, Math.min(end, to) - Math.max(start, from))));
  return talks.reduce((sum, talk) => sum + talk, 0);
}

type Stretch = readonly [start: Seconds, end: Seconds];

/** When somebody on that side was on the call. */
function stretches(side: Side, attempts: readonly Attempt[]): readonly Stretch[] {
  return attempts.flatMap((attempt): readonly Stretch[] => ('answered' in attempt && attempt.side === side ? [[attempt.answered, attempt.ended ?? attempt.answered]] : []));
}

/** Stretches that overlap or touch as one. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  return stretches
    .toSorted(([one], [other]) => one - other)
    .reduce<readonly Stretch[]>((before, [start, end]) => {
      const last = before.at(-1);
      return last !== undefined && start <= last[1] ? [...before.slice(0, -1), [last[0], Math.max(last[1], end)]] : [...before, [start, end]];
    }, []);
}
