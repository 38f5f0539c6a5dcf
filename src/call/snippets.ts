/**
 * The request for a call as code to take away: the three samples of Exotel's v2 page, made to run as they are.
 * The keys are read from the environment variables EXOTEL_API_KEY and EXOTEL_API_TOKEN and never stand in the URL,
 * which would put them into shell histories and server logs.
 */
import type { DetailsResource } from './request';

export const SNIPPET_LANGUAGES = ['curl', 'python', 'node'] as const;

export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number];

/** What a snippet asks for. `origin` as `https://ccm-api.exotel.com`, without a path. */
export interface SnippetTarget {
  readonly origin: string;
  readonly resource: DetailsResource;
  readonly accountSid: string;
  readonly callSid: string;
}

/** The code, ending in a newline. Whatever the SIDs hold, they stay one path segment each, inside one string. */
export function snippet(language: SnippetLanguage, target: SnippetTarget): string {
  return SNIPPETS[language](`${target.origin}${pathOf(target)}`);
}

function pathOf({ resource, accountSid, callSid }: SnippetTarget): string {
  const [account, call] = [segment(accountSid), segment(callSid)];
  return resource === 'v1' ? `/v1/Accounts/${account}/Calls/${call}.json?details=true` : `/${resource}/accounts/${account}/calls/${call}`;
}

const SNIPPETS: Readonly<Record<SnippetLanguage, (url: string) => string>> = {
  curl: (url) => `curl -u "$EXOTEL_API_KEY:$EXOTEL_API_TOKEN" ${shellQuoted(url)}\n`,
  python: (url) => `import os
import requests

response = requests.get(
    ${JSON.stringify(url)},
    auth=(os.environ["EXOTEL_API_KEY"], os.environ["EXOTEL_API_TOKEN"])
)
print(response.json())
`,
  node: (url) => `const axios = require('axios');

(async () => {
  const response = await axios.get(
    ${scriptQuoted(url)},
    { auth: { username: process.env.EXOTEL_API_KEY, password: process.env.EXOTEL_API_TOKEN } }
  );
  console.log(response.data);
})();
`,
};

/** Percent-encoded down to the characters that no URL, shell or language gives a meaning to. */
function segment(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function scriptQuoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll(String.raw`\"`, '"').replaceAll("'", String.raw`\'`)}'`;
}
