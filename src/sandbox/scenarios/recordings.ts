/** Completed calls whose recordings are not to be had, are to be had in roundabout ways, or sound in a way that is worth a look. */
import { DAY, HOUR, MINUTE, signed, talked, type Told } from './tell';

export const recordingProcessing: Told = (moment) => ({
  scenario: { ...talked('recordingProcessing', moment, { ago: 2 * MINUTE, ring: 7, talk: 66 }), recording: { available: false, url: '' } },
});

export const recordingExpired: Told = (moment) => ({
  scenario: {
    ...talked('recordingExpired', moment, { ago: 2 * DAY, ring: 11, talk: 24 }),
    recording: signed('recordingExpired', moment, { signedAt: moment.startedAt - 2 * DAY, seconds: 300 }),
  },
  renewal: { voiceLog: 'expired', signing: false },
});

export const recordingGone: Told = (moment) => ({ scenario: talked('recordingGone', moment, { ago: 64 * DAY, ring: 10, talk: 31 }), renewal: { voiceLog: 'expired' } });

export const recordingRefused: Told = (moment) => ({
  scenario: talked('recordingRefused', moment, { ago: 8 * HOUR, ring: 12, talk: 75 }),
  renewal: { voiceLog: 'not_available', signing: false },
});

export const recordingNotAudio: Told = (moment) => ({ scenario: talked('recordingNotAudio', moment, { ago: 6 * HOUR, ring: 8, talk: 52 }) });

export const recordingLarge: Told = (moment) => ({ scenario: talked('recordingLarge', moment, { ago: 4 * HOUR, ring: 12, talk: 3600 }) });

/** The link of the record is over, v1 signs none, voice-logs does. */
export const recordingRenewed: Told = (moment) => ({
  scenario: {
    ...talked('recordingRenewed', moment, { ago: 2 * DAY + HOUR, ring: 9, talk: 84 }),
    recording: signed('recordingRenewed', moment, { signedAt: moment.startedAt - 2 * DAY, seconds: 300 }),
  },
  renewal: { signing: false },
});

/** v1 signs a link, voice-logs knows of none. */
export const recordingOnS3: Told = (moment) => ({
  scenario: talked('recordingOnS3', moment, { ago: 3 * DAY, ring: 10, talk: 62 }),
  renewal: { voiceLog: 'not_available' },
});

export const recordingRedirects: Told = (moment) => ({ scenario: talked('recordingRedirects', moment, { ago: 3 * DAY + 2 * HOUR, ring: 7, talk: 45 }) });

export const recordingHour: Told = (moment) => ({ scenario: talked('recordingHour', moment, { ago: 4 * DAY, ring: 13, talk: 3600 }) });

export const recordingVbr: Told = (moment) => ({ scenario: talked('recordingVbr', moment, { ago: 4 * DAY + 2 * HOUR, ring: 10, talk: 240 }) });

export const recordingMuLaw: Told = (moment) => ({ scenario: talked('recordingMuLaw', moment, { ago: 4 * DAY + 3 * HOUR, ring: 11, talk: 90 }) });

export const recordingGsm: Told = (moment) => ({ scenario: talked('recordingGsm', moment, { ago: 4 * DAY + 4 * HOUR, ring: 8, talk: 40 }) });

export const recordingShorter: Told = (moment) => ({ scenario: talked('recordingShorter', moment, { ago: 4 * DAY + 5 * HOUR, ring: 9, talk: 100 }) });

export const recordingClipping: Told = (moment) => ({ scenario: talked('recordingClipping', moment, { ago: 4 * DAY + 6 * HOUR, ring: 12, talk: 72 }) });

export const recordingSilent: Told = (moment) => ({ scenario: talked('recordingSilent', moment, { ago: 4 * DAY + 7 * HOUR, ring: 10, talk: 60 }) });

export const customerSilent: Told = (moment) => ({ scenario: talked('customerSilent', moment, { ago: 4 * DAY + 8 * HOUR, ring: 14, talk: 96 }) });

export const recordingSlow: Told = (moment) => ({ scenario: talked('recordingSlow', moment, { ago: 5 * DAY, ring: 9, talk: 300 }) });

export const recordingStalls: Told = (moment) => ({ scenario: talked('recordingStalls', moment, { ago: 5 * DAY + HOUR, ring: 11, talk: 120 }) });

export const recordingCutOff: Told = (moment) => ({ scenario: talked('recordingCutOff', moment, { ago: 5 * DAY + 2 * HOUR, ring: 8, talk: 120 }) });

export const recordingInOneGo: Told = (moment) => ({ scenario: talked('recordingInOneGo', moment, { ago: 5 * DAY + 3 * HOUR, ring: 10, talk: 54 }) });
