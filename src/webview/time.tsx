import type { JSX } from 'preact';
import { useId, useMemo } from 'preact/hooks';
import type { Instant } from '../call/call';
import { formatClock, formatInstant, formatWithZone, inThreeZones, zoneName, type PlacedTime, type TimeFormat } from '../call/time';
import type { Range } from './axis';
import { Tipped } from './tip';
import { Value } from './value';

/** The zone of the machine that shows this page. */
const LOCAL_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A stretch or a moment by those of the clocks here, in India and of UTC that do not show what the chosen zone's show. */
export function inOtherZones({ from, to }: Range, format: TimeFormat): readonly Pick<PlacedTime, 'places' | 'text'>[] {
  const shown = formatWithZone(from, format);
  const others = inThreeZones(from, format, LOCAL_ZONE).filter(({ text }) => text !== shown);
  if (from === to) return others;
  return others.map(({ places, timeZone }) => {
    const there = { ...format, timeZone };
    return { places, text: `${formatInstant(from, there)} to ${formatClock(to, there)} ${zoneName(to, there)}` };
  });
}

interface TimeProps {
  readonly at: Instant;
  readonly format: TimeFormat;
  /** Its name for the copy button: `start time`. Absent: nothing to copy. */
  readonly what?: string;
  /** As it came: copied with Alt. */
  readonly raw?: string | undefined;
  /** Without the day, where it is today's or the same as beside it. */
  readonly clockOnly?: boolean;
}

/** A time with its zone; on hover and focus, the same by the clocks here, in India and of UTC. */
export function Time({ at, format, what, raw, clockOnly = false }: TimeProps): JSX.Element {
  const id = useId();
  const text = clockOnly ? formatClock(at, format) : formatInstant(at, format);
  const zone = zoneName(at, format);
  return (
    <Tipped id={id} tip={<Zones at={at} format={format} />}>
      <time dateTime={new Date(at).toISOString()}>
        {what === undefined ? (
          <>
            {text}
            {`\u00A0${zone}`}
          </>
        ) : (
          <Value what={what} text={text} raw={raw} after={zone} describedBy={id} />
        )}
      </time>
    </Tipped>
  );
}

function Zones({ at, format }: { at: Instant; format: TimeFormat }): JSX.Element {
  const times = useMemo(() => inThreeZones(at, format, LOCAL_ZONE), [at, format]);
  return (
    <>
      {times.map(({ places, text }) => (
        <span key={places} class="zone">
          <span class="quiet">{places}</span> {text}
        </span>
      ))}
    </>
  );
}
