/** A call's story, told again with what its legs add. */
import type { Call } from './call';
import { completedHeadline, endedHeadline, ongoingHeadline } from './legHeadlines';
import { isUsual, type Misfit, misfitsOf } from './legMisfits';
import { type Part, partOfStatus, type Parts, partsOf } from './legParts';
import { isLegPending } from './legs';
import { legsTold } from './legSentences';
import { talkExceedsDuration } from './lengths';
import { evidence, type Said } from './said';
import type { Story } from './sayings';
import { isActive, isOngoing, isPending, type Outcome } from './status';

/** The story as it is where no leg is reported. */
export function storyWithLegs(call: Call, outcome: Outcome, story: Story): Story {
  const parts = partsOf(call);
  if (parts === undefined) return story;
  const goesOn = isOngoing(call) && call.endTime === undefined;
  const misfits = misfitsOf(call, outcome);
  const headline = goesOn ? ongoingHeadline(parts) : endHeadline(call, outcome, parts, misfits);
  const said = goesOn && outcome.id === 'active' && hasPending(parts) ? ongoing(call) : story.said;
  const known = headline !== undefined || said !== story.said;
  return {
    headline: headline ?? story.headline,
    said: [...said, ...legsTold(call, parts, goesOn), ...fit(call, misfits)],
    unknown: (known ? unknownByLegs(call, outcome, parts) : undefined) ?? story.unknown,
  };
}

function hasPending({ first, second }: Parts): boolean {
  return [...first.attempts, ...second.attempts].some(({ leg }) => isLegPending(leg));
}

function endHeadline(call: Call, outcome: Outcome, parts: Parts, misfits: readonly Misfit[]): string | undefined {
  if (isPending(outcome)) return undefined;
  if (outcome.id === 'completed') return isActive(call) || talkExceedsDuration(call) ? undefined : completedHeadline(call, parts);
  return misfits.some(({ kind }) => kind !== 'unfinished') ? undefined : endedHeadline(call, outcome, parts);
}

/** In place of not knowing whether a call with nothing but a state goes on. */
function ongoing(call: Call): Said {
  return ['By its legs the call goes on', ...evidence(call, 'state'), '; no status is reported yet.'];
}

/** What is still not known once the legs have told whose phone it was, and what was the matter with it. */
function unknownByLegs(call: Call, outcome: Outcome, parts: Parts): string | undefined {
  if (isPending(outcome)) return 'The record does not say since when.';
  if (outcome.id === 'busy' || isBusy(partOfStatus(call, outcome, parts))) return 'The record does not say for how long the line was busy.';
  return undefined;
}

function isBusy(part: Part | undefined): boolean {
  return part?.standing === 'unreached' && part.reason === 'busy';
}

function fit(call: Call, misfits: readonly Misfit[]): Said {
  if (misfits.length === 0) return [];
  if (misfits.every((misfit) => isUsual(call, misfit))) return [' Exotel counts an inbound call as completed once its flow took it.'];
  return [' These legs do not fit the call’s status.'];
}
