import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { zoneName, type TimeFormat } from '../call/time';
import type { Timeline } from '../call/timeline';
import { Chart } from './chart';
import { Icon } from './icon';
import { inOrder, KNOWN_HOW, rowsOf } from './moments';
import { Section } from './section';

/** Everything of the call that has a time, on one axis, or as a table. */
export function TimelineSection({ timeline, format }: { timeline: Timeline; format: TimeFormat }): JSX.Element {
  const [asTable, setAsTable] = useState(false);
  const { range } = timeline;
  const aside = (
    <>
      {range !== undefined && <AxisNote timeline={timeline} at={range.from} format={format} />}
      {range !== undefined && !asTable && <Legend timeline={timeline} />}
      {range !== undefined && (
        <button type="button" class="link" onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show as drawing' : 'Show as table'}
        </button>
      )}
    </>
  );
  return (
    <Section name="Timeline" aside={aside}>
      {range !== undefined && (asTable ? <Table timeline={timeline} format={format} /> : <Chart timeline={timeline} range={range} format={format} />)}
      {timeline.notes.length > 0 && (
        <ul class="notes">
          {timeline.notes.map((note) => (
            <li key={note}>
              <Icon name="info" />
              <span>{note}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** The axis' zone and, where there is room, what offsets count from. */
function AxisNote({ timeline: { marks, origin }, at, format }: { timeline: Timeline; at: number; format: TimeFormat }): JSX.Element {
  const first = marks.find((mark) => mark.at === origin);
  return (
    <span>
      {zoneName(at, format)}
      {first !== undefined && <span class="roomy"> · offsets from {first.label}</span>}
    </span>
  );
}

/** What hatching means, where there is any. */
function Legend({ timeline }: { timeline: Timeline }): JSX.Element | null {
  const inferred = timeline.lanes.some(({ spans }) => spans.some(({ provenance }) => provenance === 'inferred'));
  if (!inferred) return null;
  return (
    <span class="legend">
      <svg width="20" height="10" aria-hidden="true">
        <rect class="swatch" x="0.5" y="0.5" width="19" height="9" rx="2" />
        <path class="hatch" d="M2 9l8 -8M8 9l8 -8M14 9l5 -5" />
      </svg>{' '}
      inferred
    </span>
  );
}

/** The same as text, in order of time. */
function Table({ timeline, format }: { timeline: Timeline; format: TimeFormat }): JSX.Element {
  const parts = inOrder(rowsOf(timeline, format));
  const zone = parts[0]?.words.zone ?? '';
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Timeline as a table">
      <table class="times-table">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">From ({zone})</th>
            <th scope="col">To</th>
            <th scope="col">Length</th>
            <th scope="col">Offset</th>
            <th scope="col">How it is known</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ words }) => (
            <tr key={words.key}>
              <th scope="row">{words.title}</th>
              <td>{words.from}</td>
              <td>{words.to}</td>
              <td>{words.length}</td>
              <td>{words.offset}</td>
              <td>
                {KNOWN_HOW[words.provenance]}
                {words.sources.map(({ field }) => (
                  <span key={field} class="quiet mono">
                    {' '}
                    {field}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The same room before the answer. */
export function TimelineSkeleton(): JSX.Element {
  return (
    <Section name="Timeline">
      <div class="chart-bone">
        <span class="bone" />
      </div>
    </Section>
  );
}
