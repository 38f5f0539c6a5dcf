import type { ComponentChildren, JSX } from 'preact';
import type { Instant } from '../../call/call';
import type { RecordingProblem } from '../../call/recording';
import type { TimeFormat } from '../../call/time';
import type { RecordingState } from '../../shared/protocol';
import { useHost } from '../host';
import { Icon } from '../icon';
import { Time } from '../time';
import type { Playback } from './playback';

/** What stands in the player's place, and what can be done about it. */
export interface ShownProblem {
  readonly name: RecordingProblem | 'unplayable' | 'lost';
  readonly sentence: string;
  readonly retry: 'fetch' | 'handover' | undefined;
  readonly canDownload: boolean;
  readonly host?: string;
  readonly retriesAt?: Instant;
}

/** Why the recording cannot be heard: the host's word, or what the page met itself. */
export function problemOf(recording: RecordingState, { problem }: Pick<Playback, 'problem'>): ShownProblem | undefined {
  if (recording.phase === 'problem') {
    const { problem: name, sentence, canRetry, canDownload, host, retriesAt } = recording;
    return { name, sentence, retry: canRetry ? 'fetch' : undefined, canDownload, ...(host === undefined ? {} : { host }), ...(retriesAt === undefined ? {} : { retriesAt }) };
  }
  if (recording.phase !== 'ready' || problem === undefined) return undefined;
  return { name: problem.problem, sentence: problem.sentence, retry: problem.problem === 'lost' ? 'handover' : undefined, canDownload: true };
}

/** Icons of what is no fault of anybody; anything else warns. */
const CALM: Readonly<Partial<Record<ShownProblem['name'], string>>> = { none: 'circle-slash', processing: 'history', gone: 'archive', tooLarge: 'file-media', askHost: 'shield' };

interface ProblemProps {
  readonly problem: ShownProblem;
  readonly format: TimeFormat;
  readonly onAgain: () => void;
}

export function Problem({ problem, format, onAgain }: ProblemProps): JSX.Element {
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
        <span>
          {problem.sentence}
          {problem.retriesAt !== undefined && (
            <span class="quiet line">
              Tries again at <Time at={problem.retriesAt} format={format} clockOnly />.
            </span>
          )}
        </span>
      </p>
      {buttons.length > 0 && <div class="buttons">{buttons}</div>}
    </div>
  );
}
