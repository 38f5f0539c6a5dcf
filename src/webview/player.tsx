import type { ComponentChildren, JSX } from 'preact';
import type { RecordingProblem } from '../call/recording';
import type { RecordingState } from '../shared/protocol';
import { actOf, seekText, SPEEDS, STEP_SECONDS, totalText, type KeyPlace, type PlayerAct } from './audio';
import { useHost } from './host';
import { Icon } from './icon';
import { SectionTitle } from './section';
import { clockText, sizeText } from './text';
import { useAudio, type Audio } from './use-audio';

interface PlayerProps {
  readonly recording: RecordingState;
  readonly locale: string;
  /** Where playing stopped last time, in seconds. */
  readonly position: number;
  readonly keepPosition: (seconds: number) => void;
}

/** The recording, or why there is none to hear: as high in every state. */
export function Player({ recording, locale, position, keepPosition }: PlayerProps): JSX.Element {
  const host = useHost();
  const audio = useAudio(recording, { position, keep: keepPosition });
  const problem = problemOf(recording, audio);

  const toggle = (): void => {
    if (recording.phase === 'idle') void host.ask('loadRecording');
    audio.toggle();
  };
  const perform = (act: PlayerAct): void => {
    switch (act.kind) {
      case 'toggle':
        return toggle();
      case 'skip':
        return audio.seek(audio.position + act.by);
      case 'seek':
        return audio.seek(act.to === 'start' ? 0 : (audio.length ?? 0));
      case 'volume':
        return audio.setVolume(audio.volume + act.by);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (problem !== undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actOf(event.key, placeOf(event.target));
    if (act === undefined) return;
    event.preventDefault();
    perform(act);
  };

  return (
    <section aria-label="Recording" data-recording={problem?.name ?? recording.phase} onKeyDown={onKeyDown}>
      <SectionTitle name="Recording" aside={factsOf(recording, audio, locale)} />
      <audio ref={audio.element} preload="auto" />
      <div class="player">{problem === undefined ? <Transport recording={recording} audio={audio} locale={locale} onToggle={toggle} /> : <Problem problem={problem} onAgain={audio.again} />}</div>
    </section>
  );
}

function placeOf(target: EventTarget | null): KeyPlace {
  if (target instanceof HTMLSelectElement) return 'choice';
  if (target instanceof HTMLButtonElement) return 'button';
  return target instanceof HTMLInputElement && target.name === 'volume' ? 'volume' : 'elsewhere';
}

/** `MP3 · 2:51 · 1.4 MB · dual channel`. */
function factsOf(recording: RecordingState, { length }: Audio, locale: string): string {
  if (recording.phase !== 'ready') return '';
  const channels = recording.channels === undefined ? undefined : recording.channels === 2 ? 'dual channel' : 'single channel';
  const facts = [recording.format, length === undefined ? undefined : clockText(length), sizeText(recording.bytes, locale), channels];
  return facts.filter((fact) => fact !== undefined).join(' · ');
}

interface TransportProps {
  readonly recording: RecordingState;
  readonly audio: Audio;
  readonly locale: string;
  readonly onToggle: () => void;
}

/** The controls. Those that can do nothing yet are there, but off. */
function Transport({ recording, audio, locale, onToggle }: TransportProps): JSX.Element {
  const host = useHost();
  const { ready, position, length = 0 } = audio;
  return (
    <>
      <PlayButton audio={audio} off={recording.phase === 'unknown'} onToggle={onToggle} />
      <div class="times">
        <span>{clockText(position)}</span> <span class="quiet">{totalText(ready ? length : undefined)}</span>
      </div>
      <div class="track">
        {recording.phase === 'loading' || (recording.phase === 'ready' && !ready) ? (
          <Loading recording={recording} locale={locale} />
        ) : (
          <input
            type="range"
            aria-label="Seek"
            aria-valuetext={seekText(position, length)}
            min={0}
            max={length || 1}
            step="any"
            value={position}
            disabled={!ready}
            style={{ '--filled': `${length > 0 ? (position / length) * 100 : 0}%` }}
            onInput={(event) => audio.seek(event.currentTarget.valueAsNumber)}
          />
        )}
      </div>
      <div class="controls">
        <Skip name={`Back ${STEP_SECONDS} seconds`} hint="←" shown={`−${STEP_SECONDS} s`} off={!ready} onClick={() => audio.seek(position - STEP_SECONDS)} />
        <Skip name={`Forward ${STEP_SECONDS} seconds`} hint="→" shown={`+${STEP_SECONDS} s`} off={!ready} onClick={() => audio.seek(position + STEP_SECONDS)} />
        <select aria-label="Speed" title="Speed" disabled={!ready} value={String(audio.speed)} onChange={(event) => audio.setSpeed(Number(event.currentTarget.value))}>
          {SPEEDS.map((speed) => (
            <option key={speed} value={String(speed)}>
              {speed}×
            </option>
          ))}
        </select>
        <span class="loudness">
          <button type="button" class="tool" aria-label={audio.muted ? 'Unmute' : 'Mute'} title={audio.muted ? 'Unmute' : 'Mute'} disabled={!ready} onClick={() => audio.setMuted(!audio.muted)}>
            <Icon name={audio.muted || audio.volume === 0 ? 'mute' : 'unmute'} />
          </button>
          <input
            type="range"
            name="volume"
            aria-label="Volume"
            aria-valuetext={audio.muted ? 'muted' : `${Math.round(audio.volume * 100)} per cent`}
            min={0}
            max={1}
            step={0.05}
            value={audio.muted ? 0 : audio.volume}
            disabled={!ready}
            style={{ '--filled': `${audio.muted ? 0 : audio.volume * 100}%` }}
            onInput={(event) => audio.setVolume(event.currentTarget.valueAsNumber)}
          />
        </span>
        <span class="spring" />
        {recording.phase === 'loading' ? (
          <button type="button" class="tool" onClick={() => void host.ask('cancelRecording')}>
            Cancel
          </button>
        ) : (
          <button type="button" class="tool" aria-label="Download" title="Download" disabled={recording.phase === 'unknown'} onClick={() => void host.ask('downloadRecording')}>
            <Icon name="download" />
            <span class="roomy">Download</span>
          </button>
        )}
      </div>
    </>
  );
}

interface SkipProps {
  readonly name: string;
  /** The key that does the same. */
  readonly hint: string;
  readonly shown: string;
  readonly off: boolean;
  readonly onClick: () => void;
}

function Skip({ name, hint, shown, off, onClick }: SkipProps): JSX.Element {
  return (
    <button type="button" class="tool" title={`${name} (${hint})`} disabled={off} onClick={onClick}>
      <span class="unseen">{name}</span>
      <span aria-hidden="true">{shown}</span>
    </button>
  );
}

function PlayButton({ audio, off, onToggle }: { audio: Audio; off: boolean; onToggle: () => void }): JSX.Element {
  const on = audio.playing || audio.wanted;
  const name = on ? 'Pause' : 'Play';
  return (
    <button type="button" class="play" aria-label={name} title={`${name} (K)`} disabled={off} onClick={onToggle}>
      {audio.wanted ? (
        <Icon name="loading" spin />
      ) : (
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d={audio.playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4.5 2.5v11l9-5.5z'} />
        </svg>
      )}
    </button>
  );
}

function Loading({ recording, locale }: { recording: RecordingState; locale: string }): JSX.Element {
  const known = recording.phase === 'loading' ? recording : undefined;
  return (
    <div class="loading">
      <progress aria-label="Loading the recording" {...(known?.total === undefined ? {} : { max: known.total, value: known.received })} />
      <span class="quiet">{known === undefined ? 'Opening…' : progressText(known.received, known.total, locale)}</span>
    </div>
  );
}

function progressText(received: number, total: number | undefined, locale: string): string {
  return total === undefined ? sizeText(received, locale) : `${sizeText(received, locale)} of ${sizeText(total, locale)}`;
}

/** What stands in the player's place, and what can be done about it. */
interface ShownProblem {
  readonly name: RecordingProblem | 'unplayable' | 'lost';
  readonly sentence: string;
  readonly retry: 'fetch' | 'handover' | undefined;
  readonly canDownload: boolean;
  readonly host?: string;
}

function problemOf(recording: RecordingState, audio: Audio): ShownProblem | undefined {
  if (recording.phase === 'problem') {
    const { problem, sentence, canRetry, canDownload, host } = recording;
    return { name: problem, sentence, retry: canRetry ? 'fetch' : undefined, canDownload, ...(host === undefined ? {} : { host }) };
  }
  if (recording.phase !== 'ready' || audio.problem === undefined) return undefined;
  const { problem, sentence } = audio.problem;
  return { name: problem, sentence, retry: problem === 'lost' ? 'handover' : undefined, canDownload: true };
}

/** Icons of what is no fault of anybody; anything else warns. */
const CALM: Readonly<Partial<Record<ShownProblem['name'], string>>> = { none: 'circle-slash', processing: 'history', gone: 'archive', tooLarge: 'file-media', askHost: 'shield' };

function Problem({ problem, onAgain }: { problem: ShownProblem; onAgain: () => void }): JSX.Element {
  const host = useHost();
  const calm = CALM[problem.name];
  const buttons: ComponentChildren[] = [];
  if (problem.name === 'askHost' && problem.host !== undefined)
    buttons.push(
      <button key="allow" type="button" class="button" onClick={() => void host.ask('allowRecordingHost')}>
        Allow {problem.host}
      </button>,
    );
  if (problem.retry !== undefined)
    buttons.push(
      <button key="retry" type="button" class="button secondary" onClick={() => (problem.retry === 'fetch' ? void host.ask('loadRecording') : onAgain())}>
        Retry
      </button>,
    );
  if (problem.canDownload)
    buttons.push(
      <button key="download" type="button" class="button secondary" onClick={() => void host.ask('downloadRecording')}>
        Download
      </button>,
    );
  return (
    <div class="problem">
      <p>
        <Icon name={calm ?? 'warning'} severity={calm === undefined ? 'warning' : 'neutral'} />
        <span>{problem.sentence}</span>
      </p>
      {buttons.length > 0 && <div class="buttons">{buttons}</div>}
    </div>
  );
}
