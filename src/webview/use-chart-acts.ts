import type { TargetedKeyboardEvent, TargetedMouseEvent } from 'preact';
import type { Instant } from '../call/call';
import type { Range } from './axis';
import { chartAct, type ChartAct } from './chart-keys';
import { useHost } from './host';
import { partAfter, timeOf, type Part, type Row } from './moments';
import { isWhole } from './selected';
import { useSelection } from './selection';
import type { Active } from './use-active';
import type { Zoom } from './use-zoom';

interface Chart {
  readonly rows: readonly Row[];
  /** By their keys. */
  readonly parts: ReadonlyMap<string, Part>;
  readonly tabStop: string | undefined;
  readonly zoom: Zoom;
  readonly active: Active;
  readonly goTo: (key: string) => void;
  readonly onZoom: (change: () => void) => void;
  readonly onTable: () => void;
  /** Plays what a stretch holds of the recording, from an instant in it or from its beginning. */
  readonly onPlay: (stretch: Range, from?: Instant) => void;
  readonly onSeek: (to: Instant) => void;
  /** The instant at a place in the window; undefined: beside the drawing. */
  readonly instantOf: (clientX: number) => Instant | undefined;
}

export interface ChartActs {
  /** Selects the fields that a part rests on, once more: none; and plays the recording of a stretch, from where in the window it was clicked. */
  readonly select: (part: Part, clientX?: number) => void;
  readonly zoomTo: (part: Part) => void;
  readonly onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) => void;
  /** Beside all parts: nothing is selected any more, and the recording goes there. */
  readonly onClick: (event: TargetedMouseEvent<HTMLElement>) => void;
}

/** What a person does in the drawing by keys and clicks. */
export function useChartActs({ rows, parts, tabStop = '', zoom, active, goTo, onZoom, onTable, onPlay, onSeek, instantOf }: Chart): ChartActs {
  const host = useHost();
  const selection = useSelection();
  const part = parts.get(tabStop);

  const selectFields = ({ words: { sources } }: Part): boolean => {
    const fields = sources.map(({ field }) => field);
    if (fields.length === 0) return true;
    const isNew = !isWhole(selection.fields, fields);
    if (isNew) {
      selection.select(fields);
    } else {
      selection.clear();
      host.announce('Nothing selected');
    }
    return isNew;
  };
  const select = (part: Part, clientX?: number): void => {
    const isNew = selectFields(part);
    if (part.kind === 'span' && (isNew || clientX !== undefined)) onPlay(part.span, clientX === undefined ? undefined : instantOf(clientX));
  };
  const zoomTo = (to: Part): void => {
    const time = timeOf(to);
    if (time !== undefined) onZoom(() => zoom.to(time));
  };
  const move = (key: string): void => {
    const next = parts.get(partAfter(key, rows, tabStop) ?? '');
    if (next === undefined) return;
    const time = timeOf(next);
    if (time !== undefined) zoom.reveal(time);
    active.focus(next.words.key);
    goTo(next.words.key);
  };
  /** False: there was nothing to put away, and the key is somebody else's. */
  const dismiss = (): boolean => {
    if (active.dismiss()) return true;
    if (selection.fields.size === 0) return false;
    selection.clear();
    return true;
  };
  const perform = (act: ChartAct, key: string): void => {
    switch (act.kind) {
      case 'move':
        return move(key);
      case 'zoom':
        return onZoom(() => zoom.around(part && timeOf(part), act.factor));
      case 'pan':
        return onZoom(() => zoom.pan(act.share * (zoom.view.to - zoom.view.from)));
      case 'fit':
        return onZoom(zoom.fit);
      case 'zoomToPart':
        return part && zoomTo(part);
      case 'select':
        return part && select(part);
      case 'table':
        return onTable();
    }
  };
  return {
    select,
    zoomTo,
    onKeyDown: (event) => {
      if (event.target instanceof HTMLButtonElement) return;
      const act = chartAct(event);
      if (act === undefined) return;
      if (act.kind === 'dismiss') {
        if (!dismiss()) return;
      } else {
        perform(act, event.key);
      }
      event.preventDefault();
      event.stopPropagation();
    },
    onClick: ({ target, clientX }) => {
      if (!(target instanceof Element) || target.closest('[data-part], .card, button') !== null) return;
      selection.clear();
      const at = instantOf(clientX);
      if (at !== undefined) onSeek(at);
    },
  };
}
