/** What a change of the panel's state says to those who listen rather than look. Pure. */
import type { Call, Leg } from '../call/call';
import { shortSid } from '../call/sid';
import { plainText } from '../call/text';
import { verdictOf } from '../call/verdict';
import type { PanelState } from '../shared/protocol';

/** The sentences for a new state; undefined when nothing changed that anybody needs to hear. */
export function saidOf(before: PanelState | undefined, now: PanelState): string | undefined {
  if (before === undefined || before.lookup.phase !== now.lookup.phase) return phaseSentence(now);
  const said = [...maskSaid(before, now), ...callSaid(before.lookup.reply?.call, now.lookup.reply?.call), ...liveSaid(before, now)];
  return said.length === 0 ? undefined : said.join(' ');
}

function phaseSentence({ sid, lookup }: PanelState): string {
  if (lookup.phase === 'filled') return `Call loaded: ${verdictOf(lookup.reply.call).headline}`;
  if (lookup.phase === 'failed') return `Lookup failed: ${lookup.failure.sentence}`;
  return lookup.phase === 'cancelled' ? 'Lookup cancelled' : `Looking up call ${shortSid(sid)}`;
}

function maskSaid(before: PanelState, now: PanelState): readonly string[] {
  if (before.masksNumbers === now.masksNumbers) return [];
  return [now.masksNumbers ? 'Numbers and names are masked.' : 'Numbers and names are shown.'];
}

function liveSaid({ live: before }: PanelState, { live: now }: PanelState): readonly string[] {
  const changed = before.phase !== now.phase || ('sentence' in before && 'sentence' in now && before.sentence !== now.sentence);
  return changed && 'sentence' in now ? [now.sentence] : [];
}

function callSaid(before: Call | undefined, now: Call | undefined): readonly string[] {
  if (before === undefined || now === undefined) return [];
  const headline = verdictOf(now).headline;
  const told = before.legs === undefined ? [] : legsSaid(before.legs, now.legs ?? []);
  return [
    ...(verdictOf(before).headline === headline ? [] : [`${headline}.`]),
    ...told,
    ...(before.recording?.available !== true && now.recording?.available === true ? ['The recording is available.'] : []),
  ];
}

function legsSaid(before: readonly Leg[], now: readonly Leg[]): readonly string[] {
  const known = new Map(before.map((leg, index) => [keyOf(leg, index), leg]));
  return now.flatMap((leg, index) => {
    const earlier = known.get(keyOf(leg, index));
    if (earlier !== undefined && earlier.status === leg.status) return [];
    return [`${earlier === undefined ? 'New leg' : 'Leg'} to the ${leg.side ?? `${leg.end} end`}${nameOf(leg)}: ${statusOf(leg)}.`];
  });
}

function keyOf({ sid, end }: Leg, index: number): string {
  return sid ?? `${end} ${index}`;
}

function nameOf({ party }: Leg): string {
  const name = party?.name ?? party?.number ?? party?.contactUri;
  return name === undefined ? '' : `, ${plainText(name, 60)}`;
}

function statusOf({ status }: Leg): string {
  return status === undefined ? 'no status' : plainText(status, 60).replaceAll(/[-_]/g, ' ');
}
