/** The v2 API of one account. Requests and answers: src/exotel/README.md, "Call details, v2" and "Errors". */
import type { Call, Instant } from '../call/call';
import { withoutUrlSecrets } from '../call/redact';
import type { DetailsResource, LegsReply, RequestNote, Resource } from '../call/request';
import { plainText } from '../call/text';
import type { Credentials } from './account';
import { ApiError, type ApiErrorDetails, type ApiErrorKind } from './errors';
import { own, parseJson } from './json';
import { apiOrigin, credentialRule } from './origin';
import { kindOfReply, redirectSentence, replySentence, retryAfterSeconds } from './replies';
import { basicAuthorization, scrubber } from './secrets';
import { abortable, type BodyText, type Fetch, looksLike, noAnswer, readText } from './transport';
import { readCall, readFailure, type ReportedFailure } from './wire';

export interface ClientOptions {
  readonly credentials: Credentials;
  readonly fetch: Fetch;
  readonly now: () => Instant;
  /** For a whole request, from sending to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Hears of each request once, when it ended, whatever became of it. Holds no secret. */
  readonly onRequest?: (note: RequestNote, outcome: RequestOutcome) => void;
}

/** What else is known of a request that ended. */
export interface RequestOutcome {
  readonly error?: ApiError;
  readonly limit?: RateLimit;
}

/** What an answer says of the account's limit (src/exotel/README.md, "Limits"). */
export interface RateLimit {
  /** `X-RateLimit-Remaining`. */
  readonly remaining?: number;
  /** `X-RateLimit-Reset`. */
  readonly resetAt?: Instant;
}

/** Which resources are asked for a call, and in which order. */
export interface Plan {
  /** The one resource that the account is set to ask; no other is tried. */
  readonly only?: DetailsResource;
  /** The one that answered for this account the last time: asked first. */
  readonly first?: DetailsResource;
  /** True once the account is known to have leg details: they are then asked for at the same time as the details. */
  readonly hasLegs?: boolean;
}

/** An answer's body as it came. */
export interface AnswerBody {
  readonly resource: Resource;
  readonly body: string;
}

/** A good answer. */
export interface CallAnswer {
  readonly call: Call;
  /** Whole, and a secret when it is signed: for the extension host only. */
  readonly recordingUrl?: string;
  /** Each answer as it came, good or bad, for *Raw JSON*. */
  readonly bodies: readonly AnswerBody[];
  /** Every request, in the order they were sent. */
  readonly requests: readonly RequestNote[];
  readonly legs: LegsReply;
  /** By the `Date` header of the details' answer: how far this machine's clock is ahead, in milliseconds. */
  readonly clockAheadMs?: number;
  /** When the answer had come. */
  readonly askedAt: Instant;
}

export type ProbeResult = { readonly kind: 'good' } | { readonly kind: 'failed'; readonly error: ApiError };

export interface Client {
  /** Asks for one call: the details and the legs. Throws nothing but `ApiError`. */
  getCall(sid: string, plan?: Plan, signal?: AbortSignal): Promise<CallAnswer>;
  /** Asks every resource for one call, and compares what they say. Throws nothing but `ApiError`, when none has the call. */
  askAll(sid: string, signal?: AbortSignal): Promise<CallAnswer>;
  /** Asks for a call that cannot exist, to see whether the keys are taken. Throws nothing. */
  probe(signal?: AbortSignal): Promise<ProbeResult>;
}

/** No answer about one call is as large as this; more is a mistake or an attack. */
const MAX_BODY_BYTES = 5_000_000;

const SID_THAT_CANNOT_EXIST = '0'.repeat(32);

const CODE_CALL_NOT_FOUND = '10744';

/** The client of one account. Sends nothing by itself. */
export function createClient(options: ClientOptions): Client {
  const getCall = async (sid: string, _plan?: Plan, signal?: AbortSignal): Promise<CallAnswer> => new Lookup(options, addressOf(options.credentials, sid)).run(signal);
  return {
    getCall,
    askAll: (sid, signal) => getCall(sid, {}, signal),
    async probe(signal) {
      try {
        await getCall(SID_THAT_CANNOT_EXIST, {}, signal);
        return { kind: 'good' };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return error.kind === 'notFound' && error.details.code === CODE_CALL_NOT_FOUND ? { kind: 'good' } : { kind: 'failed', error };
      }
    },
  };
}

/** One request for one call. */
class Lookup {
  private readonly scrub: (text: string) => string;
  private readonly sentAt: Instant;
  private status: number | undefined;
  private requestId: string | undefined;

  constructor(
    private readonly options: ClientOptions,
    private readonly url: URL,
  ) {
    this.scrub = scrubber(options.credentials);
    this.sentAt = options.now();
  }

  async run(signal?: AbortSignal): Promise<CallAnswer> {
    try {
      const answer = await this.ask(signal);
      for (const note of answer.requests) this.options.onRequest?.(note, {});
      return answer;
    } catch (error) {
      const failure = error instanceof ApiError ? error : this.noAnswer(error);
      this.options.onRequest?.(this.note(failure), { error: failure });
      throw failure;
    }
  }

  private async ask(cancel?: AbortSignal): Promise<CallAnswer> {
    const { credentials, fetch, timeoutMs } = this.options;
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = cancel === undefined ? deadline : AbortSignal.any([cancel, deadline]);
    const refuseAborted = (): void => {
      if (cancel?.aborted === true) throw this.error('cancelled', 'The lookup was cancelled.');
      if (deadline.aborted) throw this.error('timeout', `${this.host} did not answer within ${String(timeoutMs / 1000)} s.`);
    };
    refuseAborted();
    const request = {
      headers: { Accept: 'application/json', Authorization: basicAuthorization(credentials) },
      redirect: 'manual',
      cache: 'no-store',
      credentials: 'omit',
      signal,
    } as const;
    const response = await abortable(fetch(this.url.href, request), signal).catch((error: unknown) => {
      refuseAborted();
      throw this.noAnswer(error);
    });
    this.status = response.status === 0 ? undefined : response.status;
    const body = await readText(response, signal, MAX_BODY_BYTES);
    refuseAborted();
    return this.read(response, body);
  }

  private read(response: Response, body: BodyText): CallAnswer {
    const json = body.ended === 'whole' ? parseJson(body.text) : undefined;
    const requestId = own(json?.value, 'request_id') ?? response.headers.get('x-request-id');
    if (typeof requestId === 'string' && requestId !== '') this.requestId = this.shown(requestId, 100);
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      throw this.badReply(redirectSentence(this.host, response.status, response.headers.get('location'), this.url.href), body);
    }
    if (response.status >= 400) throw this.refusal(response, body, readFailure(json?.value) ?? {});
    if (body.ended === 'broken') throw this.noAnswer(body.cause);
    if (body.ended === 'tooLarge') throw this.badReply(`${this.host} sent more than 5 MB, which is no answer about a call.`, body);
    if (json === undefined) throw this.badReply(`${this.host} sent ${this.looksOf(body.text)} where JSON was expected (${String(response.status)}).`, body);
    const reading = readCall(json.value, this.scrub);
    if ('failure' in reading) throw this.refusal(response, body, reading.failure);
    if ('problem' in reading) throw this.badReply(`${this.host} sent JSON, but no call. ${reading.problem}`, body);
    const { call, recordingUrl } = reading;
    const answer: CallAnswer = {
      call,
      bodies: [{ resource: 'v2', body: body.text }],
      requests: [this.note()],
      legs: { kind: 'notAsked' },
      askedAt: this.options.now(),
    };
    return recordingUrl === undefined ? answer : { ...answer, recordingUrl };
  }

  private looksOf(text: string): string {
    const looks = looksLike(text);
    return looks === 'JSON' ? 'broken JSON' : looks;
  }

  /** A failure that the answer tells of, by HTTP status or inside a 200. */
  private refusal(response: Response, body: BodyText, failure: ReportedFailure): ApiError {
    const status = response.status >= 400 ? response.status : (failure.httpStatus ?? response.status);
    const code = failure.code === undefined ? undefined : this.shown(failure.code, 60);
    const kind = kindOfReply(status, code);
    const wait = retryAfterSeconds(response.headers, this.options.now());
    return this.error(kind, replySentence(kind, { host: this.host, status, code }), {
      ...(code === undefined ? {} : { code }),
      ...(failure.message === undefined ? {} : { said: this.shown(failure.message, 300) }),
      ...(wait === undefined || (kind !== 'rateLimited' && kind !== 'server') ? {} : { retryAfterSeconds: wait }),
      ...this.kept(body),
    });
  }

  /** What the answer says, on one line, without the account's keys and without what signs a link. */
  private shown(text: string, max: number): string {
    return plainText(withoutUrlSecrets(this.scrub(text)), max);
  }

  private badReply(sentence: string, body: BodyText): ApiError {
    return this.error('badReply', sentence, this.kept(body));
  }

  private noAnswer(error: unknown): ApiError {
    const { kind, sentence, code } = noAnswer(error, this.host);
    return this.error(kind, sentence, code === undefined ? {} : { code });
  }

  private kept({ text }: BodyText): ApiErrorDetails {
    return text === '' ? {} : { bodies: [{ resource: 'v2', body: this.scrub(text) }] };
  }

  private error(kind: ApiErrorKind, sentence: string, details: ApiErrorDetails = {}): ApiError {
    const request = { ...this.note(), failure: this.scrub(sentence) };
    return new ApiError(kind, this.scrub(sentence), { ...details, request, requests: [request] });
  }

  private get host(): string {
    return this.url.host;
  }

  private note(failure?: ApiError): RequestNote {
    return {
      resource: 'v2',
      method: 'GET',
      host: this.scrub(this.host),
      path: this.scrub(this.url.pathname),
      ...(this.status === undefined ? {} : { status: this.status }),
      milliseconds: Math.max(0, this.options.now() - this.sentAt),
      ...(this.requestId === undefined ? {} : { requestId: this.requestId }),
      ...(failure === undefined ? {} : { failure: failure.message }),
    };
  }
}

/** Where a call is asked for. Throws an `ApiError` before anything is sent: when keys may not go there, or a SID cannot be part of an address. */
function addressOf({ endpoint, accountSid }: Credentials, callSid: string): URL {
  const path = pathOf(accountSid, callSid);
  const origin = apiOrigin(endpoint, 'v2');
  if (!URL.canParse(origin) || credentialRule(origin, endpoint, 'api', []) !== 'yes') {
    throw new ApiError('network', 'No keys are sent to this account’s endpoint: a custom endpoint must be https, or http on this machine.');
  }
  const url = new URL(path ?? '/', origin);
  if (url.pathname === path) return url;
  throw new ApiError('notFound', 'The account SID or the call SID cannot be part of an address.');
}

/** Undefined when a part has characters that no address can carry; `..` shows in the URL made of it. */
function pathOf(accountSid: string, callSid: string): string | undefined {
  if (accountSid === '' || callSid === '') return undefined;
  try {
    return `/v2/accounts/${encodeURIComponent(accountSid)}/calls/${encodeURIComponent(callSid)}`;
  } catch {
    return undefined;
  }
}
