/** Whose channel is which. Pure. */
import type { RecordingState } from '../../shared/protocol';
import type { Voice } from './commands';

/** One lane of the waveform. */
export interface Side {
  readonly channel: 0 | 1;
  /** Absent: everybody is on the one channel there is. */
  readonly side?: 'agent' | 'customer';
  readonly label: string;
  /** Which channel it is, in a word or two. */
  readonly place: string;
}

/** The lanes of a recording; empty while nobody knows how many there are. One that cannot be decoded has a single one. */
export function sidesOf(recording: RecordingState, isSwapped: boolean): readonly Side[] {
  if (recording.phase !== 'ready') return [];
  const { channels, isDecoded } = recording;
  if (!isDecoded) return [{ channel: 0, label: 'Recording', place: 'no waveform' }];
  if (channels === undefined) return [];
  if (channels === 1) return [{ channel: 0, label: 'Both', place: 'one channel' }];
  const [left, right] = isSwapped ? (['customer', 'agent'] as const) : (['agent', 'customer'] as const);
  return [
    { channel: 0, side: left, label: NAMES[left], place: 'left channel' },
    { channel: 1, side: right, label: NAMES[right], place: 'right channel' },
  ];
}

const NAMES = { agent: 'Agent', customer: 'Customer' } as const;

/** The channel of a voice; undefined: any. */
export function channelOf(voice: Voice, sides: readonly Side[]): 0 | 1 | undefined {
  return sides.find(({ side }) => side === voice)?.channel;
}
