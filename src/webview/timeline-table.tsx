import type { JSX, Ref } from 'preact';
import { useMemo } from 'preact/hooks';
import { plainText } from '../call/text';
import type { TimeFormat } from '../call/time';
import type { Timeline } from '../call/timeline';
import { KNOWN_HOW, timelineRows } from '../call/timelineRows';
import { isSelected } from './selected';
import { useSelection } from './selection';

interface TimelineTableProps {
  readonly timeline: Timeline;
  readonly format: TimeFormat;
  /** The part of it that scrolls and takes the focus. */
  readonly element: Ref<HTMLDivElement>;
  /** Absent: nothing of it can be drawn. */
  readonly onDrawing?: () => void;
}

/** The timeline as text, in order of time. */
export function TimelineTable({ timeline, format, element, onDrawing }: TimelineTableProps): JSX.Element {
  const { fields } = useSelection();
  const { rows, leftOut } = useMemo(() => timelineRows(timeline, format), [timeline, format]);
  const zone = rows.find((row) => row.zone !== undefined)?.zone;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (onDrawing === undefined || event.key.toLowerCase() !== 't' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onDrawing();
  };
  return (
    <>
      <div ref={element} class="scroll" tabIndex={0} role="group" aria-label={onDrawing === undefined ? 'Timeline as a table' : 'Timeline as a table. T shows the drawing.'} onKeyDown={onKeyDown}>
        <table class="times-table">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Lane</th>
              <th scope="col">Side</th>
              <th scope="col">From{zone !== undefined && ` (${zone})`}</th>
              <th scope="col">To</th>
              <th scope="col">Length</th>
              <th scope="col">Offset</th>
              <th scope="col">How it is known</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, what, lane, side, from, to, length, offset, provenance, sources }) => (
              <tr key={key} class={isSelected(fields, sources.map(({ field }) => field)) ? 'is-selected' : undefined}>
                <th scope="row">{what}</th>
                <td>
                  <bdi>{lane}</bdi>
                </td>
                <td>{side}</td>
                <td>{from}</td>
                <td>{to}</td>
                <td>{length}</td>
                <td>{offset}</td>
                <td>
                  {provenance !== undefined && KNOWN_HOW[provenance]}
                  {sources.map(({ field }) => (
                    <span key={field} class="quiet mono">
                      {' '}
                      {plainText(field, 80)}
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {leftOut > 0 && <p class="quiet">{leftOut} more are in the drawing.</p>}
    </>
  );
}
