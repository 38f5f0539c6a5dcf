import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatClock, formatDuration, formatInstant, formatOffset, formatRelative, inThreeZones, isTimeZone, readDateTime, zoneName } from '../../../src/call/time';

const INDIA = { timeZone: 'Asia/Kolkata', locale: 'en' };
const UTC = { timeZone: 'UTC', locale: 'en' };

describe('a date-time of Exotel', () => {
  const read: readonly [raw: string, iso: string][] = [
    ['2024-06-15T10:30:00.000Z', '2024-06-15T10:30:00.000Z'],
    ['2024-06-15T10:35:05.000Z', '2024-06-15T10:35:05.000Z'],
    ['2024-06-15T10:30:01.000Z', '2024-06-15T10:30:01.000Z'],
    ['2024-06-15T10:35:00.000Z', '2024-06-15T10:35:00.000Z'],
    ['2022-11-03 22:54:40+05:30', '2022-11-03T17:24:40.000Z'],
    ['2022-11-03T22:54:40-0330', '2022-11-04T02:24:40.000Z'],
    ['2017-03-03 10:48:33', '2017-03-03T05:18:33.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2024-06-15T10:30:00.123456789Z', '2024-06-15T10:30:00.123Z'],
    [' 2024-06-15t10:30:00.5z ', '2024-06-15T10:30:00.500Z'],
  ];
  for (const [raw, iso] of read) {
    it(`is read: ${raw}`, () => assert.deepEqual(readDateTime(raw), { kind: 'instant', at: Date.parse(iso) }));
  }

  for (const raw of [null, undefined, '', '  ', 'null', '1970-01-01 05:30:00+05:30', '1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '0000-00-00 00:00:00', '1999-12-31 23:59:59']) {
    it(`is absent: ${JSON.stringify(raw)}`, () => assert.deepEqual(readDateTime(raw), { kind: 'absent' }));
  }

  for (const raw of ['2023-02-29T00:00:00Z', '2024-13-01 00:00:00', '2024-00-10 00:00:00', '2024-06-31T10:00:00Z', '2024-06-15T24:00:00Z', '2024-06-15T10:60:00Z', '2024-06-15 10:30:00+15:00', '2024-06-15', 'yesterday', 1_718_447_400, {}, true]) {
    it(`is unreadable: ${JSON.stringify(raw)}`, () => assert.deepEqual(readDateTime(raw), { kind: 'unreadable' }));
  }

  const instants = fc.date({ min: new Date('2000-01-02T00:00:00Z'), max: new Date('2099-12-30T00:00:00Z'), noInvalidDate: true });

  it('is the same instant in every form and zone', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 23);
        const size = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
        assert.deepEqual(readDateTime(`${local.replace('T', ' ')}${zone}`), { kind: 'instant', at: date.getTime() });
        assert.deepEqual(readDateTime(date.toISOString()), { kind: 'instant', at: date.getTime() });
      }),
    );
  });

  it('never throws and never gives a time before 2000, whatever came', () => {
    fc.assert(
      fc.property(fc.anything(), (raw) => {
        const reading = readDateTime(raw);
        assert.ok(reading.kind !== 'instant' || reading.at >= Date.UTC(1999, 11, 31));
      }),
    );
  });
});

describe('any time and any length', () => {
  it('is in words without a number that is none', () => {
    const at = fc.oneof(fc.date({ noInvalidDate: true }).map((date) => date.getTime()), fc.constantFrom(-8.64e15, 8.64e15, 0, -1, 0.5, -0));
    const length = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), fc.constantFrom(-0, 1e9, 59.9995, 3599.9999, 0.0004, -0.0004));
    fc.assert(
      fc.property(at, at, length, fc.constantFrom('en', 'en-IN', 'hi', 'de', 'ar', 'no tag', ''), (one, other, seconds, locale) => {
        const format = { timeZone: 'Asia/Kolkata', locale };
        const words = [formatInstant(one, format), formatClock(one, format), formatRelative(one, other, locale), formatDuration(seconds), formatOffset(seconds * 1000), zoneName(one, format)];
        for (const text of words) assert.doesNotMatch(text, /NaN|Infinity|Invalid|undefined|e[+-]\d|^$/);
        assert.doesNotMatch(formatDuration(seconds), /(?<![.\d])(?:60|[6-9]\d)(?:\.\d+)? (?:s|min)\b|^-/);
      }),
      { numRuns: 500, examples: [[0, 0, -41968631.8695, 'en']] },
    );
  });
});

describe('an instant in words', () => {
  const start = Date.UTC(2024, 5, 15, 10, 30, 0);

  it('is in the zone asked for', () => {
    assert.equal(formatInstant(start, INDIA), '15 Jun 2024, 16:00:00');
    assert.equal(formatInstant(start, UTC), '15 Jun 2024, 10:30:00');
    assert.equal(formatClock(start, INDIA), '16:00:00');
  });

  it('shows milliseconds only where there are some', () => {
    assert.equal(formatInstant(start + 7, UTC), '15 Jun 2024, 10:30:00.007');
    assert.equal(formatClock(start + 250, UTC), '10:30:00.250');
  });

  it('counts midnight as hour 0', () => assert.equal(formatClock(Date.UTC(2024, 5, 15), UTC), '00:00:00'));

  const clocks: readonly [locale: string, time: string, midnight: string][] = [
    ['en', '16:00:00', '00:00:00'],
    ['en-GB', '16:00:00', '00:00:00'],
    ['en-US', '4:00:00 PM', '12:00:00 AM'],
    ['en-IN', '4:00:00 pm', '12:00:00 am'],
    ['hi', '4:00:00 pm', '12:00:00 am'],
    ['de', '16:00:00', '00:00:00'],
    ['ja', '16:00:00', '00:00:00'],
  ];
  for (const [locale, time, midnight] of clocks) {
    it(`has 12 or 24 hours as people do who read ${locale}`, () => {
      assert.equal(formatClock(start, { timeZone: 'Asia/Kolkata', locale }), time);
      assert.equal(formatClock(Date.UTC(2024, 5, 14, 18, 30), { timeZone: 'Asia/Kolkata', locale }), midnight);
      assert.ok(formatInstant(start, { timeZone: 'Asia/Kolkata', locale }).includes(time));
    });
  }

  it('is told by the clocks here, in India and of UTC, and once where they show the same', () => {
    const format = { timeZone: 'UTC', locale: 'en' };
    assert.deepEqual(inThreeZones(start, format, 'America/New_York'), [
      { places: 'Local', timeZone: 'America/New_York', text: '15 Jun 2024, 06:30:00 GMT-4' },
      { places: 'India', timeZone: 'Asia/Kolkata', text: '15 Jun 2024, 16:00:00 IST' },
      { places: 'UTC', timeZone: 'UTC', text: '15 Jun 2024, 10:30:00 UTC' },
    ]);
    assert.deepEqual(
      inThreeZones(start, format, 'Asia/Kolkata').map(({ places }) => places),
      ['Local and India', 'UTC'],
    );
    assert.deepEqual(
      inThreeZones(start, format, 'UTC').map(({ places }) => places),
      ['Local and UTC', 'India'],
    );
  });

  it('follows the locale, and English where the locale is no language tag', () => {
    assert.match(formatInstant(start, { timeZone: 'UTC', locale: 'de' }), /^15\. Juni? 2024/);
    for (const locale of ['', 'not_a_tag', '*']) assert.equal(formatInstant(start, { timeZone: 'UTC', locale }), '15 Jun 2024, 10:30:00');
  });

  it('names the zone as people there do', () => {
    assert.equal(zoneName(start, INDIA), 'IST');
    assert.equal(zoneName(start, { timeZone: 'Asia/Kolkata', locale: 'de' }), 'GMT+5:30');
    assert.equal(zoneName(start, UTC), 'UTC');
  });

  it('is refused in a zone that does not exist', () => {
    for (const name of ['Asia/Kolkata', 'Europe/London', 'UTC']) assert.ok(isTimeZone(name), name);
    for (const name of ['', 'local', 'Asia/Nowhere', '+05:30', 'IST; drop']) assert.ok(!isTimeZone(name), name);
  });
});

describe('a length of time in words', () => {
  const lengths: readonly [seconds: number, text: string][] = [
    [0, '0 s'],
    [0.4, '0.4 s'],
    [59, '59 s'],
    [60, '1 min'],
    [186, '3 min 06 s'],
    [198, '3 min 18 s'],
    [280, '4 min 40 s'],
    [300, '5 min'],
    [3600, '1 h'],
    [7380, '2 h 03 min'],
    [3605.25, '1 h 00 min 05.25 s'],
    [90_000, '25 h'],
    [-5, '\u22125 s'],
  ];
  for (const [seconds, text] of lengths) it(`${seconds} s is ${text}`, () => assert.equal(formatDuration(seconds), text));

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400_000_000 }), (milliseconds) => {
        const parts = formatDuration(milliseconds / 1000).matchAll(/([\d.]+) (h|min|s)/g);
        const size = { h: 3600, min: 60, s: 1 };
        const total = Array.from(parts, ([, count, unit]) => Number(count) * (unit === 'h' ? size.h : unit === 'min' ? size.min : size.s));
        assert.equal(Math.round(total.reduce((sum, part) => sum + part, 0) * 1000), milliseconds);
      }),
    );
  });

  const offsets: readonly [milliseconds: number, text: string][] = [
    [0, '0 s'],
    [1000, '+1.0 s'],
    [1040, '+1.04 s'],
    [-400, '\u22120.4 s'],
    [-5000, '\u22125 s'],
    [20_000, '+20 s'],
    [280_000, '+4 min 40 s'],
  ];
  for (const [milliseconds, text] of offsets) it(`an offset of ${milliseconds} ms is ${text}`, () => assert.equal(formatOffset(milliseconds), text));

  it('is said relative to now in one unit', () => {
    const now = Date.UTC(2024, 5, 15, 12);
    const ago = (seconds: number) => formatRelative(now - seconds * 1000, now, 'en');
    assert.deepEqual([0, 9, 45, 150, 7300, 90_000, 40 * 86_400, 800 * 86_400].map(ago), ['just now', 'just now', '45 s ago', '2 min ago', '2 h ago', '1 d ago', '1 mo ago', '2 yr ago']);
    assert.equal(formatRelative(now + 300_000, now, 'en-GB'), 'in 5 min');
    assert.match(formatRelative(now - 7_200_000, now, 'de'), /^vor 2/);
  });
});
