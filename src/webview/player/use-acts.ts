import { useState } from 'preact/hooks';
import type { Seconds } from '../../call/call';
import { useHost } from '../host';
import { exactClock } from '../text';
import { positionText } from '../../call/position';
import { nextSpeech, previousSpeech } from '../../call/speech';
import { titled } from '../../call/timelineRows';
import type { PlayerAct, ReadyAct, Voice } from './commands';
import { markedIn, NO_MARKS, withLoop, withMark } from './marks';
import { speedAfter } from './media';
import { instantOf, steppedTo } from './placed';
import { channelOf } from './sides';
import { useAxis, type Axis } from './use-axis';
import type { Player } from './use-player';

export interface Acts {
  /** Does it. Gives what is to be told to those who do not see it; undefined: it was not done, or says so itself. */
  readonly perform: (act: PlayerAct) => string | undefined;
  /** Does it, and tells it: what a key did. */
  readonly performByKey: (act: PlayerAct) => void;
  readonly isSheetOpen: boolean;
  readonly setSheetOpen: (isOpen: boolean) => void;
}

/** What the player can be told, done. */
export function useActs(player: Player): Acts {
  const host = useHost();
  const { wave } = useAxis();
  const [isSheetOpen, setSheetOpen] = useState(false);
  const perform = (act: PlayerAct): string | undefined => {
    if (act.kind === 'toggle') player.toggle();
    else if (act.kind === 'copy') void host.ask('copy', positionText(player.sid, player.playback.position));
    else if (act.kind === 'shortcuts') setSheetOpen(true);
    else if (player.playback.ready) return performReady(player, wave, act);
    return undefined;
  };
  return {
    perform,
    performByKey: (act) => {
      const said = perform(act);
      if (said !== undefined) host.announce(said);
    },
    isSheetOpen,
    setSheetOpen,
  };
}

function performReady(player: Player, wave: Axis['wave'], act: ReadyAct): string | undefined {
  const { playback, marks } = player;
  const { position, length = 0 } = playback;
  const goTo = (to: Seconds): string => {
    player.seek(to);
    const at = wave === undefined ? 0 : instantOf(playback.position, wave.placed);
    wave?.zoom.reveal({ from: at, to: at });
    return `At ${exactClock(playback.position)}`;
  };
  switch (act.kind) {
    case 'skip':
      return goTo(position + act.by);
    case 'seek':
      return goTo(act.to === 'start' ? 0 : length);
    case 'span':
      return goTo(steppedTo(player.boundaries, position, act.step));
    case 'speech':
      return goToSpeech(player, act.of, act.step, goTo);
    case 'volume':
      playback.setVolume(playback.audio.volume + act.by);
      return `Volume ${Math.round(playback.audio.volume * 100)} per cent`;
    case 'mute':
      playback.setMuted(!playback.audio.muted);
      return playback.audio.muted ? 'Muted' : 'Not muted';
    case 'muteSide':
      return toggleSide(player, act.side);
    case 'speed':
      playback.setSpeed(speedAfter(playback.audio.playbackRate, act.step));
      return `Speed ${playback.audio.playbackRate}`;
    case 'mark':
      player.setMarks(withMark(marks, act.mark, position));
      return `${act.mark.toUpperCase()} at ${exactClock(position)}`;
    case 'loop': {
      const next = withLoop(marks, !marks.loops);
      player.setMarks(next);
      return markedIn(next) === undefined ? 'Set A and B to loop between them' : next.loops ? 'Loops from A to B' : 'Does not loop';
    }
    case 'zoom':
      wave?.zoom.about(instantOf(position, wave.placed), act.factor);
      return undefined;
    case 'fit':
      wave?.zoom.fit();
      return undefined;
    case 'clear':
      player.setMarks(NO_MARKS);
      return 'A and B cleared';
    case 'skipSilence':
      player.setSkipsSilence(!player.skipsSilence);
      return player.skipsSilence ? 'Silence is played' : 'Silence is skipped';
  }
}

function goToSpeech({ measures, playback, sides }: Player, of: Voice, step: 1 | -1, goTo: (to: Seconds) => string): string {
  const who = of === 'anyone' || sides.length < 2 ? 'anyone' : of;
  if (measures === undefined) return 'Nobody’s speech is measured yet';
  const channel = channelOf(who, sides);
  const found = step > 0 ? nextSpeech(measures, channel, playback.position) : previousSpeech(measures, channel, playback.position);
  if (found === undefined) return `No ${step > 0 ? 'further' : 'earlier'} speech of ${who === 'anyone' ? who : `the ${who}`}`;
  return `${who === 'anyone' ? 'Speech' : titled(who)}: ${goTo(found)}`;
}

/** Mutes or opens one side's channel; what was done, in words. */
function toggleSide({ playback, sides }: Player, side: 'agent' | 'customer'): string | undefined {
  const channel = channelOf(side, sides);
  if (channel === undefined) return 'There is only one channel';
  const isMuted = !playback.mutedChannels[channel];
  playback.muteChannel(channel, isMuted);
  return `${titled(side)} ${isMuted ? 'muted' : 'not muted'}`;
}
