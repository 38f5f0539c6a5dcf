/** One request of an account, from sending to a value or an `ApiError`. Requests and answers: src/exotel/README.md, "Errors" and "Limits". */
import type { Instant } from '../call/call';
import { isNestedTooDeep } from '../call/rawJson';
import { withoutUrlSecrets } from '../call/redact';
import type { AskedResource, RequestNote } from '../call/request';
import { plainText } from '../call/text';
import type { Credentials } from './account';
import { type Clocks, Stopwatch } from './clocks';
import { type AnswerBody, ApiError, type ApiErrorDetails, type ApiErrorKind } from './errors';
import { own, parseJson } from './json';
import type { Scrub } from './reader';
import { clockAheadMs, kindOfReply, type RateLimit, rateLimit, redirectSentence, replySentence, retryAfterSeconds } from './replies';
import { basicAuthorization, scrubber } from './secrets';
import { type BodyText, type Fetch, headOf, looksLike, noAnswer, readText } from './transport';
import { readFailure, type ReportedFailure } from './wireFailure';

export interface ClientOptions extends Clocks {
  readonly credentials: Credentials;
  readonly fetch: Fetch;
  /** For each request, from sending to the last byte of the answer, all its tries included. */
  readonly timeoutMs: number;
  /** Without: nothing is asked for a second time. */
  readonly retries?: Retries;
  /** Hears of each request once, when it ended, whatever became of it. Holds no secret. */
  readonly onRequest?: (note: RequestNote, outcome: RequestOutcome) => void;
}

/** What it takes to ask again by itself. */
export interface Retries {
  /** Settles after so many milliseconds, or once the signal is aborted, and leaves nothing behind. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** How long until something may be asked of the account that its person did not ask for, in milliseconds; without: it always may. */
  readonly waitMs?: () => number;
}

/** What else is known of a request that ended. */
export interface RequestOutcome {
  readonly error?: ApiError;
  readonly limit?: RateLimit;
}

/** What was read in a body: what was asked for, why not by its own words, or why not by ours. */
export type Reading<T> = { readonly value: T } | { readonly failure: ReportedFailure } | { readonly problem: string };

/** What is asked, and how its answer is read. */
export interface Question<T> {
  readonly resource: AskedResource;
  /** Keys are sent there: see `addresses.ts`. */
  readonly url: URL;
  readonly read: (json: unknown, scrub: Scrub) => Reading<T>;
}

/** A good answer. */
export interface Answered<T> {
  readonly value: T;
  /** The answer for *Raw JSON*; none of a resource that is not shown there. */
  readonly bodies: readonly AnswerBody[];
  readonly note: RequestNote;
  /** When its last byte had come. */
  readonly cameAt: Instant;
  /** By the `Date` header: how far this machine's clock is ahead, in milliseconds. Absent: the answer does not tell. */
  readonly clockAheadMs?: number;
}

/** One of the times that a question is asked. */
export interface Try {
  /** From 1 on. */
  readonly number: number;
  /** Aborted once the time for all of them is over. */
  readonly deadline: AbortSignal;
}

/** Sends one request. Throws nothing but `ApiError`, whose details hold the request's note and body. */
export async function ask<T>(options: ClientOptions, question: Question<T>, cancel?: AbortSignal, attempt: Try = { number: 1, deadline: AbortSignal.timeout(options.timeoutMs) }): Promise<Answered<T>> {
  return new Asking(options, question, attempt).run(cancel);
}

/** The error of a lookup that was given up before its next request. */
export function cancelled(resource: AskedResource): ApiError {
  return new ApiError('cancelled', CANCELLED[resource] ?? 'The lookup was cancelled.');
}

/** No answer about one call is as large as this; more is a mistake or an attack. */
const MAX_BODY_BYTES = 5_000_000;

/** What an answer is to hold that is no call. */
const WANTED: Readonly<Partial<Record<AskedResource, string>>> = { legs: 'legs', voiceLogs: 'voice log' };

const CANCELLED: Readonly<Partial<Record<AskedResource, string>>> = { legs: 'The legs were given up with the lookup.', voiceLogs: 'The search for a new link was cancelled.' };

class Asking<T> {
  private readonly scrub: Scrub;
  private readonly stopwatch: Stopwatch;
  private status: number | undefined;
  private requestId: string | undefined;
  private limit: RateLimit | undefined;
  private aheadMs: number | undefined;

  constructor(
    private readonly options: ClientOptions,
    private readonly question: Question<T>,
    private readonly attempt: Try,
  ) {
    this.scrub = scrubber(options.credentials);
    this.stopwatch = new Stopwatch(options);
  }

  async run(cancel?: AbortSignal): Promise<Answered<T>> {
    try {
      const answer = await this.ask(cancel);
      this.tell(answer.note);
      return answer;
    } catch (error) {
      const failure = error instanceof ApiError ? error : this.noAnswer(error);
      this.tell(failure.details.request ?? this.note(), failure);
      throw failure;
    }
  }

  private tell(note: RequestNote, error?: ApiError): void {
    this.options.onRequest?.(note, { ...(error === undefined ? {} : { error }), ...(this.limit === undefined ? {} : { limit: this.limit }) });
  }

  private async ask(cancel?: AbortSignal): Promise<Answered<T>> {
    const { credentials, fetch, timeoutMs } = this.options;
    const { deadline } = this.attempt;
    const signal = cancel === undefined ? deadline : AbortSignal.any([cancel, deadline]);
    const refuseAborted = (): void => {
      if (cancel?.aborted === true) throw this.error('cancelled', cancelled(this.question.resource).message);
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
    const response = await headOf(fetch(this.question.url.href, request), signal).catch((error: unknown) => {
      refuseAborted();
      throw error instanceof ApiError ? error : this.noAnswer(error);
    });
    this.aheadMs = clockAheadMs(response.headers, this.options.now(), this.stopwatch);
    this.status = response.status === 0 ? undefined : response.status;
    this.limit = rateLimit(response.headers, this.aheadMs);
    const body = await readText(response, signal, MAX_BODY_BYTES);
    refuseAborted();
    const value = this.read(response, body);
    const { aheadMs } = this;
    return { value, bodies: this.bodiesOf(response, body.text), note: this.note(), cameAt: this.options.now(), ...(aheadMs === undefined ? {} : { clockAheadMs: aheadMs }) };
  }

  private read(response: Response, body: BodyText): T {
    const json = body.ended === 'whole' ? parseJson(body.text) : undefined;
    const requestId = own(json?.value, 'request_id') ?? response.headers.get('x-request-id');
    if (typeof requestId === 'string' && requestId !== '') this.requestId = this.shown(requestId, 100);
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      throw this.badReply(redirectSentence(this.host, response.status, response.headers.get('location'), this.question.url.href), response, body);
    }
    if (response.status >= 400) throw this.refusal(response, body, readFailure(json?.value) ?? {});
    if (body.ended === 'broken') throw this.noAnswer(body.cause);
    if (body.ended === 'tooLarge') throw this.badReply(`${this.host} sent more than 5 MB, which is no answer about a call.`, response, body);
    if (json === undefined && isNestedTooDeep(body.text)) throw this.badReply(`${this.host} sent JSON that is nested without end, which is no answer about a call.`, response, body);
    if (json === undefined) throw this.badReply(`${this.host} sent ${looksOf(body.text)} where JSON was expected (${String(response.status)}).`, response, body);
    const reading = this.question.read(json.value, this.scrub);
    if ('failure' in reading) throw this.refusal(response, body, reading.failure);
    if ('problem' in reading) {
      throw this.badReply(`${this.host} sent JSON, but no ${WANTED[this.question.resource] ?? 'call'}. ${reading.problem}`, response, body);
    }
    return reading.value;
  }

  /** A failure that the answer tells of, by HTTP status or inside a 200. */
  private refusal(response: Response, body: BodyText, failure: ReportedFailure): ApiError {
    const status = response.status >= 400 ? response.status : (failure.httpStatus ?? response.status);
    const code = failure.code === undefined ? undefined : this.shown(failure.code, 60);
    const ownWords = this.question.resource === 'v1' ? failure.message : undefined;
    const kind = kindOfReply(status, code, ownWords);
    const wait = retryAfterSeconds(kind, response.headers, this.options.now() - (this.aheadMs ?? 0));
    const isExotelsWord = code !== undefined || ownWords !== undefined;
    return this.error(kind, replySentence(kind, { host: this.host, status, code, isExotelsWord }), {
      status,
      ...(code === undefined ? {} : { code }),
      ...(failure.message === undefined ? {} : { said: this.shown(failure.message, 300) }),
      ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
      ...this.kept(response, body),
    });
  }

  /** What the answer says, on one line, without the account's keys and without what signs a link. */
  private shown(text: string, max: number): string {
    return plainText(withoutUrlSecrets(this.scrub(text)), max);
  }

  private badReply(sentence: string, response: Response, body: BodyText): ApiError {
    return this.error('badReply', sentence, this.kept(response, body));
  }

  private noAnswer(error: unknown): ApiError {
    const { kind, sentence, code } = noAnswer(error, this.host);
    return this.error(kind, sentence, code === undefined ? {} : { code });
  }

  private kept(response: Response, { text }: BodyText): ApiErrorDetails {
    const bodies = text === '' ? [] : this.bodiesOf(response, text);
    return bodies.length === 0 ? {} : { bodies };
  }

  private bodiesOf({ status }: Response, body: string): readonly AnswerBody[] {
    const { resource } = this.question;
    return resource === 'voiceLogs' ? [] : [{ resource, status, body: this.scrub(body) }];
  }

  private error(kind: ApiErrorKind, sentence: string, details: ApiErrorDetails = {}): ApiError {
    const request = { ...this.note(), failure: this.scrub(sentence) };
    return new ApiError(kind, this.scrub(sentence), { ...details, request, requests: [request] });
  }

  private get host(): string {
    return this.question.url.host;
  }

  private note(): RequestNote {
    return {
      resource: this.question.resource,
      ...(this.attempt.number === 1 ? {} : { attempt: this.attempt.number }),
      method: 'GET',
      host: this.scrub(this.host),
      path: this.scrub(this.question.url.pathname),
      ...(this.status === undefined ? {} : { status: this.status }),
      milliseconds: this.stopwatch.milliseconds,
      ...(this.requestId === undefined ? {} : { requestId: this.requestId }),
    };
  }
}

function looksOf(text: string): string {
  const looks = looksLike(text);
  return looks === 'JSON' ? 'broken JSON' : looks;
}
