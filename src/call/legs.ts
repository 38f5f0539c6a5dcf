/** Words for the legs of a call: who each was to reach, and what became of it. */
import type { Call, Leg, Side } from './call';
import { sentenceCase } from './said';
import { isOngoing, type PlainOutcomeId, plainOutcomeOf, type Severity } from './status';
import { plainText } from './text';

export type LegOutcomeId =
  | PlainOutcomeId
  /** Listed by the legs resource without a status, in a call that is over. */
  | 'notAttempted'
  /** No status, and nothing says what that means. */
  | 'noStatus'
  /** A status nobody knows. */
  | 'unknown';

/** What became of a leg, as its own status says. */
export interface LegOutcome {
  readonly id: LegOutcomeId;
  /** A word or two, in lower case: `no answer`; a status nobody knows as it came. */
  readonly label: string;
  readonly severity: Severity;
  /** A codicon's name. */
  readonly icon: string;
}

/** A leg's label, and a status nobody knows, are cut to this many UTF-16 units. */
export const MAX_LEG_TEXT = 60;

/** What a leg without a status comes to. */
const WITHOUT_STATUS: Readonly<Record<'notAttempted' | 'noStatus', LegOutcome>> = {
  notAttempted: { id: 'notAttempted', label: 'not attempted', severity: 'info', icon: 'circle-outline' },
  noStatus: { id: 'noStatus', label: 'no status', severity: 'info', icon: 'question' },
};

/**
 * What became of a leg of the call. Without a status it was not attempted only where the legs resource lists it, the call is over and
 * the status is not merely unreadable (src/exotel/README.md, "Legs"): v1 leaves a status out for reasons of its own.
 */
export function legOutcome(call: Call, leg: Leg): LegOutcome {
  const status = leg.status?.trim() ?? '';
  if (status === '') return WITHOUT_STATUS[isListed(leg) && !isOngoing(call) && !hasUnreadStatus(call, leg) ? 'notAttempted' : 'noStatus'];
  const outcome = plainOutcomeOf(status);
  if (outcome !== undefined) return { ...outcome, label: outcome.label.toLowerCase() };
  return { id: 'unknown', label: plainText(status, MAX_LEG_TEXT) || 'unknown', severity: 'warning', icon: 'question' };
}

const LISTED = /^(legs:(?:from|to)\.\d+)\./;

/** True when the leg comes from the legs resource, not from v1's details. */
export function isListed(leg: Leg): boolean {
  return Object.values(leg.sources).some((path) => LISTED.test(path));
}

/** True when the answer has a status of this leg that could not be read. */
function hasUnreadStatus(call: Call, leg: Leg): boolean {
  const [place] = Object.values(leg.sources).flatMap((path) => LISTED.exec(path)?.[1] ?? []);
  if (place === undefined) return false;
  return call.reported.some(({ path, value }) => (path === `${place}.status` || path.startsWith(`${place}.status.`)) && !/^(?:null)?$/i.test(value.trim()));
}

/** True when the leg was answered, by its own status: it is over and was `completed`, or it is `in-progress`. */
export function wasReached(leg: Leg): boolean {
  return hasStatusOf(leg, REACHED);
}

/** True when the leg ended without an answer, by its own status: `no-answer`, `busy`, `failed`, `canceled`. */
export function wasNotReached(leg: Leg): boolean {
  return hasStatusOf(leg, NOT_REACHED);
}

/** True when the leg goes on, by its own status: `queued`, `ringing`, `in-progress`. */
export function isLegPending(leg: Leg): boolean {
  return hasStatusOf(leg, PENDING);
}

function hasStatusOf(leg: Leg, ids: ReadonlySet<LegOutcomeId>): boolean {
  const outcome = plainOutcomeOf(leg.status ?? '');
  return outcome !== undefined && ids.has(outcome.id);
}

const REACHED: ReadonlySet<LegOutcomeId> = new Set<LegOutcomeId>(['completed', 'inProgress']);
const NOT_REACHED: ReadonlySet<LegOutcomeId> = new Set<LegOutcomeId>(['noAnswer', 'busy', 'failed', 'cancelled']);
const PENDING: ReadonlySet<LegOutcomeId> = new Set<LegOutcomeId>(['queued', 'ringing', 'inProgress']);

/** Whom a leg was to reach, on one line: its name, else number, contact URI or group, else whose leg it is: `Agent leg`, `From leg`. */
export function legLabel(leg: Leg): string {
  const { party, groupName, side, end } = leg;
  const texts = [party?.name, party?.number, party?.contactUri, groupName].map((text) => plainText(text ?? '', MAX_LEG_TEXT));
  return texts.find((text) => text !== '') ?? sentenceCase(`${side ?? end} leg`);
}

/** A leg and where it stands in the record, `from.0`: the second of the *to* legs is `to.1`. */
export interface PlacedLeg {
  readonly place: string;
  readonly leg: Leg;
}

/** The legs of a call in the order they began; those without a creation time come last, in the order of the record. */
export function placedLegs(call: Call): readonly PlacedLeg[] {
  const counts = { from: 0, to: 0 };
  const placed = (call.legs ?? []).map((leg): PlacedLeg => ({ place: `${leg.end}.${counts[leg.end]++}`, leg }));
  return placed.toSorted((one, other) => beginOf(one.leg) - beginOf(other.leg));
}

function beginOf({ createdTime }: Leg): number {
  return createdTime ?? Number.MAX_SAFE_INTEGER;
}

/** The legs of one side in the order they began; none where the direction does not tell whose legs they are. */
export function legsOf(call: Call, side: Side): readonly Leg[] {
  return placedLegs(call).flatMap(({ leg }) => (leg.side === side ? [leg] : []));
}
