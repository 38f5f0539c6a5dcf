/** What voice-logs tells of a sample's recording (src/exotel/README.md, "Recordings"). */
import type { VoiceLogStatus } from '../exotel/wireVoiceLog';
import { heldOf } from './held';
import { type Json, utc } from './renderings';
import type { SampleName } from './samples';
import type { CallRecord } from './scenario';
import { type Moment, type Sample, SECOND, signed } from './scenarios/tell';

/** Five minutes: the shortest life of a signed link. */
const LIFE_SECONDS = 300;

/** `voice_log`. A file in another format than the one that is there is not to be had. */
export function voiceLogOf(name: SampleName, sample: Sample, record: CallRecord, moment: Moment, format: string | null): Json {
  const { extension, make } = heldOf(name);
  const status = sample.renewal?.voiceLog ?? statusOf(record);
  if (status !== 'available') return { status, recording_url: null };
  if ((format !== null && format !== extension) || record.talk === undefined) return { status: 'not_available', recording_url: null };
  const file = make(record.talk);
  return {
    status,
    recording_url: signed(name, moment, { signedAt: moment.now, seconds: LIFE_SECONDS }).url,
    recording_duration: record.talk,
    recording_size_bytes: file.size,
    format: extension,
    channel: isStereo([...file.read(0, 24)]) ? 'dual' : 'single',
    created_at: utc(record.endedAt ?? moment.now),
    expires_at: utc(moment.now + LIFE_SECONDS * SECOND),
  };
}

function statusOf({ recording: { available, url }, ending }: CallRecord): VoiceLogStatus {
  if (url !== undefined && url !== '') return 'available';
  return ending === undefined || (!available && url === '') ? 'processing' : 'not_available';
}

/** The MP3s here are all mono; a WAV says. */
function isStereo(pieces: readonly Buffer[]): boolean {
  const head = Buffer.concat(pieces);
  return head.toString('latin1', 0, 4) === 'RIFF' && head.readUInt16LE(22) === 2;
}
