import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Instant } from '../call/call';
import { wholeSecond, type TimeFormat } from '../call/time';
import type { Live } from '../shared/protocol';
import { Icon } from './icon';
import { Time } from './time';

interface LiveLineProps {
  readonly live: Live;
  /** When the answer that is shown came. */
  readonly askedAt: Instant;
  readonly format: TimeFormat;
}

/** Whether the call is asked for again by itself. The room of the last such line stays, so that nothing moves when there is no more to say. */
export function LiveLine({ live, askedAt, format }: LiveLineProps): JSX.Element | null {
  const last = useRef(live);
  if (live.phase !== 'off') last.current = live;
  if (last.current.phase === 'off') return null;
  return (
    <p class="live" data-live={live.phase}>
      <Phase live={last.current} askedAt={askedAt} format={format} />
    </p>
  );
}

function Phase({ live, askedAt, format }: LiveLineProps): JSX.Element | null {
  switch (live.phase) {
    case 'off':
      return null;
    case 'watching':
      return (
        <Line sign={<span class="dot" aria-hidden="true" />}>
          <b>Live</b>, last asked <Clock at={askedAt} format={format} />
        </Line>
      );
    case 'settling':
      return (
        <Line sign={<Icon name="history" />}>
          Late values (recording, durations) are asked for once more at <Clock at={live.nextAt} format={format} />
        </Line>
      );
    case 'waiting':
      return (
        <Line sign={<Icon name="debug-pause" />}>
          {live.sentence} Goes on at <Clock at={live.nextAt} format={format} />
        </Line>
      );
    case 'stopped':
      return <Line sign={<Icon name="debug-stop" />}>{live.sentence}</Line>;
  }
}

function Line({ sign, children }: { sign: ComponentChildren; children: ComponentChildren }): JSX.Element {
  return (
    <>
      {sign}
      <span>{children}</span>
    </>
  );
}

function Clock({ at, format }: { at: Instant; format: TimeFormat }): JSX.Element {
  return <Time at={wholeSecond(at)} format={format} clockOnly />;
}
