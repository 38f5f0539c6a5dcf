/** What the legs tell, in a sentence with its evidence. */
import { type Call, type LegField, citeLeg } from './call';
import { answeredAttempts, type Attempt, type AttemptResult, legNoun, MAX_LABEL_LENGTH, type Part, type Parts } from './legParts';
import { isLegPending, legLabel } from './legs';
import { asEvidence, type Said, sentenceCase } from './said';
import { plainText } from './text';
import { formatDuration } from './time';

/** More attempts than this are counted, not listed. */
const MAX_LISTED = 6;

/** One sentence on both parts, in the order they were dialled; a space before it. `ongoing`: the call has not ended. */
export function legsTold(call: Call, { first, second }: Parts, ongoing: boolean): Said {
  if (first.attempts.length + second.attempts.length === 0) return [' Its legs have no status, so they do not tell who was dialled.'];
  const told = [first, second].map((part) => partTold(call, part, ongoing)).filter((said) => said.length > 0);
  const [opening = [], ...rest] = told;
  return [' ', ...capitalised(opening), ...rest.flatMap((said) => ['; ', ...said]), '.'];
}

function partTold(call: Call, part: Part, ongoing: boolean): Said {
  const { attempts, people, role } = part;
  const [only, ...others] = attempts;
  if (only === undefined) return untold(part, ongoing);
  if (others.length === 0) return [`${part.noun}${numberOf(part, only)} ${verbOf(part, only, ongoing)}`, ...attemptEvidence(call, only)];
  if (people === undefined) return [`${attempts.length} attempts to reach the ${role}: `, ...listed(call, attempts, ongoing, false)];
  if (people > 1) return [`${people} ${plural(part)} were ${dialVerb(part)}${orderOf(part)}: `, ...listed(call, attempts, ongoing, true)];
  const times = `${part.noun}${numberOf(part, only)} was ${dialVerb(part)} ${timesOf(attempts.length)}`;
  const together = EACH_TIME[part.reason];
  if (together !== undefined && attempts.every(({ result }) => result === part.reason)) return [`${times} and ${together}`, ...firstFew(attempts).flatMap((attempt) => attemptEvidence(call, attempt)), ...more(attempts)];
  return [`${times}${orderOf(part)}: `, ...listed(call, attempts, ongoing, false)];
}

/** An inbound call's caller is there without having been dialled. */
function untold(part: Part, ongoing: boolean): Said {
  const { role, standing } = part;
  if (standing === 'unclear') return [`the ${legNoun(part)} has no status`];
  if (role === 'caller') return [];
  return [ongoing ? `no attempt to reach the ${role} is reported so far` : `no attempt to reach the ${role} is reported`];
}

/** `3 agents`, `2 from legs`. */
export function plural({ role }: Part): string {
  return role === 'customer' || role === 'caller' ? `numbers of the ${role}` : `${role}s`;
}

/** A line that was busy or out of reach did not ring. */
export function dialVerb({ attempts }: Part): 'rung' | 'dialled' {
  return attempts.some(({ result }) => result === 'busy' || result === 'failed' || result === 'unknown') ? 'dialled' : 'rung';
}

function timesOf(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}

function orderOf({ inOrder }: Part): string {
  return inOrder ? ', in this order' : '';
}

const EACH_TIME: Readonly<Partial<Record<Part['reason'], string>>> = {
  noAnswer: 'did not answer',
  busy: 'was busy each time',
  failed: 'could not be reached',
};

const VERBS: Readonly<Record<Exclude<AttemptResult, 'unknown'>, string>> = {
  completed: 'answered',
  inProgress: 'is on the line',
  ringing: 'is being rung',
  queued: 'is waiting to be dialled',
  noAnswer: 'did not answer',
  busy: 'was busy',
  failed: 'could not be reached',
  cancelled: 'was not reached, the attempt being cancelled',
};

/** Somebody who calls is not dialled: the leg tells whether Exotel took the call. */
const CALLER_VERBS: Readonly<Partial<Record<AttemptResult, string>>> = {
  completed: 'got through to the ExoPhone',
  ringing: 'is waiting to be put through',
  noAnswer: 'did not get through, nobody answering',
  busy: 'did not get through, the line being busy',
  failed: 'did not get through',
  cancelled: 'did not get through, the attempt being cancelled',
};

function verbOf({ role }: Part, { result, word }: Attempt, ongoing: boolean): string {
  if (result === 'unknown') return `has a leg whose status, “${word}”, this extension does not know`;
  if (!ongoing && (result === 'inProgress' || result === 'ringing' || result === 'queued')) return LEFT_BEHIND[result];
  return (role === 'caller' ? CALLER_VERBS[result] : undefined) ?? VERBS[result];
}

/** Going on in a call that is over: the leg's record was left behind. */
const LEFT_BEHIND = {
  inProgress: 'answered, and by this leg is still on the line',
  ringing: 'is still being rung by this leg',
  queued: 'is still waiting to be dialled by this leg',
} as const;

function listed(call: Call, attempts: readonly Attempt[], ongoing: boolean, withLabels: boolean): Said {
  const items = firstFew(attempts).map((attempt): Said => {
    const { leg, result, word } = attempt;
    const still = !ongoing && isLegPending(leg) ? 'still ' : '';
    const what = result === 'unknown' ? `“${word}”` : result === 'completed' ? 'answered' : `${still}${word}`;
    return [withLabels ? `${legLabel(leg)} – ${what}` : what, ...attemptEvidence(call, attempt)];
  });
  return [...items.flatMap((item, index) => (index === 0 ? item : [', ', ...item])), ...more(attempts)];
}

/** The first ones, with one that was answered among them wherever there is one. */
function firstFew(attempts: readonly Attempt[]): readonly Attempt[] {
  const few = attempts.slice(0, MAX_LISTED);
  const [answered] = answeredAttempts(attempts);
  return answered === undefined || few.includes(answered) ? few : [...few.slice(0, -1), answered];
}

function more(attempts: readonly Attempt[]): Said {
  return attempts.length > MAX_LISTED ? [` and ${attempts.length - MAX_LISTED} more`] : [];
}

function attemptEvidence(call: Call, { leg }: Attempt): Said {
  const cited = (field: LegField): Said => asEvidence([citeLeg(call, leg, field) ?? []].flat());
  if (leg.onCallDuration === undefined || leg.onCallDuration <= 0) return cited('status');
  return [...cited('status'), ` (on the call for ${formatDuration(leg.onCallDuration)}`, ...cited('onCallDuration'), ')'];
}

/** The telephone number in brackets, where there is one. */
function numberOf({ noun }: Part, { leg: { party = {} } }: Attempt): string {
  const { number = /^\+?[\d•]/.test(party.contactUri ?? '') ? party.contactUri : undefined } = party;
  const plain = plainText(number ?? '', MAX_LABEL_LENGTH);
  return plain === '' || noun.includes(plain) ? '' : ` (${plain})`;
}

function capitalised(said: Said): Said {
  const [opening, ...rest] = said;
  return typeof opening === 'string' ? [sentenceCase(opening), ...rest] : said;
}
