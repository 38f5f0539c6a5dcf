/** Secrets made up for tests that nothing else can look like, and the search for them in whatever form they were written. */
import { randomBytes } from 'node:crypto';

/** A text that must turn up nowhere, by a name for the report. */
export interface Canary {
  readonly name: string;
  readonly text: string;
}

/** Of this run alone, and made of what encodings change: quotes, slashes, signs that URLs and HTML escape. */
export const CANARY_KEY = `cnry+KEY/${randomBytes(8).toString('hex')}"e5b2<84`;
export const CANARY_TOKEN = `cnry+TOKEN/${randomBytes(8).toString('hex')}=66&a0b9'72`;

/** An account's key and token, each, and both as they are sent. */
export function canariesOf({ apiKey, apiToken }: { readonly apiKey: string; readonly apiToken: string }): readonly Canary[] {
  return [
    { name: 'API key', text: apiKey },
    { name: 'API token', text: apiToken },
  ];
}

/** `API token in Base64`: each canary in these bytes, with the form it has there. Bytes inside of a compressed block are not seen. */
export function canariesIn(content: Buffer | string, canaries: readonly Canary[]): readonly string[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return canaries.flatMap(({ name, text }) => [...new Set(formsOf(text).flatMap(({ form, needle }) => (bytes.includes(needle) ? [`${name} ${form}`] : [])))]);
}

interface Form {
  readonly form: string;
  readonly needle: Buffer;
}

const known = new Map<string, readonly Form[]>();

function formsOf(text: string): readonly Form[] {
  const forms = known.get(text) ?? writingsOf(coreOf(text));
  known.set(text, forms);
  return forms;
}

/** What stays as it is wherever a text is quoted or escaped, in JSON, HTML or a URL: its longest run of letters and digits. */
function coreOf(text: string): string {
  return (text.match(/[A-Za-z0-9]+/g) ?? []).reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

/** The ways in which programs write a core, each as the bytes to look for. */
function writingsOf(core: string): readonly Form[] {
  const texts: readonly (readonly [form: string, written: string])[] = [
    ['plain', core],
    ['in capitals', core.toUpperCase()],
    ['in small letters', core.toLowerCase()],
    ['in hexadecimal', Buffer.from(core).toString('hex')],
    ['in hexadecimal', Buffer.from(core).toString('hex').toUpperCase()],
    ...base64Of(core).map((written) => ['in Base64', written] as const),
  ];
  return [...new Map(texts.toReversed().map(([form, written]) => [written, form])).entries()].flatMap(([written, form]) => [
    { form, needle: Buffer.from(written) },
    { form: `${form}, in UTF-16`, needle: Buffer.from(written, 'utf16le') },
    { form: `${form}, in UTF-16`, needle: Buffer.from(written, 'utf16le').swap16() },
  ]);
}

/** Base64 writes three bytes at a time: what a text looks like depends on how many stand before it. Without the letters that its neighbours change. */
function base64Of(text: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64').slice(before === 0 ? 0 : 4);
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(whole)];
  });
}
