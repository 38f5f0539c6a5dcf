/** What may be drawn of a leg, in words: ringing, waiting, talking, each from one moment to another. */
import type { Citation, Instant, Leg } from './call';
import type { LegOutcomeId } from './legs';
import { type Bound, isCaller } from './legTimes';
import type { Span, SpanKind } from './spans';
import { formatDuration } from './time';

/** A span before it is written out. */
export interface Stage {
  readonly kind: SpanKind;
  readonly name: string;
  readonly from: Bound;
  readonly to: Bound;
  /** The beginning of the explanation, and its end. */
  readonly meaning: string;
  readonly caveat: string;
  /** It goes on: its length is that of the moment only, and is not written into its bar. */
  readonly isOpen?: true;
}

const UNSAID = 'no field says when the leg was answered';

/** The spans of a leg's stages, in their order. Stages without length are left out. */
export function spansOf(stages: readonly Stage[]): readonly Span[] {
  const counts = new Map<SpanKind, number>();
  return stages.flatMap((stage) => {
    if (stage.to.at <= stage.from.at) return [];
    const count = (counts.get(stage.kind) ?? 0) + 1;
    counts.set(stage.kind, count);
    return [spanOf(stage, count === 1 ? stage.kind : `${stage.kind}-${count}`)];
  });
}

function spanOf({ kind, name, from, to, meaning, caveat, isOpen }: Stage, id: string): Span {
  return {
    id,
    kind,
    from: from.at,
    to: to.at,
    label: isOpen === true ? name : labelled(name, from.at, to.at),
    provenance: 'inferred',
    sources: unique([...from.sources, ...to.sources]),
    explanation: `${meaning}: from ${from.why} to ${to.why}; ${caveat}.`,
  };
}

/** `conversation, 4 min 40 s` */
export function labelled(name: string, from: Instant, to: Instant): string {
  return `${name}, ${formatDuration((to - from) / 1000)}`;
}

/** Each field once. */
export function unique(sources: readonly Citation[]): readonly Citation[] {
  return sources.filter(({ field }, index) => sources.findIndex((other) => other.field === field) === index);
}

const UNANSWERED: Readonly<Partial<Record<LegOutcomeId, { readonly name: string; readonly meaning: string; readonly caveat: string }>>> = {
  noAnswer: { name: 'rang, no answer', meaning: 'Likely dialling and ringing without an answer', caveat: 'no field says when it began to ring' },
  busy: { name: 'busy', meaning: 'Likely dialling, until the line was found busy', caveat: 'no field says whether it rang' },
  failed: { name: 'failed', meaning: 'Likely dialling, until it failed', caveat: 'no field says whether it rang, or why it failed' },
  cancelled: { name: 'cancelled', meaning: 'Likely dialling and ringing, until it was cancelled', caveat: 'no field says by whom, or whether it rang' },
};

/** A leg that ended without an answer. */
export function unanswered(outcome: LegOutcomeId, from: Bound, to: Bound): Stage {
  const words = UNANSWERED[outcome] ?? { name: 'not reached', meaning: 'Likely dialling', caveat: 'no field says whether it rang' };
  return { kind: 'ringing', ...words, from, to };
}

/** Nothing tells the parts of the leg apart. */
export function whole(outcome: LegOutcomeId, from: Bound, to: Bound): Stage {
  const caveat = wasAnswered(outcome) ? `ringing, waiting and talk are not told apart, as ${UNSAID}` : 'the leg’s status does not say whether it was answered';
  return { kind: 'leg', name: 'leg', from, to, meaning: 'The leg as a whole', caveat };
}

function wasAnswered(outcome: LegOutcomeId): boolean {
  return outcome === 'completed' || outcome === 'inProgress';
}

/** A leg that was answered later. */
export function ringing(from: Bound, to: Bound): Stage {
  return { kind: 'ringing', name: 'ringing', from, to, meaning: 'Likely dialling and ringing', caveat: UNSAID };
}

/** What came before the conversation, where nothing tells when the leg was answered. */
export function beforeTalkAsAWhole(from: Bound, to: Bound): Stage {
  return { kind: 'leg', name: 'before the conversation', from, to, meaning: 'Before the conversation', caveat: `ringing and waiting are not told apart, as ${UNSAID}` };
}

/** What came after the answer, where nothing tells when the conversation began. */
export function afterAnswer(from: Bound, to: Bound): Stage {
  return { kind: 'leg', name: 'on the call', from, to, meaning: 'Likely answered', caveat: `waiting and talk are not told apart, and ${UNSAID}` };
}

/** A leg on the call while the other side is not: the caller, or the one who was dialled first. */
export function waiting(leg: Leg, from: Bound, to: Bound): Stage {
  const meaning = isCaller(leg) ? 'Likely in the flow, in a queue or hearing it ring' : 'Likely answered and waiting for the other side';
  return { kind: 'waiting', name: 'waiting', from, to, meaning, caveat: isCaller(leg) ? 'no field tells these apart' : UNSAID };
}
