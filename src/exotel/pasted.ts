/** A pasted URL or cURL command -> what an account form can take from it. */
import type { Endpoint } from './account';

/** What a pasted request held. `apiKey` and `apiToken` are secrets: the text must never be shown or kept. */
export interface PastedRequest {
  /** Scheme, host and port as they stood, even where no endpoint can be made of them. */
  readonly origin?: string;
  readonly endpoint?: Endpoint;
  readonly accountSid?: string;
  readonly apiKey?: string;
  readonly apiToken?: string;
  readonly callSid?: string;
}

export function readPastedRequest(_text: string): PastedRequest {
  return {};
}
