/** What another resource says of a value that the call shows. */
import type { Call, CallField } from '../call/call';
import type { Resource } from '../call/request';
import { formatDuration, formatWithZone, readDateTime, type TimeFormat } from '../call/time';
import { placeOf } from './paths';

export interface OtherValue {
  readonly resource: Resource;
  /** As the value is shown: a time in the chosen zone, a length in words. */
  readonly text: string;
  /** As it came. */
  readonly raw: string;
}

/** The values of a field that other resources tell differently from the one shown. */
export function otherValues(call: Call, field: CallField, format: TimeFormat): readonly OtherValue[] {
  const { values = [] } = call.disagreements?.find((each) => each.field === field) ?? {};
  const [own, ...others] = values.map((citation) => ({
    resource: placeOf(citation.field, call).resource,
    text: shownAs(field, citation.value, format),
    raw: citation.value,
  }));
  return others.filter(({ text }) => text !== own?.text);
}

function shownAs(field: CallField, raw: string, format: TimeFormat): string {
  if (field === 'totalDuration' || field === 'totalTalkTime') return durationText(raw);
  if (!field.endsWith('Time')) return raw;
  const reading = readDateTime(raw);
  return reading.kind === 'instant' ? formatWithZone(reading.at, format) : raw;
}

function durationText(raw: string): string {
  const seconds = raw.trim() === '' ? Number.NaN : Number(raw);
  return Number.isFinite(seconds) ? formatDuration(seconds) : raw;
}
