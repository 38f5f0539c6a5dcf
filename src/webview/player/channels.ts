/** Muting one channel of two: the other one stays on its side. */

export interface Channels {
  /** Mutes or opens the left (0) or the right (1) one. */
  readonly mute: (channel: 0 | 1, isMuted: boolean) => void;
  /** To be called where playing begins: a browser may have suspended the sound. */
  readonly resume: () => void;
  readonly close: () => void;
}

/** Fades over this time: a step in the signal would click. In seconds. */
const FADE = 0.01;

/** Leads the element's sound through a gain for each channel, from now on and once for each element. To be called on a click or a key. */
export function splitChannels(audio: HTMLAudioElement): Channels {
  const context = new AudioContext();
  const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
  const merger = new ChannelMergerNode(context, { numberOfInputs: 2 });
  const gains = [new GainNode(context), new GainNode(context)] as const;
  // One channel is heard on both sides.
  const both = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit', channelInterpretation: 'speakers' });
  context.createMediaElementSource(audio).connect(both).connect(splitter);
  gains.forEach((gain, channel) => splitter.connect(gain, channel).connect(merger, 0, channel));
  merger.connect(context.destination);
  const resume = (): void => void context.resume();
  resume();
  return {
    mute: (channel, isMuted) => gains[channel].gain.setTargetAtTime(isMuted ? 0 : 1, context.currentTime, FADE),
    resume,
    close: () => void context.close(),
  };
}
