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

/** `API token as base64url`: each canary in these bytes, with the form it has there. Bytes inside of a compressed block are not seen. */
export function canariesIn(content: Buffer | string, canaries: readonly Canary[]): readonly string[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return canaries.flatMap(({ name, text }) => formsOf(text).filter(({ needle }) => bytes.includes(needle)).map(({ form }) => `${name} ${form}`));
}

interface Form {
  readonly form: string;
  readonly needle: Buffer;
}

const known = new Map<string, readonly Form[]>();

/** The ways in which programs write a text, each as the bytes to look for. */
function formsOf(text: string): readonly Form[] {
  const forms = known.get(text) ?? [...new Map(writingsOf(text).toReversed().map((form) => [form.needle.toString('latin1'), form])).values()];
  known.set(text, forms);
  return forms;
}

function writingsOf(text: string): readonly Form[] {
  const json = JSON.stringify(text).slice(1, -1);
  const texts: readonly (readonly [form: string, written: string])[] = [
    ['plain', text],
    ['in JSON', json],
    ['in JSON in JSON', JSON.stringify(json).slice(1, -1)],
    ['in JSON, slashes escaped', json.replaceAll('/', '\\/')],
    ['in a URL', encodeURIComponent(text)],
    ['in a URL, in small letters', encodeURIComponent(text).replaceAll(/%../g, (escaped) => escaped.toLowerCase())],
    ['in a path', encodeURI(text)],
    ['in a form', new URLSearchParams([['', text]]).toString().slice(1)],
    ['in HTML', text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['in an attribute', text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')],
    ['in capitals', text.toUpperCase()],
    ['in small letters', text.toLowerCase()],
    ['in hexadecimal', Buffer.from(text).toString('hex')],
    ...base64Of(text),
  ];
  return texts.flatMap(([form, written]) => [
    { form, needle: Buffer.from(written) },
    { form: `${form}, in UTF-16`, needle: Buffer.from(written, 'utf16le') },
    { form: `${form}, in UTF-16 BE`, needle: Buffer.from(written, 'utf16le').swap16() },
  ]);
}

/** Base64 writes three bytes at a time: what a text looks like depends on how many stand before it. Without the letters that its neighbours change. */
function base64Of(text: string): readonly (readonly [form: string, written: string])[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64').slice(before === 0 ? 0 : 4);
    const url = whole.replaceAll('+', '-').replaceAll('/', '_');
    const written = [['in Base64', whole], ['in Base64 for URLs', url], ['in Base64 in a URL', encodeURIComponent(whole)]] as const;
    return written.map(([form, needle]) => [form, needle] as const);
  });
}
