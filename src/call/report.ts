/** A call as a report in Markdown: for an issue, for a ticket to support, for whoever was not there. */
import { audioFindings, type HeardRecording } from './audioFindings';
import { type Call, type CallField, type Citation, type Instant, type Party, cite } from './call';
import { findingsOf, type Finding, gravestFirst } from './findings';
import { ganttOf } from './gantt';
import { markdownCode, markdownLink, markdownTable, markdownText } from './markdown';
import { createMask, maskedCall, maskedLegs } from './mask';
import { type LegsReply, type RequestNote, requestName } from './request';
import { shortSid } from './sid';
import { formatClock, formatDuration, formatInstant, formatWithZone, type TimeFormat, wholeSecond } from './time';
import { type Timeline, timelineOf } from './timeline';
import { KNOWN_HOW, type TimelineRow, timelineRows } from './timelineRows';
import { type Phrase, type Verdict, verdictOf } from './verdict';

/** What a report is made of. */
export interface ReportInput {
  /** The SID that was asked for. */
  readonly sid: string;
  /** As it came: it is masked here. */
  readonly call: Call;
  /** Every request of the lookup, in the order they were sent. */
  readonly requests: readonly RequestNote[];
  /** When the answer came, by this machine's clock. */
  readonly askedAt: Instant;
  readonly legs: LegsReply;
  /** Absent: the recording is not here, or not all of it. */
  readonly heard?: HeardRecording;
  readonly clockAheadMs?: number;
  readonly format: TimeFormat;
  readonly madeAt: Instant;
  /** The programs and the system that it was made with, by name and version. */
  readonly versions: string;
  /** True: phone numbers and names are masked. */
  readonly masks: boolean;
}

/**
 * The report, ending in a newline. It holds no key, no query of a link and no path of a request; whatever the values hold, they are
 * shown as text, and mention and link nothing.
 */
export function reportOf(input: ReportInput): string {
  const { masks, sid, askedAt, format, requests } = input;
  const call = masks ? maskedCall(input.call) : input.call;
  const legs = masks ? maskedLegs(input.legs, createMask(input.call)) : input.legs;
  const verdict = verdictOf(call);
  const parts = [
    `# Call ${markdownCode(shortSid(sid))}: ${markdownText(verdict.headline)}`,
    explanationText(verdict.explanation),
    ...otherSid(call, sid),
    `**What the record does not tell:** ${markdownText(verdict.unknown)}`,
    ...checksPart(verdict),
    '## Facts',
    factsTable(call, sid, format),
    '## Findings',
    ...findingsPart(gravestFirst([...findingsOf(call, input), ...(input.heard === undefined ? [] : audioFindings(call, input.heard))])),
    '## Timeline',
    ...timelineParts(timelineOf(call, askedAt), format),
    '## Resources asked',
    resourcesTable(requests),
    markdownText(legsSentence(call, legs)),
    '---',
    footOf(input),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Words and the fields they rest on: `(status: completed)`. */
function explanationText(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => ('text' in phrase ? edged(phrase.text) : `(${citationText(phrase.citation)})`)).join('');
}

/** The spaces around a piece of a sentence stay. */
function edged(text: string): string {
  const words = markdownText(text);
  return words === '' ? ' ' : `${/^\s/.test(text) ? ' ' : ''}${words}${/\s$/.test(text) ? ' ' : ''}`;
}

function citationText({ field, value }: Citation): string {
  return `${markdownCode(field)}: ${markdownCode(value)}`;
}

function otherSid(call: Call, sid: string): readonly string[] {
  if (call.sid === undefined || call.sid === sid) return [];
  return [`**The answer names another call than the one asked for:** ${markdownCode(call.sid)}, not ${markdownCode(sid)}.`];
}

function checksPart({ checks }: Verdict): readonly string[] {
  if (checks.length === 0) return [];
  return ['**What to look at next:**', ...listOf(checks.map(({ sentence, link }) => `${markdownText(sentence)}${link === undefined ? '' : ` ${markdownLink(link.label, link.url)}`}`))];
}

/** A line of the table of facts; one without a value is left out. */
interface Fact {
  readonly name: string;
  readonly of: CallField;
  readonly value: string | undefined;
}

function factsTable(call: Call, sid: string, format: TimeFormat): string {
  const facts = factsOf(call, sid, format).flatMap(({ name, of, value }) => (value === undefined ? [] : [[name, sourceOf(call, of), [value, ...otherValues(call, of)].join('; ')]]));
  return markdownTable(['Fact', 'Field', 'Value'], facts);
}

function factsOf(call: Call, sid: string, format: TimeFormat): readonly Fact[] {
  const text = (name: string, of: TextField): Fact => ({ name, of, value: call[of] === undefined ? undefined : markdownCode(call[of]) });
  const time = (name: string, of: TimeField): Fact => ({ name, of, value: call[of] === undefined ? undefined : markdownText(formatWithZone(call[of], format)) });
  const length = (name: string, of: LengthField): Fact => ({ name, of, value: call[of] === undefined ? undefined : markdownText(formatDuration(call[of])) });
  return [
    text('Status', 'status'),
    text('State', 'state'),
    text('Direction', 'direction'),
    time('Created', 'createdTime'),
    time('Started', 'startTime'),
    time('Ended', 'endTime'),
    time('Last update', 'updatedTime'),
    length('Duration', 'totalDuration'),
    length('Talk time', 'totalTalkTime'),
    { name: 'Agent', of: 'agent', value: partyText(call.agent) },
    { name: 'Customer', of: 'customer', value: partyText(call.customer) },
    text('ExoPhone', 'virtualNumber'),
    { name: 'Recording', of: 'recording', value: recordingText(call, format) },
    text('DTMF', 'digits'),
    text('App', 'appName'),
    text('App ID', 'appId'),
    text('Answered by', 'answeredBy'),
    text('Price', 'price'),
    text('Custom field', 'customField'),
    text('Parent call', 'parentSid'),
    { name: 'Call SID', of: 'sid', value: markdownCode(call.sid ?? sid) },
  ];
}

type TextField = 'status' | 'state' | 'direction' | 'virtualNumber' | 'digits' | 'appName' | 'appId' | 'answeredBy' | 'price' | 'customField' | 'parentSid';
type TimeField = 'createdTime' | 'startTime' | 'endTime' | 'updatedTime';
type LengthField = 'totalDuration' | 'totalTalkTime';

function partyText(party: Party | undefined): string | undefined {
  if (party === undefined) return undefined;
  const values = [party.name, party.number, party.contactUri, party.userId].flatMap((value) => value ?? []);
  return [...new Set(values)].map(markdownCode).join(', ');
}

function recordingText({ recording }: Call, format: TimeFormat): string | undefined {
  if (recording === undefined) return undefined;
  const { available, location, signed, expiresAt } = recording;
  return [
    ...(available === undefined ? [] : [available ? 'available' : 'not available']),
    ...(location === undefined ? [] : [markdownCode(location)]),
    ...(signed ? [`a signed link, left out${expiresAt === undefined ? '' : `; it ends ${markdownText(formatWithZone(expiresAt, format))}`}`] : []),
  ].join(', ');
}

/** What other resources say of the same value. */
function otherValues(call: Call, of: CallField): readonly string[] {
  const { values = [] } = call.disagreements?.find(({ field }) => field === of) ?? {};
  return values.slice(1).map((citation) => `but ${citationText(citation)}`);
}

function sourceOf(call: Call, of: CallField): string {
  const citation = cite(call, of);
  return citation === undefined ? 'not in the record' : markdownCode(citation.field);
}

const SEVERITIES: Readonly<Record<Finding['severity'], string>> = { error: 'Error', warning: 'Warning', info: 'Note' };

/** The gravest come first. */
const MAX_FINDINGS = 40;

function findingsPart(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return ['Nothing in this record contradicts itself.'];
  const more = findings.length - MAX_FINDINGS;
  return listOf([...findings.slice(0, MAX_FINDINGS).map(findingLine), ...(more > 0 ? [`and ${String(more)} more`] : [])]);
}

function findingLine({ severity, line, citations }: Finding): string {
  const evidence = citations.length === 0 ? '' : ` (${citations.map(citationText).join(', ')})`;
  return `**${SEVERITIES[severity]}:** ${markdownText(line)}${evidence}`;
}

function timelineParts(timeline: Timeline, format: TimeFormat): readonly string[] {
  const gantt = ganttOf(timeline, format);
  const { rows, leftOut } = timelineRows(timeline, format, MAX_ROWS);
  const left = [...(gantt !== undefined && gantt.leftOut > 0 ? [`The diagram leaves out ${String(gantt.leftOut)} parts.`] : []), ...(leftOut > 0 ? [`The table leaves out ${String(leftOut)} parts.`] : [])];
  return [
    ...(gantt === undefined ? [] : [`\`\`\`mermaid\n${gantt.source}\n\`\`\``]),
    ...(rows.length === 0 ? [] : rowsParts(rows, dayOf(timeline, rows, format))),
    ...listOf([...timeline.notes, ...left].map(markdownText)),
  ];
}

/** The items as a list; nothing where there are none. */
function listOf(items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [items.map((item) => `- ${item}`).join('\n')];
}

/** More of a table nobody reads, and a comment on GitHub ends at 65,536 characters. */
const MAX_ROWS = 100;

/** What every time in the rows begins with, `15 Jun 2024, `: the day that they are all of, where the locale writes it first. */
function dayOf({ range }: Timeline, rows: readonly TimelineRow[], format: TimeFormat): string {
  if (range === undefined) return '';
  const [whole, clock] = [formatInstant(range.from, format), formatClock(range.from, format)];
  const day = whole.endsWith(clock) ? whole.slice(0, -clock.length) : '';
  return rows.flatMap(({ from, to }) => [from ?? day, to ?? day]).every((time) => time.startsWith(day)) ? day : '';
}

function rowsParts(rows: readonly TimelineRow[], day: string): readonly string[] {
  const zone = rows[0]?.zone ?? '';
  const words = (text: string | undefined): string => markdownText(text ?? '').replaceAll(' ', '\u00A0');
  const table = markdownTable(
    ['Lane', 'What', 'From', 'To', 'Length', 'Offset', 'How it is known'],
    rows.map((row) => [
      laneText(row),
      markdownText(row.what),
      words(`${row.from?.slice(day.length) ?? ''}${row.zone === zone || row.zone === undefined ? '' : ` ${row.zone}`}`),
      words(row.to?.slice(day.length)),
      words(row.length),
      words(row.offset),
      [...(row.provenance === undefined ? [] : [KNOWN_HOW[row.provenance]]), ...row.sources.map(({ field }) => markdownCode(field))].join(' '),
    ]),
  );
  return [...(zone === '' ? [] : [markdownText(`Times: ${day}${zone}.`)]), table];
}

function laneText({ lane, side, status }: TimelineRow): string {
  return `${markdownText(lane)}${side === undefined ? '' : ` (${side})`}${status === undefined ? '' : `: ${markdownText(status)}`}`;
}

function resourcesTable(requests: readonly RequestNote[]): string {
  return markdownTable(
    ['Resource', 'Host', 'Answer', 'Milliseconds', 'Request ID'],
    requests.map(({ host, status, failure, milliseconds, requestId, ...request }) => [
      requestName(request),
      markdownCode(host),
      [status === undefined ? 'none' : String(status), ...(failure === undefined ? [] : [markdownText(failure)])].join(': '),
      String(Math.round(milliseconds)),
      requestId === undefined ? '' : markdownCode(requestId),
    ]),
  );
}

function legsSentence({ legs = [], legsLeftOut = 0 }: Call, reply: LegsReply): string {
  if ('sentence' in reply) return reply.sentence;
  if (reply.kind === 'notAsked') return 'The legs were not asked for.';
  const all = legs.length + legsLeftOut;
  const count = all === 1 ? '1 leg' : `${String(all)} legs`;
  const read = legsLeftOut === 0 ? '' : `, of which ${String(legs.length)} were read`;
  return reply.kind === 'reported' ? `The legs resource told of ${count}${read}.` : `The details told of ${count}; the legs resource was not asked.`;
}

function footOf({ askedAt, madeAt, format, versions, masks }: ReportInput): string {
  const time = (at: Instant): string => formatWithZone(wholeSecond(at), format);
  return [
    `Made ${time(madeAt)} from an answer of ${time(askedAt)}, with ${versions}.`,
    `Times are those of ${format.timeZone}.`,
    masks ? 'Phone numbers and names are masked.' : 'Phone numbers and names are shown as they are.',
  ]
    .map(markdownText)
    .join(' ');
}
