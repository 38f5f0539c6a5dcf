/** What happened in a call, as far as its record can tell, and what to look at next. */
import type { Call, Citation } from './call';
import { type Check, checksOf } from './checks';
import { fieldName } from './fields';
import { storyWithLegs } from './legStory';
import { talkExceedsDuration } from './lengths';
import { evidence, type Said } from './said';
import { SAYINGS, type Saying, type Story } from './sayings';
import { type Outcome, hasStatus, isActive, isInbound, isPending, isTerminal, outcomeOf, statusEnd } from './status';
import { formatDuration } from './time';

/** A piece of an explanation: words with the spaces around them, or the field that the words before it rest on. */
export type Phrase = { readonly text: string } | { readonly citation: Citation };

export interface Verdict {
  /** The answer, in a person's words; no full stop. */
  readonly headline: string;
  /** A few sentences with their evidence. */
  readonly explanation: readonly Phrase[];
  /** What the record does not tell: one sentence. */
  readonly unknown: string;
  /** What to look at next, the likeliest first, at most three; may be empty. */
  readonly checks: readonly Check[];
}

/**
 * The verdict on a call. It rests on state, status, direction, talk time, duration and legs; nothing is concluded from the last update.
 * Where the legs tell more than the status, the headline does too; where they do not fit it, the headline follows the status.
 * No field says who hung up or when a leg was answered, and so no sentence does.
 */
export function verdictOf(call: Call): Verdict {
  const outcome = outcomeOf(call);
  const { headline, said, unknown } = storyWithLegs(call, outcome, storyOf(call, outcome));
  return { headline, explanation: phrases([...said, ...stillActive(call, outcome)]), unknown, checks: checksOf(call, outcome) };
}

function storyOf(call: Call, outcome: Outcome): Story {
  const { id } = outcome;
  if (id === 'completed') return completed(call);
  if (id === 'active') return active(call);
  if (id === 'unknown') return hasStatus(call) ? strangeStatus(call, outcome) : noStatus(call);
  if (!isPending(outcome)) return notConnected(call, outcome, SAYINGS[id]);
  return isTerminal(call) ? contradiction(call, outcome) : pending(call, SAYINGS[id]);
}

function completed(call: Call): Story {
  const { totalTalkTime: talk } = call;
  const unknown = 'The record does not say who hung up, or when each side answered.';
  const connected: Said = ['The call connected and ended normally', ...evidence(call, 'status')];
  if (talk === undefined) {
    const missing = `There is no readable ${fieldName(call, 'totalTalkTime')}, so the record does not show whether agent and customer talked.`;
    return { headline: notFinal(call) ?? 'The call ended normally; its talk time is not reported', said: [...connected, '. ', missing], unknown };
  }
  if (talk === 0) {
    const said: Said = ['By its status the call connected and ended normally', ...evidence(call, 'status'), ', but its talk time is 0 s', ...evidence(call, 'totalTalkTime'), '.'];
    return { headline: notFinal(call) ?? 'The call completed without any talk time', said, unknown };
  }
  const contradicted = talkExceedsDuration(call) ? 'The call completed, but its talk time does not fit its duration' : undefined;
  const headline = notFinal(call) ?? contradicted ?? `Agent and customer talked for ${formatDuration(talk)}`;
  const talked: Said = [`. The talk time is ${formatDuration(talk)}`, ...evidence(call, 'totalTalkTime')];
  return { headline, said: [...connected, ...talked, ...ofDuration(call, talk), '.'], unknown };
}

function ofDuration(call: Call, talk: number): Said {
  const { totalDuration: duration } = call;
  if (duration === undefined) return [];
  const whole = [formatDuration(duration), ...evidence(call, 'totalDuration')];
  if (talkExceedsDuration(call)) return [', which is more than the whole call’s ', ...whole];
  return talk <= duration ? [' of ', ...whole, ' in all'] : [', the whole call’s duration ', ...whole];
}

/** The headline of a call that is over by its status while its record may still change. */
function notFinal(call: Call): string | undefined {
  return isActive(call) ? 'The call ended normally; its record is not final yet' : undefined;
}

function active(call: Call): Story {
  if (call.endTime === undefined) {
    return {
      headline: 'The call is still active',
      said: ['It is ongoing, or over and waiting to be processed', ...evidence(call, 'state'), '; no status is reported yet.'],
      unknown: 'The record does not tell these two apart.',
    };
  }
  return {
    headline: 'The call has ended; its record is not final yet',
    said: ['There is an end time', ...evidence(call, 'endTime'), ', but the state is still active', ...evidence(call, 'state'), ' and no status is reported yet.'],
    unknown: 'The record does not say yet what became of the call.',
  };
}

function pending(call: Call, { headline, reported, unknown }: Saying): Story {
  return { headline, said: [reported, ...evidence(call, 'status'), '.'], unknown };
}

function contradiction(call: Call, outcome: Outcome): Story {
  return {
    headline: `The call is over, but its status is still “${outcome.label.toLowerCase()}”`,
    said: ['Terminal means that the call is over and all its data processed', ...evidence(call, 'state'), ', which does not fit the status', ...evidence(call, 'status'), '.'],
    unknown: 'The record does not say what became of the call.',
  };
}

function notConnected(call: Call, outcome: Outcome, { headline, reported, unknown }: Saying): Story {
  const said: Said = [reported, ...evidence(call, 'status'), '.', ...whoseLeg(call, outcome), ...callerIsCustomer(call, outcome), ...talkedAllTheSame(call)];
  return { headline: isLegOfNobody(call, outcome) ? outcome.label : headline, said, unknown };
}

function strangeStatus(call: Call, outcome: Outcome): Story {
  return {
    headline: `Exotel reported the status “${outcome.label}”, which this extension does not know`,
    said: ['The status is shown as it came', ...evidence(call, 'status'), '.', ...talkTime(call)],
    unknown: 'Whether the call connected cannot be told from a status that is not known.',
  };
}

function noStatus(call: Call): Story {
  const over = isTerminal(call);
  return {
    headline: over ? 'The call is over, but its status is missing' : 'The record does not say what became of the call',
    said: over ? ['The state is terminal', ...evidence(call, 'state'), ', and yet there is no status.', ...talkTime(call)] : ['There is no status', ...otherState(call), '.', ...talkTime(call)],
    unknown: 'Whether the call connected is not reported.',
  };
}

function otherState(call: Call): Said {
  const stated = evidence(call, 'state');
  return stated.length === 0 ? [' and no state'] : [', and the state is none that this extension knows', ...stated];
}

function talkTime(call: Call): Said {
  const { totalTalkTime: talk } = call;
  return talk === undefined ? [] : [` The talk time is ${formatDuration(talk)}`, ...evidence(call, 'totalTalkTime'), '.'];
}

function talkedAllTheSame(call: Call): Said {
  const { totalTalkTime: talk } = call;
  if (talk === undefined || talk <= 0) return [];
  return [` The record has a talk time all the same: ${formatDuration(talk)}`, ...evidence(call, 'totalTalkTime'), '.'];
}

function stillActive(call: Call, outcome: Outcome): Said {
  if (!isActive(call) || isPending(outcome)) return [];
  return [' The state is still active', ...evidence(call, 'state'), ', so values may change.'];
}

/** v3 speaks of legs; which side a leg is follows from the direction. */
function whoseLeg(call: Call, outcome: Outcome): Said {
  const leg = statusEnd(call);
  if (leg === undefined) return [];
  if (outcome.side === undefined) return [' Without a known direction, the record does not tell whose leg that is.'];
  return [` The ${leg} leg is the ${outcome.side}’s, going by the direction`, ...evidence(call, 'direction'), '.'];
}

function callerIsCustomer(call: Call, outcome: Outcome): Said {
  if (!isInbound(call) || (outcome.id !== 'customerUnanswered' && outcome.id !== 'customerNotDialled')) return [];
  return [' That is unusual for an inbound call', ...evidence(call, 'direction'), ', where the customer is the caller.'];
}

function isLegOfNobody(call: Call, outcome: Outcome): boolean {
  return outcome.side === undefined && whoseLeg(call, outcome).length > 0;
}

function phrases(said: Said): readonly Phrase[] {
  const merged: Phrase[] = [];
  for (const piece of said) {
    const last = merged.at(-1);
    if (typeof piece !== 'string') merged.push({ citation: piece });
    else if (last !== undefined && 'text' in last) merged[merged.length - 1] = { text: last.text + piece };
    else merged.push({ text: piece });
  }
  return merged;
}
