import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import { useRef } from 'preact/hooks';
import type { Seconds } from '../../call/call';
import type { Range } from '../axis';
import { shiftAfter, shiftByKey, shiftText } from './placed';
import { usePlayer } from './use-player';

interface ShiftHandleProps {
  /** Where it stands, in pixels. */
  readonly x: number;
  readonly isShown: boolean;
  readonly view: Range;
  readonly width: number;
}

interface Press {
  readonly x: number;
  readonly shift: Seconds;
  readonly view: Range;
}

/** As far as the slider says that it goes; the keys go on. In seconds. */
const REACH = 600;

/** At the recording's beginning: moves it along the timeline, for where it lies there is inferred. */
export function ShiftHandle({ x, isShown, view, width }: ShiftHandleProps): JSX.Element {
  const { shift, setShift } = usePlayer();
  const press = useRef<Press | undefined>(undefined);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = shiftByKey(shift, event);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setShift(next);
  };
  const onPointerDown = (event: TargetedPointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    press.current = { x: event.clientX, shift, view };
  };
  const onPointerMove = ({ clientX, buttons }: TargetedPointerEvent<HTMLElement>): void => {
    const { current } = press;
    if (current === undefined || buttons === 0) return;
    setShift(shiftAfter(current.shift, clientX - current.x, current.view, width));
  };
  const end = (): void => {
    press.current = undefined;
  };
  return (
    <div
      class={`shift-handle${shift === 0 ? '' : ' is-moved'}`}
      role="slider"
      tabIndex={0}
      aria-label="Move the recording along the timeline"
      aria-valuemin={-REACH}
      aria-valuemax={REACH}
      aria-valuenow={shift}
      aria-valuetext={shift === 0 ? 'not moved' : `moved by ${shiftText(shift)}`}
      title="Where the recording lies is inferred: drag to move it along the timeline (← →, with Shift by whole seconds, Home puts it back)"
      style={{ left: `${x}px` }}
      hidden={!isShown}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}
