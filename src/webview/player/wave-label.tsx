import type { JSX } from 'preact';
import { useHost } from '../host';
import { Icon } from '../icon';
import { COMMANDS, titleOf } from './commands';
import type { Side } from './sides';
import { useChanges } from './use-playback';
import { usePlayer } from './use-player';

/** Whose channel it is; of two, each can be muted. */
export function WaveLabel({ side: { channel, side, label, place } }: { side: Side }): JSX.Element {
  const { playback } = usePlayer();
  useChanges(playback);
  const mute = side === 'agent' ? 'muteAgent' : 'muteCustomer';
  const isMuted = playback.mutedChannels[channel];
  return (
    <div class="wave-label">
      <span class="wave-name">{label}</span>
      <span class="quiet wave-place">{place}</span>
      {side !== undefined && (
        <button
          type="button"
          class="tool"
          aria-label={COMMANDS[mute].name}
          title={titleOf(mute)}
          aria-pressed={isMuted}
          disabled={!playback.ready}
          onClick={() => playback.muteChannel(channel, !isMuted)}
        >
          <Icon name={isMuted ? 'mute' : 'unmute'} />
        </button>
      )}
    </div>
  );
}

/** Which side is on which channel differs from account to account. */
export function SwapButton(): JSX.Element {
  const host = useHost();
  return (
    <button type="button" class="tool swap" aria-label="Swap channels" title="Swap channels: agent and customer are on the other channel each, for this account" onClick={() => void host.ask('swapChannels')}>
      <Icon name="arrow-swap" />
    </button>
  );
}
