import type { JSX } from 'preact';
import type { Seconds } from '../../call/call';
import { positionText } from '../../call/position';
import { useHost } from '../host';
import { Icon } from '../icon';
import { Menu, type MenuItem } from '../menu';
import { exactClock } from '../text';
import { ActButton } from './act-button';
import { COMMANDS, STEP_SECONDS, titleOf } from './commands';
import { markedIn } from './marks';
import { SPEEDS } from './media';
import { PlayButton } from './play-button';
import { Times } from './seek-bar';
import { Standing } from './standing';
import type { Acts } from './use-acts';
import { useChanges } from './use-playback';
import { usePlayer } from './use-player';
import { Volume } from './volume';

/** Everything the player can be told by buttons: what is used most comes first, what is used rarely is in the menu. */
export function Controls({ acts, locale }: { acts: Acts; locale: string }): JSX.Element {
  const { marks, skipsSilence, measures, sides } = usePlayer();
  const marked = markedIn(marks);
  const isQuiet = measures === undefined;
  return (
    <div class="controls">
      <div class="controls-main">
        <PlayButton />
        <Times />
      </div>
      <Standing locale={locale} />
      <div class="control-rows">
        <div class="control-row">
          <div class="group" role="group" aria-label="Going to">
            <ActButton id="previousSpan" acts={acts}>
              <Icon name="debug-reverse-continue" />
            </ActButton>
            <ActButton id="back" acts={acts} text={`−${STEP_SECONDS} s`} />
            <ActButton id="forward" acts={acts} text={`+${STEP_SECONDS} s`} />
            <ActButton id="nextSpan" acts={acts}>
              <Icon name="debug-continue" />
            </ActButton>
          </div>
          <Speed />
          <Volume acts={acts} />
        </div>
        <div class="control-row">
          <div class="group" role="group" aria-label="A stretch">
            <ActButton id="markA" acts={acts} {...setAt('a', marks.a)}>
              A
            </ActButton>
            <ActButton id="markB" acts={acts} {...setAt('b', marks.b)}>
              B
            </ActButton>
            <ActButton id="loop" acts={acts} pressed={marks.loops} off={marked === undefined}>
              <Icon name="sync" />
            </ActButton>
            <ActButton id="clear" acts={acts} off={marks.a === undefined && marks.b === undefined}>
              <Icon name="close" />
            </ActButton>
          </div>
          <ActButton id="skipSilence" acts={acts} pressed={skipsSilence} off={isQuiet}>
            Skip silence
          </ActButton>
          <div class="group next-speech" role="group" aria-label="Next speech">
            {sides.length < 2 ? (
              <ActButton id="nextAnyone" acts={acts} off={isQuiet}>
                Next speech
              </ActButton>
            ) : (
              <>
                <span class="group-name" aria-hidden="true">
                  Next
                </span>
                <ActButton id="nextAgent" acts={acts} off={isQuiet}>
                  Agent <Icon name="arrow-small-right" />
                </ActButton>
                <ActButton id="nextCustomer" acts={acts} off={isQuiet}>
                  Customer <Icon name="arrow-small-right" />
                </ActButton>
              </>
            )}
          </div>
          <div class="group controls-end">
            <button type="button" class="tool" aria-label={COMMANDS.shortcuts.name} title={titleOf('shortcuts')} onClick={() => acts.setSheetOpen(true)}>
              <Icon name="keyboard" />
            </button>
            <MoreMenu />
          </div>
        </div>
      </div>
    </div>
  );
}

/** A mark that is set says where. */
function setAt(mark: 'a' | 'b', at: Seconds | undefined): { readonly name?: string; readonly class?: string } {
  return at === undefined ? {} : { name: `Set ${mark.toUpperCase()}, now at ${exactClock(at)}`, class: 'is-set' };
}

function Speed(): JSX.Element {
  const { playback } = usePlayer();
  useChanges(playback);
  return (
    <select aria-label="Speed" title="Speed (slower , faster .)" disabled={!playback.ready} value={String(playback.audio.playbackRate)} onChange={(event) => playback.setSpeed(Number(event.currentTarget.value))}>
      {SPEEDS.map((speed) => (
        <option key={speed} value={String(speed)}>
          {speed}×
        </option>
      ))}
    </select>
  );
}

/** What is used rarely. */
function MoreMenu(): JSX.Element {
  const host = useHost();
  const { sid, recording, playback, marks, sides } = usePlayer();
  const marked = markedIn(marks);
  const isDecoded = recording.phase === 'ready' && recording.isDecoded;
  const why = recording.phase === 'ready' && !isDecoded ? `No clip can be saved of ${recording.format}: it cannot be decoded here` : 'Mark A and B first: the stretch between them is saved as WAV';
  const items: readonly MenuItem[] = [
    { label: 'Copy Position', title: titleOf('copy', 'The call’s SID and the position, to the clipboard'), run: () => void host.ask('copy', positionText(sid, playback.position)) },
    marked === undefined || !isDecoded
      ? { label: 'Save Clip…', title: why, isOff: true, run: () => undefined }
      : { label: 'Save Clip…', title: 'The stretch from A to B, as WAV', run: () => void host.ask('saveClip', marked.from, marked.to) },
    { label: 'Download…', title: 'The recording as it is, in a file', run: () => void host.ask('downloadRecording') },
    ...(sides.length === 2 ? [{ label: 'Swap channels', title: 'Agent and customer are on the other channel each, for this account', run: () => void host.ask('swapChannels') }] : []),
  ];
  return <Menu name="More of the recording" title="More of the recording" icon="ellipsis" chevron={false} items={recording.phase === 'unknown' ? [] : items} />;
}
