/** What is odd about what a record says of its recording. */
import { type Call, type Citation, citations } from './call';
import { answeredAt, type Circumstances, type Finding, found, type Rule } from './finding';
import { outcomeOf } from './status';
import { formatDuration } from './time';

/** Recordings come within it (src/exotel/README.md, "Recordings"). */
const READY_WITHIN_MS = 15 * 60_000;

/** For a call whose record is final. */
export function recordingFindings(call: Call, circumstances: Circumstances): readonly Finding[] {
  const { recording } = call;
  const evidence = recordingCitations(call);
  const now = answeredAt(circumstances);
  const expired = now - (recording?.expiresAt ?? Infinity);
  return found(
    [
      recording?.available === true && recording.location === undefined,
      () => ({ id: 'recordingWithoutUrl', severity: 'warning', line: 'The recording is reported as available, but without a URL.', citations: evidence }),
    ],
    [
      recording?.available === false && recording.location !== undefined,
      () => ({ id: 'recordingUrlUnavailable', severity: 'info', line: 'The recording is reported as not available, and yet there is a URL.', citations: evidence }),
    ],
    [
      expired >= 0,
      () => ({ id: 'signedLinkExpired', severity: 'info', line: `The signed link to the recording expired ${rough(expired)} before the answer came: refresh for a new one.`, citations: evidence }),
    ],
    ...expectedSoon(call, now, evidence),
  );
}

/** The recording of a call that ended just now, in which somebody talked. */
function expectedSoon(call: Call, now: number, evidence: readonly Citation[]): readonly Rule[] {
  const { recording, endTime, totalTalkTime } = call;
  const since = now - (endTime ?? -Infinity);
  const missing = recording?.available !== true && recording?.location === undefined;
  const expected = missing && outcomeOf(call).id === 'completed' && (totalTalkTime ?? 0) > 0 && since < READY_WITHIN_MS;
  const line = `There is no recording yet: the call ended ${rough(since)} before the answer came, and Exotel takes up to 15 min.`;
  return [[expected, () => ({ id: 'recordingExpectedSoon', severity: 'info', line, citations: [...citations(call, 'endTime'), ...evidence] })]];
}

/** In whole seconds, from a minute on in whole minutes. */
function rough(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return formatDuration(seconds < 60 ? seconds : Math.floor(seconds / 60) * 60);
}

/** The URL and the availability are two leaves of one value. */
function recordingCitations(call: Call): readonly Citation[] {
  const source = call.sources.recording;
  const availability = call.reported.filter(({ path }) => path !== source && /^(?:\w+:)?recordings?(?:\.\d+)?\.available$/.test(path));
  return [...availability.map(({ path, value }) => ({ field: path, value })), ...citations(call, 'recording')];
}
