/** A small Exotel on loopback, with sample calls. */
import type { Credentials } from '../exotel/account';

/** A call that the sandbox knows, with a line that says what it shows. */
export interface SampleCall {
  readonly sid: string;
  readonly title: string;
}

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly hadAuthorization: boolean;
}

/** Which requests a fault is for. */
export type FaultTarget = 'calls' | 'recordings' | 'all';

/** How the next answers misbehave. */
export type Fault = { readonly on?: FaultTarget } & (
  | { readonly kind: 'answer'; readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** The right answer, late. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'silent' }
  /** Sends the start of the answer and nothing more. */
  | { readonly kind: 'stall' }
  /** Closes the connection instead of answering. */
  | { readonly kind: 'reset' }
  /** Closes the connection in the middle of the answer. */
  | { readonly kind: 'cut' }
  /** A gateway's page. */
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'redirect'; readonly status?: number; readonly location: string }
  /** A JSON answer that goes on for ever. */
  | { readonly kind: 'endless' }
  /** Repeats the request's Authorization header, decoded too, in an error. */
  | { readonly kind: 'echo'; readonly status: number }
);

export interface SandboxOptions {
  /** Random per start unless given. */
  readonly apiKey?: string;
  readonly apiToken?: string;
  readonly accountSid?: string;
  /** How long the active call goes on after it was first asked for, in milliseconds. */
  readonly activeForMs?: number;
  /** Requests a minute before 429. */
  readonly requestsPerMinute?: number;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly credentials: Credentials;
  readonly calls: readonly SampleCall[];
  /** The latest requests, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Makes answers misbehave until the function it returns is called. A later fault goes first. */
  fail(fault: Fault): () => void;
  /** Closes the server and every connection. */
  stop(): Promise<void>;
}

export function startSandbox(_options: SandboxOptions = {}): Promise<Sandbox> {
  return Promise.reject(new Error('Not built yet.'));
}
