import { useMemo } from 'preact/hooks';
import { audioFindings } from '../../call/audioFindings';
import type { Call } from '../../call/call';
import type { ShownFinding } from '../findings';
import { useChanges } from './use-playback';
import { usePlayer } from './use-player';

/** What is odd about the recording itself, as soon as all of it is here: its length at once, the rest once it is measured. */
export function useHeardFindings(call: Call): readonly ShownFinding[] {
  const { playback, recording, heard, measures, swapsChannels } = usePlayer();
  useChanges(playback);
  const { length } = playback;
  const isWhole = recording.phase === 'ready' && recording.transfer.kind === 'whole';
  const measured = heard?.levels.isWhole === true ? measures : undefined;
  return useMemo(
    () => (length === undefined ? [] : audioFindings(call, { length, isWhole, swapsChannels, ...(measured === undefined ? {} : { measures: measured }) })),
    [call, length, isWhole, measured, swapsChannels],
  );
}
