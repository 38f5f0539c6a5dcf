/** What a finding is, and how one is put together. */
import { type Call, type CallField, type Citation, type Instant, citations } from './call';
import type { LegsReply } from './request';
import { MAX_STATUS_LENGTH, type Severity } from './status';
import { plainText } from './text';

export type FindingId =
  | 'endBeforeStart'
  | 'timesOutOfOrder'
  | 'timeInFuture'
  | 'zeroEnd'
  | 'clockSkew'
  | 'talkExceedsDuration'
  | 'durationDiffers'
  | 'completedWithoutTalk'
  | 'talkWithoutAnswer'
  | 'completedUnanswered'
  | 'legContradictsStatus'
  | 'legStillGoing'
  | 'legTimesOutOfOrder'
  | 'legBeforeCall'
  | 'legsLeftOut'
  | 'legsPathRefused'
  | 'recordingWithoutUrl'
  | 'recordingUrlUnavailable'
  | 'recordingExpectedSoon'
  | 'signedLinkExpired'
  | 'recordingLengthDiffers'
  | 'recordingSilent'
  | 'agentChannelSilent'
  | 'customerChannelSilent'
  | 'channelClips'
  | 'sourcesDisagree'
  | 'unreadableField'
  | 'unknownState'
  | 'unknownStatus'
  | 'unknownDirection'
  | 'unknownLegStatus'
  | 'terminalWithoutStatus'
  | 'terminalWhilePending'
  | 'activeForLong';

/** How an answer came, beside what it says. */
export interface Circumstances {
  /** When the answer came, by this machine's clock. */
  readonly askedAt: Instant;
  /** How far this machine's clock is ahead of the server's; absent: not known. */
  readonly clockAheadMs?: number;
  readonly legs?: LegsReply;
}

export interface Finding {
  /** A {@link FindingId}; where a call can have several of one, what it is about follows after a colon: a field's path, a leg's end, a side. */
  readonly id: FindingId | `${FindingId}:${string}`;
  readonly severity: Exclude<Severity, 'ok'>;
  /** One sentence. */
  readonly line: string;
  /** The fields that show it; empty where it is not about a field. */
  readonly citations: readonly Citation[];
}

/** When the answer came, by Exotel's clock as far as that is known: what the record's times are compared with. */
export function answeredAt({ askedAt, clockAheadMs = 0 }: Circumstances): Instant {
  return askedAt - clockAheadMs;
}

/** What has to hold, and what to say then. */
export type Rule = readonly [applies: boolean, finding: () => Finding];

/** The findings of the rules that apply. */
export function found(...rules: readonly Rule[]): readonly Finding[] {
  return rules.flatMap(([applies, finding]) => (applies ? [finding()] : []));
}

/** A finding that cites values of the call. */
export function finding(call: Call, id: Finding['id'], severity: Finding['severity'], line: string, ...fields: readonly CallField[]): Finding {
  return { id, severity, line, citations: citations(call, ...fields) };
}

/** A value as it stands in a sentence. */
export function shown(text: string): string {
  return plainText(text, MAX_STATUS_LENGTH);
}

/** `a and b`. */
export function list(names: readonly string[]): string {
  return names.join(' and ');
}
