/** What is odd about a call's legs: in themselves, and against the call. */
import { type Call, type Citation, type Leg, type LegField, citations, citeLeg } from './call';
import { fieldName } from './fields';
import { type Circumstances, finding, type Finding, shown } from './finding';
import { isUsual, type Misfit, misfitsOf } from './legMisfits';
import { legNoun, type Part } from './legParts';
import { legOutcome } from './legs';
import { isActive, outcomeOf } from './status';
import { ROUNDING_MS } from './time';

/** A leg's record may be written a moment before its call's. */
const LEG_BEFORE_CALL_TOLERANCE_MS = 2000;

/** Statuses are compared once the call's record is final. */
export function legFindings(call: Call, { legs: reply }: Circumstances): readonly Finding[] {
  const misfits = isActive(call) ? [] : misfitsOf(call, outcomeOf(call)).map((misfit) => misfitFinding(call, misfit));
  const isRefused = reply?.kind === 'refusedPath' || (reply?.kind === 'reported' && reply.refusesPath === true);
  const refused = isRefused ? [finding(call, 'legsPathRefused', 'warning', refusedLine(call), 'legsPath')] : [];
  return [...refused, ...leftOut(call), ...misfits, ...(call.legs ?? []).flatMap((leg) => ofLeg(call, leg))];
}

function leftOut({ legs = [], legsLeftOut = 0 }: Call): readonly Finding[] {
  if (legsLeftOut === 0) return [];
  const line = `The answer lists ${legs.length + legsLeftOut} legs: only ${legs.length} of them, the first of each end, are read here, and the others are in Raw JSON.`;
  return [{ id: 'legsLeftOut', severity: 'warning', line, citations: [] }];
}

function refusedLine(call: Call): string {
  return `The path in ${fieldName(call, 'legsPath')} leads elsewhere than below the account’s own calls: it was not asked.`;
}

function misfitFinding(call: Call, misfit: Misfit): Finding {
  const status = fieldName(call, 'status');
  const evidence = [...citations(call, 'status'), ...misfit.cited];
  if (misfit.kind === 'unfinished') {
    const { leg, word } = misfit.attempt;
    const place = placeOf(leg, 'status');
    return { id: `legStillGoing:${place}`, severity: 'info', line: `The call is over by ${status}, and yet ${shown(place)} is “${shown(leg.status ?? word)}”.`, citations: evidence };
  }
  if (misfit.kind === 'otherwise') return { id: 'legContradictsStatus', severity: 'warning', line: `${status} is “${shown(call.status ?? '')}”, and yet no leg fits it.`, citations: evidence };
  if (misfit.kind === 'unanswered') return unansweredFinding(call, misfit, evidence);
  const severity = misfit.kind === 'notDialled' ? 'info' : 'warning';
  return { id: `legContradictsStatus:${misfit.part.end}`, severity, line: `${status} is “${shown(call.status ?? '')}”, and yet ${WORDS[misfit.kind](misfit.part)}.`, citations: evidence };
}

function unansweredFinding(call: Call, misfit: Misfit & { readonly kind: 'unanswered' }, evidence: readonly Citation[]): Finding {
  const { part } = misfit;
  const line = `The call is completed, and yet ${part.attempts.length === 0 ? `no attempt to reach the ${part.role} is reported` : `no ${legNoun(part)} was answered`}`;
  const usual = isUsual(call, misfit);
  return { id: `completedUnanswered:${part.end}`, severity: usual ? 'info' : 'warning', line: `${line}${usual ? ', as when only the flow took an inbound call' : ''}.`, citations: evidence };
}

const WORDS: Readonly<Record<'answered' | 'notDialled' | 'dialled' | 'firstUnanswered', (part: Part) => string>> = {
  answered: (part) => `a ${legNoun(part)} was answered`,
  notDialled: ({ role }) => `no attempt to reach the ${role} is reported`,
  dialled: (part) => `a ${legNoun(part)} was dialled`,
  firstUnanswered: (part) => `no ${legNoun(part)}, which is dialled first, was answered`,
};

function ofLeg(call: Call, leg: Leg): readonly Finding[] {
  const { createdTime, updatedTime } = leg;
  const path = (field: LegField): string => shown(leg.sources[field] ?? field);
  const found: Finding[] = [];
  if (legOutcome(call, leg).id === 'unknown') {
    const line = `${path('status')} is “${shown(leg.status ?? '')}”, which this extension does not know.`;
    found.push({ id: `unknownLegStatus:${placeOf(leg, 'status')}`, severity: 'info', line, citations: cited(call, leg, 'status') });
  }
  if (createdTime !== undefined && updatedTime !== undefined && createdTime - updatedTime >= ROUNDING_MS) {
    const line = `${path('updatedTime')} is before ${path('createdTime')}.`;
    found.push({ id: `legTimesOutOfOrder:${placeOf(leg, 'updatedTime')}`, severity: 'warning', line, citations: cited(call, leg, 'updatedTime', 'createdTime') });
  }
  if (createdTime !== undefined && call.createdTime !== undefined && call.createdTime - createdTime > LEG_BEFORE_CALL_TOLERANCE_MS) {
    const line = `${path('createdTime')} is before the call’s ${fieldName(call, 'createdTime')}.`;
    found.push({ id: `legBeforeCall:${placeOf(leg, 'createdTime')}`, severity: 'warning', line, citations: [...cited(call, leg, 'createdTime'), ...citations(call, 'createdTime')] });
  }
  return found;
}

function placeOf(leg: Leg, field: LegField): string {
  return leg.sources[field] ?? leg.end;
}

function cited(call: Call, leg: Leg, ...fields: readonly LegField[]): readonly Citation[] {
  return fields.flatMap((field) => citeLeg(call, leg, field) ?? []);
}
