/** Whether a call's reported lengths fit each other. */
import type { Call } from './call';
import { ROUNDING_MS } from './time';

/** True when the talk is reported longer than the whole call, by more than what rounding makes. */
export function talkExceedsDuration({ totalTalkTime: talk, totalDuration: duration }: Pick<Call, 'totalTalkTime' | 'totalDuration'>): boolean {
  return talk !== undefined && duration !== undefined && talk - duration > ROUNDING_MS / 1000;
}
