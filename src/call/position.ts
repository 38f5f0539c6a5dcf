/** A place in a recording as text, on the screen, aloud and on the clipboard. */
import type { Seconds } from './call';

/** A position in a recording, in seconds: `0:49`, `1:02:51`. */
export function clockText(seconds: Seconds): string {
  const { hours, minutes, rest } = parts(seconds);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** A position in a recording for *Copy Position*, in seconds: `<sid> @ 01:05`, from an hour on `<sid> @ 1:02:51`. */
export function positionText(sid: string, seconds: Seconds): string {
  const { hours, minutes, rest } = parts(seconds);
  return `${sid} @ ${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(rest)}`;
}

/** A position or a length in a recording, in seconds, as it is read aloud: `1 minute 3 seconds`. */
export function spokenTime(seconds: Seconds): string {
  const { hours, minutes, rest } = parts(seconds);
  const words = [unit(hours, 'hour'), unit(minutes, 'minute'), unit(rest, 'second')].filter((word) => word !== '');
  return words.length === 0 ? '0 seconds' : words.join(' ');
}

function unit(count: number, name: string): string {
  if (count === 0) return '';
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

function two(count: number): string {
  return String(count).padStart(2, '0');
}

function parts(seconds: Seconds): { hours: number; minutes: number; rest: number } {
  const whole = Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds) : 0;
  return { hours: Math.floor(whole / 3600), minutes: Math.floor(whole / 60) % 60, rest: whole % 60 };
}
