/** What there is to be had of each sample's recording, and how. */
import type { Seconds } from '../call/call';
import { type AudioFile, createGsmRecording, createRecording } from './audio';
import type { Delivery } from './delivery';
import { createMp3, createVbrMp3 } from './mp3';
import type { SampleName } from './samples';

export interface Held {
  readonly extension: 'mp3' | 'wav';
  /** The file, by how long the two talked. */
  readonly make: (talk: Seconds) => AudioFile;
  /** At the account's own origin, or in a bucket at another one, where signed links alone are good. */
  readonly place: 'own' | 'bucket';
  /** The account's own origin leads on to the bucket. */
  readonly redirects?: boolean;
  /** What comes instead of the file. */
  readonly instead?: 'gone' | 'refused' | 'page';
  /** How the file comes, by its size. */
  readonly delivery?: (size: number) => Delivery;
}

/** How a sample's recording is held; a mono WAV for the account's keys unless there is something to show. */
export function heldOf(name: SampleName): Held {
  return { ...ORDINARY, ...UNUSUAL[name] };
}

const ORDINARY: Held = { extension: 'wav', place: 'own', make: (talk) => createRecording(talk, 1) };
const MP3 = { extension: 'mp3', make: createMp3 } as const;
const STEREO = { make: (talk: Seconds) => createRecording(talk, 2) } as const;

const UNUSUAL: Readonly<Partial<Record<SampleName, Partial<Held>>>> = {
  completed: MP3,
  dualChannel: STEREO,
  recordingGone: { instead: 'gone' },
  recordingRefused: { instead: 'refused' },
  recordingNotAudio: { extension: 'mp3', instead: 'page' },
  recordingLarge: { make: (talk) => createRecording(talk, 2, { oversampling: 6 }) },
  recordingRenewed: MP3,
  recordingOnS3: { ...MP3, place: 'bucket' },
  recordingRedirects: { ...MP3, redirects: true },
  recordingHour: STEREO,
  recordingVbr: { extension: 'mp3', make: createVbrMp3 },
  recordingMuLaw: { make: (talk) => createRecording(talk, 1, { codec: 'µ-law' }) },
  recordingGsm: { make: createGsmRecording },
  recordingShorter: { make: (talk) => createRecording(Math.floor(talk * 0.6), 2) },
  recordingClipping: { make: (talk) => createRecording(talk, 2, { agent: 12 }) },
  recordingSilent: { make: (talk) => createRecording(talk, 1, { agent: 0, customer: 0 }) },
  customerSilent: { make: (talk) => createRecording(talk, 2, { customer: 0 }) },
  recordingSlow: { ...STEREO, delivery: () => ({ bytesPerSecond: 64_000 }) },
  recordingStalls: { ...STEREO, delivery: (size) => ({ stops: { kind: 'freeze', at: Math.floor(size / 2) } }) },
  recordingCutOff: { ...STEREO, delivery: (size) => ({ stops: { kind: 'break', at: Math.floor(size * 0.6) } }) },
  recordingInOneGo: { delivery: () => ({ hasRanges: false, hasLength: false }) },
};
