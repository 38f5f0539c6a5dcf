/** What of a recording is still on its way, in words and as a ring. Pure. */
import type { RecordingState } from '../../shared/protocol';
import { sizeText } from '../text';

interface Coming {
  readonly received: number;
  readonly total?: number;
  readonly isStalled: boolean;
}

/** The bytes that are on their way; undefined: none are. */
export function comingOf(recording: RecordingState): Coming | undefined {
  if (recording.phase === 'loading') return recording;
  return recording.phase === 'ready' && recording.transfer.kind === 'coming' ? recording.transfer : undefined;
}

/** What an SVG circle of this radius needs as `stroke-dasharray` to show so much of itself, from 0 to 1. */
export function dashesOf(share: number, radius: number): string {
  const whole = 2 * Math.PI * radius;
  const shown = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0)) * whole;
  return `${shown.toFixed(2)} ${whole.toFixed(2)}`;
}

/** How much came, from 0 to 1; undefined while nobody said how much there is. */
export function shareOf({ received, total }: { readonly received: number; readonly total?: number }): number | undefined {
  return total === undefined || total <= 0 ? undefined : Math.min(1, received / total);
}

/** `12.3 of 115 MB`. */
export function amountText({ received, total }: { readonly received: number; readonly total?: number }, locale: string): string {
  if (total === undefined) return sizeText(received, locale);
  const [came, whole] = [sizeText(received, locale), sizeText(total, locale)];
  const unit = whole.slice(whole.lastIndexOf(' '));
  return `${came.endsWith(unit) ? came.slice(0, -unit.length) : came} of ${whole}`;
}
