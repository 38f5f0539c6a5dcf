/** Completed calls whose recordings are not to be had, each for another reason, or are more than the panel plays. */
import { DAY, HOUR, MINUTE, recorded, signed, talked, type Told } from './tell';

export const recordingProcessing: Told = (moment) => ({
  scenario: { ...talked('recordingProcessing', moment, { ago: 2 * MINUTE, ring: 7, talk: 66 }), recording: { available: false, url: '' } },
});

export const recordingExpired: Told = (moment) => ({
  scenario: {
    ...talked('recordingExpired', moment, { ago: 2 * DAY, ring: 11, talk: 24 }),
    recording: signed('recordingExpired', moment, { signedAt: moment.startedAt - 2 * DAY, seconds: 300 }),
  },
});

export const recordingGone: Told = (moment) => ({ scenario: talked('recordingGone', moment, { ago: 64 * DAY, ring: 10, talk: 31 }) });

export const recordingRefused: Told = (moment) => ({ scenario: talked('recordingRefused', moment, { ago: 8 * HOUR, ring: 12, talk: 75 }) });

export const recordingNotAudio: Told = (moment) => ({
  scenario: { ...talked('recordingNotAudio', moment, { ago: 6 * HOUR, ring: 8, talk: 52 }), recording: recorded('recordingNotAudio', moment, 'mp3') },
});

export const recordingLarge: Told = (moment) => ({ scenario: talked('recordingLarge', moment, { ago: 4 * HOUR, ring: 12, talk: 1800 }) });
