/** What a change of the panel's state says to those who listen rather than look. Pure. */
import type { Call } from '../call/call';
import { legLabel, legOutcome, placedLegs, type PlacedLeg } from '../call/legs';
import { shortSid } from '../call/sid';
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
  if (before === undefined || now === undefined || before === now) return [];
  const { headline } = verdictOf(now);
  return [
    ...(verdictOf(before).headline === headline ? [] : [`${headline}.`]),
    ...legsSaid(before, now),
    ...(before.recording?.available !== true && now.recording?.available === true ? ['The recording is available.'] : []),
  ];
}

/** Legs that came, and what became of those that were there; nothing where legs were not told of before. */
function legsSaid(before: Call, now: Call): readonly string[] {
  if (before.legs === undefined) return [];
  const known = new Map(placedLegs(before).map((placed) => [keyOf(placed), legOutcome(before, placed.leg).label]));
  return placedLegs(now).flatMap((placed) => {
    const earlier = known.get(keyOf(placed));
    const { label } = legOutcome(now, placed.leg);
    return earlier === label ? [] : [`${earlier === undefined ? 'New leg: ' : ''}${legLabel(placed.leg)}: ${label}.`];
  });
}

function keyOf({ place, leg }: PlacedLeg): string {
  return leg.sid ?? place;
}
