/** Exotel's date-times read into instants; instants and durations written for people. */
import type { Instant, Seconds } from './call';

/** A date-time as it came: an instant, nothing (null, empty, a zero time), or something that cannot be read. */
export type DateTimeReading =
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' };

/** How times are shown: an IANA zone name and a BCP 47 tag. */
export interface TimeFormat {
  readonly timeZone: string;
  readonly locale: string;
}

export function readDateTime(raw: unknown): DateTimeReading {
  return raw === null ? { kind: 'absent' } : { kind: 'unreadable' };
}

/** `15 Jun 2024, 16:00:00`. */
export function formatInstant(at: Instant, format: TimeFormat): string {
  return new Date(at).toLocaleString(format.locale, { timeZone: format.timeZone });
}

/** `16:00:00`. */
export function formatClock(at: Instant, format: TimeFormat): string {
  return new Date(at).toLocaleTimeString(format.locale, { timeZone: format.timeZone });
}

/** The zone's short name at that instant: `IST`, `GMT+5:30`. */
export function zoneName(at: Instant, format: TimeFormat): string {
  return `${format.timeZone}${at < 0 ? '' : ''}`;
}

/** `3 min 18 s`, `2 h 03 min`, `0.4 s`. */
export function formatDuration(seconds: Seconds): string {
  return `${seconds} s`;
}

/** `+1.0 s`, `−5 s`; takes milliseconds. */
export function formatOffset(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}

/** `2 h ago`. */
export function formatRelative(at: Instant, now: Instant, locale: string): string {
  return new Intl.RelativeTimeFormat(locale).format(at - now, 'second');
}

/** True for a zone name that times can be shown in. */
export function isTimeZone(name: string): boolean {
  return name.length > 0;
}
