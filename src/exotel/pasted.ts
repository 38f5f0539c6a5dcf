/** A pasted URL or cURL command -> what an account form can take from it. */
import { type Endpoint, isAccountSid } from './account';
import { urlOf } from './links';
import { readOrigin, regionOfHost } from './origin';

/** What a pasted request held. `apiKey` and `apiToken` are secrets: the text must never be shown or kept. */
export interface PastedRequest {
  readonly endpoint?: Endpoint;
  readonly accountSid?: string;
  readonly apiKey?: string;
  readonly apiToken?: string;
}

/** No request that a person pastes is longer. */
const MAX_TEXT = 100_000;

/**
 * Takes what it can from `https://key:token@host/v2/accounts/sid/calls/…` (v1 and v3 as well) or from a cURL command with `-u` or an
 * `Authorization: Basic` header. Placeholders of documentation (`<api_key>`, `$KEY`) count as missing. `-u` and the header win over
 * what stands in the URL.
 */
export function readPastedRequest(text: string): PastedRequest {
  const words = shellWords(text.slice(0, MAX_TEXT));
  const url = words.flatMap((word) => urlIn(word) ?? [])[0];
  return { ...(url === undefined ? {} : readUrl(url)), ...keysIn(words) };
}

/** Splits as a shell does; a backslash before a line end, or before the space that a one-line box makes of it, is a space. */
function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === quote) {
      quote = undefined;
    } else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === '\\' && quote !== "'") {
      index += 1;
      const escaped = text.charAt(index);
      if (/\s/.test(escaped)) index -= 1;
      else word = (word ?? '') + escaped;
    } else {
      word = (word ?? '') + character;
    }
  }
  return word === undefined ? words : [...words, word];
}

function urlIn(word: string): URL | undefined {
  const found = /https?:\/\/\S+/i.exec(word)?.[0].replace(/[)\],;'"`]+$/, '');
  return found === undefined ? undefined : urlOf(found);
}

function readUrl(url: URL): PastedRequest {
  const [, accountInPath = ''] = /^\/v[1-3]\/accounts\/([^/]+)/i.exec(url.pathname) ?? [];
  const accountSid = given(decoded(accountInPath));
  const endpoint = endpointOf(url);
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accountSid === undefined || !isAccountSid(accountSid) ? {} : { accountSid }),
    ...keys(decoded(url.username), decoded(url.password)),
  };
}

/** A host of Exotel's that serves no API, such as the dashboard's, is no endpoint. */
function endpointOf(url: URL): Endpoint | undefined {
  const region = regionOfHost(url.hostname);
  if (region !== undefined) return { kind: 'region', region };
  if (/(?:^|\.)exotel\.(?:com|in)$/.test(url.hostname)) return undefined;
  const reading = readOrigin(url.origin);
  return reading.ok ? { kind: 'custom', origin: reading.origin } : undefined;
}

type Keys = Pick<PastedRequest, 'apiKey' | 'apiToken'>;

/** The keys of cURL's options; the last one given counts. */
function keysIn(words: readonly string[]): Keys {
  return words.reduce<Keys>((found, word, index) => {
    const user = optionValue(word, words[index + 1], USER_OPTION);
    if (user !== undefined) return { ...found, ...splitKeys(user) };
    const header = optionValue(word, words[index + 1], HEADER_OPTION);
    const basic = /^authorization\s*:\s*basic\s+([\w+/=-]+)\s*$/i.exec(header ?? '')?.[1];
    return basic === undefined ? found : { ...found, ...splitKeys(Buffer.from(basic, 'base64').toString('utf8')) };
  }, {});
}

/** `-u`, at the end of flags without a value too (`-sSu`); `--user` with a space or `=`. */
const USER_OPTION = /^(?:-[fgikLNsSv]*u|--user)(?:=|$)|^-[fgikLNsSv]*u(?=.)/;
const HEADER_OPTION = /^(?:-[fgikLNsSv]*H|--header)(?:=|$)|^-[fgikLNsSv]*H(?=.)/;

function optionValue(word: string, next: string | undefined, option: RegExp): string | undefined {
  const name = option.exec(word)?.[0];
  if (name === undefined) return undefined;
  return name === word ? next : word.slice(name.length);
}

function splitKeys(text: string): Keys {
  const colon = text.indexOf(':');
  return colon < 0 ? keys(text, '') : keys(text.slice(0, colon), text.slice(colon + 1));
}

function keys(key: string, token: string): Keys {
  const apiKey = given(key);
  const apiToken = given(token);
  return { ...(apiKey === undefined ? {} : { apiKey }), ...(apiToken === undefined ? {} : { apiToken }) };
}

/** Undefined for nothing, and for a placeholder. */
function given(text: string): string | undefined {
  const value = text.trim();
  return value === '' || /^(?:<.*>|\$.*|\{.*\}|%.*%|your[_-].*)$/i.test(value) ? undefined : value;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
