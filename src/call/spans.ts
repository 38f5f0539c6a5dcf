/** The stretches of a call between its times, each with what it rests on. */
import { type Call, type CallField, type Citation, type Instant, type Provenance, citations } from './call';
import { fieldName } from './fields';
import { isOngoing } from './status';
import { formatDuration, ROUNDING_MS } from './time';

export type SpanKind =
  | 'setup'
  | 'connecting'
  | 'conversation'
  /** Start to end of a call that reports no talk time: what part of it was conversation is not known. */
  | 'call'
  | 'ongoing'
  | 'untilUpdate'
  /** A leg being dialled and ringing. */
  | 'ringing'
  /** A leg that answered and waits for the other side. */
  | 'waiting'
  /** A leg of which no more is known than from when to when its record changed. */
  | 'leg';

/** A stretch of time; `from` is never after `to`, and both lie in the timeline's range. */
export interface Span {
  readonly id: string;
  readonly kind: SpanKind;
  readonly from: Instant;
  readonly to: Instant;
  /** Short, fit to stand in the bar: `conversation, 4 min 40 s`. */
  readonly label: string;
  readonly provenance: Provenance;
  readonly sources: readonly Citation[];
  /** One sentence: where it comes from, and what it does not say. */
  readonly explanation: string;
}

/** What could be drawn, and in words what could not. */
export interface Drawn {
  readonly spans: readonly Span[];
  readonly notes: readonly string[];
}

const NOTHING: Drawn = { spans: [], notes: [] };

/** Created → started. */
export function setupOf(call: Call): Drawn {
  const { createdTime: from, startTime: to } = call;
  if (from === undefined || to === undefined) return NOTHING;
  if (to < from) return note(`${fieldName(call, 'startTime')} is before ${fieldName(call, 'createdTime')}: the setup is not drawn.`);
  const explanation = `From ${fieldName(call, 'createdTime')} to ${fieldName(call, 'startTime')}, both reported.`;
  return drawn(span(call, 'setup', from, to, 'setup', 'reported', ['createdTime', 'startTime'], explanation));
}

/** Start → end: connecting and conversation, as far as the talk time tells them apart. Without a start time, from the creation on. */
export function courseOf(call: Call): Drawn {
  const { endTime: end, totalTalkTime: talk } = call;
  const field = call.startTime === undefined ? 'createdTime' : 'startTime';
  const start = call[field];
  if (end === undefined) return talk === undefined || talk <= 0 ? NOTHING : note(`Without ${fieldName(call, 'endTime')}, the talk time cannot be placed in the call.`);
  if (start === undefined) return talk !== undefined && talk > 0 ? drawn(conversation(call, end - talk * 1000, end, [])) : NOTHING;
  if (end < start) return note(`${fieldName(call, 'endTime')} is before ${fieldName(call, field)}: the call itself is not drawn.`);
  if (talk === undefined || talk < 0) return undivided(call, field, start, end);
  if (talk === 0) return silent(call, field, start, end);
  return divided(call, field, start, end, talk);
}

/** An active call, from the last time that is known to when the answer came. */
export function ongoingOf(call: Call, askedAt: Instant): Drawn {
  const known = [call.createdTime, call.startTime].flatMap((time) => time ?? []);
  if (call.endTime !== undefined || known.length === 0 || !isOngoing(call)) return NOTHING;
  const from = Math.max(...known);
  if (askedAt < from) return note('By this machine’s clock the answer came before the call began: how long it has been going on is not drawn.');
  const explanation =
    'The call had not ended when the answer came, or Exotel was still processing it; drawn up to the moment of the answer, by this machine’s clock.';
  return drawn(span(call, 'ongoing', from, askedAt, 'ongoing', 'inferred', ['state', 'status', 'createdTime', 'startTime'], explanation));
}

/** End → last update, cut short where it would dwarf the call. */
export function untilUpdateOf(call: Call): Drawn {
  const { endTime: end, updatedTime: updated } = call;
  if (end === undefined || updated === undefined) return NOTHING;
  const [ended, changed] = [fieldName(call, 'endTime'), fieldName(call, 'updatedTime')];
  if (updated < end) return note(`${changed} is before ${ended}.`);
  if (end < (call.startTime ?? end)) return NOTHING;
  const { to, cut } = tailOf(call);
  const explanation = `From ${ended} to ${changed}, when the record last changed; nothing is concluded from it.`;
  const tail = span(call, 'untilUpdate', end, to, 'until last update', 'inferred', ['endTime', 'updatedTime'], explanation);
  const tooFar = `${changed} is ${formatDuration((updated - end) / 1000)} after ${ended}: the drawing stops before it.`;
  return { spans: longEnough(tail), notes: cut ? [tooFar] : [] };
}

/** Where the drawing of what followed the end stops, and whether the last update lies beyond. */
export function tailOf(call: Call): { readonly to: Instant; readonly cut: boolean } {
  const end = call.endTime ?? Infinity;
  const updated = call.updatedTime ?? end;
  const length = Math.max(0, end - (call.createdTime ?? call.startTime ?? end));
  const limit = end + tailRoom(length);
  return { to: Math.min(updated, limit), cut: updated > limit };
}

/** How far beside a call of this length something may lie and still be drawn: beyond, the call itself would be a speck. */
export function tailRoom(length: number): number {
  return Math.max(LONG_TAIL_MS, LONG_TAIL_CALLS * length);
}

/** A tail is cut when it is longer than both: this, and so many times the call. */
const LONG_TAIL_MS = 10 * 60_000;
const LONG_TAIL_CALLS = 5;

/** The conversation's derived start, where it lies within the call. */
export function talkStartOf(call: Call): Instant | undefined {
  const { endTime: end, totalTalkTime: talk } = call;
  if (end === undefined || talk === undefined || talk <= 0) return undefined;
  const at = end - talk * 1000;
  return at < (call.startTime ?? call.createdTime ?? at) ? undefined : at;
}

type BeginField = 'startTime' | 'createdTime';

function divided(call: Call, field: BeginField, start: Instant, end: Instant, talk: number): Drawn {
  const talkStart = end - talk * 1000;
  if (talkStart >= start) return drawn(connecting(call, field, start, talkStart), conversation(call, talkStart, end, []));
  const [talkName, beginName, endName] = [fieldName(call, 'totalTalkTime'), fieldName(call, field), fieldName(call, 'endTime')];
  const longer = `${talkName} (${formatDuration(talk)}) is longer than ${beginName} to ${endName} (${formatDuration((end - start) / 1000)})`;
  const tooLong = `${longer}: the conversation is drawn only as far as it fits.`;
  return { spans: longEnough(conversation(call, start, end, [field])), notes: start - talkStart < ROUNDING_MS ? [] : [tooLong] };
}

function connecting(call: Call, field: BeginField, from: Instant, to: Instant): Span {
  const explanation = `Likely dialling and ringing: from ${fieldName(call, field)} to where the conversation is placed; no field says when a leg was answered.`;
  return span(call, 'connecting', from, to, 'connecting', 'inferred', [field, 'endTime', 'totalTalkTime'], explanation);
}

function conversation(call: Call, from: Instant, to: Instant, cutAt: readonly BeginField[]): Span {
  const label = `conversation, ${formatDuration(call.totalTalkTime ?? 0)}`;
  const placed = `${fieldName(call, 'totalTalkTime')}, placed so that it ends at ${fieldName(call, 'endTime')}`;
  const explanation = cutAt.length > 0 ? `${placed}, and cut where the call begins.` : `${placed}; interrupted talk, as in a transfer, would lie elsewhere.`;
  return span(call, 'conversation', from, to, label, 'derived', ['totalTalkTime', 'endTime', ...cutAt], explanation);
}

function silent(call: Call, field: BeginField, start: Instant, end: Instant): Drawn {
  const explanation = `From ${fieldName(call, field)} to ${fieldName(call, 'endTime')}, with no conversation in it: ${fieldName(call, 'totalTalkTime')} is 0.`;
  return drawn(span(call, 'connecting', start, end, 'no conversation', 'derived', [field, 'endTime', 'totalTalkTime'], explanation));
}

function undivided(call: Call, field: BeginField, start: Instant, end: Instant): Drawn {
  const explanation = `From ${fieldName(call, field)} to ${fieldName(call, 'endTime')}, both reported; no talk time says what part of it was conversation.`;
  const label = `call, ${formatDuration((end - start) / 1000)}`;
  return {
    spans: longEnough(span(call, 'call', start, end, label, 'reported', [field, 'endTime'], explanation)),
    notes: [`There is no readable ${fieldName(call, 'totalTalkTime')}: what part of the call was conversation is not drawn.`],
  };
}

function span(
  call: Call,
  kind: Span['kind'],
  from: Instant,
  to: Instant,
  label: string,
  provenance: Span['provenance'],
  fields: readonly CallField[],
  explanation: string,
): Span {
  return { id: kind, kind, from, to, label, provenance, sources: citations(call, ...fields), explanation };
}

function drawn(...spans: readonly Span[]): Drawn {
  return { spans: longEnough(...spans), notes: [] };
}

/** What has no length cannot be drawn, and nothing happened in it. */
function longEnough(...spans: readonly Span[]): readonly Span[] {
  return spans.filter(({ from, to }) => to > from);
}

function note(sentence: string): Drawn {
  return { spans: [], notes: [sentence] };
}
