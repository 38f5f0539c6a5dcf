/** Exotel's date-times read into instants; instants and durations written for people. */
import type { Instant, Seconds } from './call';

/** A date-time as it came: an instant, nothing (null, empty, a zero time), or something that cannot be read. */
export type DateTimeReading =
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' };

/** How times are shown: an IANA zone name that {@link isTimeZone} accepts, and a BCP 47 tag (an invalid tag counts as English). */
export interface TimeFormat {
  readonly timeZone: string;
  readonly locale: string;
}

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? ?(Z|[+-]\d\d:?\d\d)?$/i;

/** Zero times (the epoch, year 1, year 0) mean *not set*; Exotel is younger than this year. */
const FIRST_YEAR = 2000;

/** A date-time without an offset is Indian time. */
const INDIAN_OFFSET_MINUTES = 330;

/**
 * Reads a date-time of v1 (`2017-03-03 10:48:33`, Indian time), v2 (`2024-06-15T10:30:00.000Z`) or v3
 * (`2022-11-03 22:54:40+05:30`). Fractions of a millisecond are dropped. Null, the empty string, `"null"` and any time before
 * the year 2000 are absent; a date that does not exist is unreadable (zero times: src/exotel/README.md, "Date-times").
 */
export function readDateTime(raw: unknown): DateTimeReading {
  if (raw === null || raw === undefined) return ABSENT;
  if (typeof raw !== 'string') return UNREADABLE;
  const text = raw.trim();
  if (text === '' || text.toLowerCase() === 'null') return ABSENT;
  const parts = DATE_TIME.exec(text);
  if (parts === null) return UNREADABLE;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  if (year < FIRST_YEAR) return ABSENT;
  const offset = offsetMinutes(parts[8]);
  if (offset === undefined || hour > 23 || minute > 59 || second > 59 || !isDate(year, month, day)) return UNREADABLE;
  const milliseconds = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return { kind: 'instant', at: Date.UTC(year, month - 1, day, hour, minute - offset, second, milliseconds) };
}

const ABSENT: DateTimeReading = { kind: 'absent' };
const UNREADABLE: DateTimeReading = { kind: 'unreadable' };

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Minutes east of UTC; absent for an offset that no place has. */
function offsetMinutes(text: string | undefined): number | undefined {
  if (text === undefined) return INDIAN_OFFSET_MINUTES;
  if (text.toUpperCase() === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(-2));
  if (hours > 14 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Exotel's times and lengths come in different resolutions: those that differ by less than this do not contradict each other. */
export const ROUNDING_MS = 1000;

/** The second that an instant is in: for times whose milliseconds tell nobody anything. */
export function wholeSecond(at: Instant): Instant {
  return Math.floor(at / 1000) * 1000;
}

/** Day and time, by a clock of 12 or 24 hours as the locale has it: `15 Jun 2024, 16:00:00`; milliseconds only where there are some. */
export function formatInstant(at: Instant, format: TimeFormat): string {
  return written(at, format, { day: 'numeric', month: 'short', year: 'numeric', ...clockParts(at, format.locale) });
}

/** Day, time and zone: `15 Jun 2024, 16:00:00 IST`. */
export function formatWithZone(at: Instant, format: TimeFormat): string {
  return `${formatInstant(at, format)} ${zoneName(at, format)}`;
}

/** Time of day: `16:00:00`, `4:00:00 PM`; milliseconds only where there are some. */
export function formatClock(at: Instant, format: TimeFormat): string {
  return written(at, format, clockParts(at, format.locale));
}

/** What the clocks of some places show at the same instant. */
export interface PlacedTime {
  /** `Local`, `Local and India`. */
  readonly places: string;
  /** An IANA name. */
  readonly timeZone: string;
  /** Day, time and zone. */
  readonly text: string;
}

/** An instant by the clocks of this machine (`localZone`: an IANA name), of India and of UTC; clocks that show the same are one. */
export function inThreeZones(at: Instant, { locale }: Pick<TimeFormat, 'locale'>, localZone: string): readonly PlacedTime[] {
  const zones = { Local: localZone, India: 'Asia/Kolkata', UTC: 'UTC' };
  const byText = new Map<string, PlacedTime>();
  for (const [place, timeZone] of Object.entries(zones)) {
    const text = formatWithZone(at, { timeZone, locale });
    const same = byText.get(text);
    byText.set(text, same === undefined ? { places: place, timeZone, text } : { ...same, places: `${same.places} and ${place}` });
  }
  return [...byText.values()];
}

/** Tells what a zone's clocks are ahead of UTC at an instant, in milliseconds. To be kept for many instants: it is dear to make. */
export function zoneOffsets(timeZone: string): (at: Instant) => number {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const part = new Map(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const read = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
    const wall = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
    return wall - wholeSecond(at);
  };
}

/** The zone's short name at that instant: `IST`, `GMT+5:30`. */
export function zoneName(at: Instant, format: TimeFormat): string {
  const locale = namesIndianTime(format) ? 'en-IN' : format.locale;
  const parts = dateTimeFormat({ ...format, locale }, { timeZoneName: 'short' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? format.timeZone;
}

/** Only Indian English has the name that everybody there uses. */
function namesIndianTime({ timeZone, locale }: TimeFormat): boolean {
  return isEnglish(locale) && /^asia\/(?:kolkata|calcutta)$/i.test(timeZone);
}

/** A length of time, exact to the millisecond: `3 min 18 s`, `2 h 03 min`, `0.4 s`; a negative one with a minus sign before it. */
export function formatDuration(seconds: Seconds): string {
  const total = Math.round(Math.abs(seconds) * 1000);
  const sign = seconds < 0 && total > 0 ? MINUS : '';
  const hours = Math.floor(total / 3_600_000);
  const minutes = Math.floor((total % 3_600_000) / 60_000);
  const rest = (total % 60_000) / 1000;
  if (hours === 0 && minutes === 0) return `${sign}${rest} s`;
  const parts = [
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(minutes > 0 || rest > 0 ? [hours > 0 ? `${padded(minutes)} min` : `${minutes} min`] : []),
    ...(rest > 0 ? [`${padded(rest)} s`] : []),
  ];
  return `${sign}${parts.join(' ')}`;
}

/** A length of time that was measured, to a tenth of a second: more would look as if it mattered. */
export function formatTenths(seconds: Seconds): string {
  return formatDuration(Math.round(seconds * 10) / 10);
}

/** An offset in milliseconds: `+1.0 s`, `−5 s`, `+4 min 40 s`, `0 s`. Below five seconds tenths are always shown, so that small gaps compare. */
export function formatOffset(milliseconds: number): string {
  const size = Math.abs(Math.round(milliseconds));
  if (size === 0) return '0 s';
  const sign = milliseconds < 0 ? MINUS : '+';
  const tenths = size < 5000 && size % 1000 === 0;
  return `${sign}${tenths ? `${size / 1000}.0 s` : formatDuration(size / 1000)}`;
}

/** How long ago, or how far ahead, in one unit, rounded down: `2 h ago`, `just now`, `in 5 min`. */
export function formatRelative(at: Instant, now: Instant, locale: string): string {
  const distance = Math.abs(at - now);
  const [unit, size, short] = UNITS.find(([, length]) => distance >= length) ?? LEAST_UNIT;
  const count = Math.floor(distance / size);
  if (!isEnglish(locale)) return relativeFormat(locale).format(at > now ? count : -count, unit);
  if (distance < 10_000) return 'just now';
  return at > now ? `in ${count} ${short}` : `${count} ${short} ago`;
}

type Unit = readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number, short: string];

const LEAST_UNIT: Unit = ['second', 1000, 's'];

const UNITS: readonly Unit[] = [
  ['year', 365 * 86_400_000, 'yr'],
  ['month', 30 * 86_400_000, 'mo'],
  ['day', 86_400_000, 'd'],
  ['hour', 3_600_000, 'h'],
  ['minute', 60_000, 'min'],
  LEAST_UNIT,
];

/** True for a zone name that times can be shown in. Offsets such as `+05:30` are none: not every runtime takes them. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const MINUS = '\u2212';

function clockParts(at: Instant, locale: string): Intl.DateTimeFormatOptions {
  const clock = { hour: hourStyle(locale), minute: '2-digit', second: '2-digit' } as const;
  return at % 1000 === 0 ? clock : { ...clock, fractionalSecondDigits: 3 };
}

/** How a locale writes hours: two digits of 24 hours, or as many as there are of 12. */
export function hourStyle(locale: string): 'numeric' | '2-digit' {
  return kept(hourStyles, locale, () => {
    const { hour12 } = new Intl.DateTimeFormat(usableLocale(locale), { hour: 'numeric' }).resolvedOptions();
    return hour12 === true ? 'numeric' : '2-digit';
  });
}

/** Runtimes differ in the kind of space before AM and PM. */
function written(at: Instant, format: TimeFormat, options: Intl.DateTimeFormatOptions): string {
  return dateTimeFormat(format, options).format(at).replaceAll('\u202F', ' ');
}

function dateTimeFormat({ timeZone, locale }: TimeFormat, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const wanted = { ...options, timeZone };
  return kept(dateTimeFormats, JSON.stringify([locale, wanted]), () => new Intl.DateTimeFormat(usableLocale(locale), wanted));
}

function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  return kept(relativeFormats, locale, () => new Intl.RelativeTimeFormat(usableLocale(locale), { numeric: 'auto', style: 'short' }));
}

const MOST_KEPT = 200;
const dateTimeFormats = new Map<string, Intl.DateTimeFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();
const hourStyles = new Map<string, 'numeric' | '2-digit'>();

/** What `Intl` makes is dear, and the same few are wanted for every time that shows: it is made once. */
function kept<T extends object | string>(known: Map<string, T>, key: string, make: () => T): T {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, made);
  return made;
}

/** A tag that `Intl` takes. English without a country is what an editor says by default, not a wish for American dates. */
export function usableLocale(locale: string): string {
  if (locale.toLowerCase() === 'en') return 'en-GB';
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en-GB';
  } catch {
    return 'en-GB';
  }
}

function isEnglish(locale: string): boolean {
  return /^en\b/i.test(usableLocale(locale));
}

/** At least two digits before the decimal point. */
function padded(count: number): string {
  return count < 10 ? `0${count}` : `${count}`;
}
