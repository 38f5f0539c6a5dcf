/** One lookup: which resources are asked, in which order, and what their answers come to (src/exotel/README.md, "Which resource is asked"). */
import type { Call, Instant } from '../call/call';
import { type LegsRecord, mergeCalls, withLegs } from '../call/merge';
import { DETAILS_RESOURCES, type DetailsResource, type LegsReply, type RequestNote, type Resource } from '../call/request';
import { detailsAddress, legsAddress, type LegsVersion, namedLegs } from './addresses';
import { type Answered, ask, type ClientOptions, type Question, type Try } from './ask';
import { type AnswerBody, ApiError } from './errors';
import { isRefusal, mostTelling } from './refusals';
import { patiently } from './retries';
import { type CallRead, readCall } from './wire';
import { readLegs } from './wireLegs';

/** Which resources are asked for a call, and in which order. */
export interface Plan {
  /** The one resource that the account is set to ask; no other is tried. */
  readonly only?: DetailsResource;
  /** The one that answered for this account the last time: asked first. */
  readonly first?: DetailsResource;
  /** True once the account is known to have leg details: they are then asked for at the same time as the details. */
  readonly hasLegs?: boolean;
  /** With `hasLegs`: the version whose path to the legs answered the last time; v3 unless told. */
  readonly legsUnder?: LegsVersion;
}

/** A good answer. */
export interface CallAnswer {
  readonly call: Call;
  /** Whole, and a secret when it is signed: for the extension host only. */
  readonly recordingUrl?: string;
  /** Each answer as it came, good or bad, for *Raw JSON*: first the call's own details. */
  readonly bodies: readonly AnswerBody[];
  /** Every request, in the order they were sent. */
  readonly requests: readonly RequestNote[];
  readonly legs: LegsReply;
  /** The version whose path to the legs answered. */
  readonly legsUnder?: LegsVersion;
  /** By the `Date` header of the details' answer: how far this machine's clock is ahead, in milliseconds. */
  readonly clockAheadMs?: number;
  /** When the details had come. */
  readonly askedAt: Instant;
}

/** What one resource answered. No error: it has what it was asked for. */
export interface OneAnswer {
  readonly note: RequestNote;
  readonly error?: ApiError;
}

type Details = Answered<CallRead>;

interface LegsOutcome {
  readonly reply: LegsReply;
  readonly record?: LegsRecord;
  readonly under?: LegsVersion;
}

/** A lookup of one call, for one use. Throws nothing but `ApiError`s, which tell of all its requests. */
export class Lookup {
  /** In the order the requests were sent. */
  private readonly notes: { note?: RequestNote }[] = [];
  /** The latest of each resource. */
  private readonly latest = new Map<Resource, AnswerBody>();

  constructor(
    private readonly options: ClientOptions,
    private readonly sid: string,
  ) {}

  /** The details from the first resource that has them, and the legs. */
  async run(plan: Plan, cancel?: AbortSignal): Promise<CallAnswer> {
    const stop = new AbortController();
    const questions = orderOf(plan).map((resource) => this.detailsQuestion(resource));
    const found = this.firstOf(questions, cancel);
    const legs = plan.hasLegs === true ? this.legsBeside(plan, either(cancel, stop.signal)) : undefined;
    try {
      const details = await found;
      return this.answer([details], await (legs ?? this.legsAfter(details, cancel)));
    } catch (error) {
      stop.abort();
      throw await this.failed(error, legs);
    }
  }

  /** What every resource has of the call. */
  async runAll(plan: Plan, cancel?: AbortSignal): Promise<CallAnswer> {
    const stop = new AbortController();
    const questions = DETAILS_RESOURCES.map((resource) => this.detailsQuestion(resource));
    const asked = questions.map((question) => this.outcomeOf(question, cancel));
    const legs = this.legsBeside(plan, either(cancel, stop.signal));
    try {
      return this.answer(answersIn(await Promise.all(asked)), await legs);
    } catch (error) {
      stop.abort();
      throw await this.failed(error, legs);
    }
  }

  /** Why a resource does not have the call; undefined when it has. */
  async refusalOf(resource: DetailsResource, cancel?: AbortSignal): Promise<ApiError | undefined> {
    const outcome = await this.outcomeOf(this.detailsQuestion(resource), cancel);
    return outcome instanceof ApiError ? outcome : undefined;
  }

  /** Asks one resource alone, once, and tells what came of it. Throws when it was cancelled, or where nothing can be asked. */
  async askOne(resource: Resource, cancel?: AbortSignal): Promise<OneAnswer> {
    const question = resource === 'legs' ? this.legsQuestion(legsAddress(this.options.credentials, this.sid, 'v3')) : this.detailsQuestion(resource);
    const outcome = await this.tried<CallRead | LegsRecord>(question, cancel);
    if (!(outcome instanceof ApiError)) return { note: outcome.note };
    const { request } = outcome.details;
    if (outcome.kind === 'cancelled' || request === undefined) throw outcome;
    return { note: request, error: outcome };
  }

  private detailsQuestion(resource: DetailsResource): Question<CallRead> {
    return {
      resource,
      url: detailsAddress(this.options.credentials, this.sid, resource),
      read: (json, scrub) => {
        const reading = readCall(json, resource, scrub);
        return 'call' in reading ? { value: reading } : reading;
      },
    };
  }

  private async firstOf(questions: readonly Question<CallRead>[], cancel?: AbortSignal): Promise<Details> {
    const refusals: ApiError[] = [];
    for (const question of questions) {
      const outcome = await this.outcomeOf(question, cancel);
      if (!(outcome instanceof ApiError)) return outcome;
      if (!isRefusal(outcome)) throw outcome;
      refusals.push(outcome);
    }
    throw mostTelling(refusals);
  }

  /** Asked at the same time as the details: whoever waits for those may never come to wait for this. */
  private legsBeside({ legsUnder = 'v3' }: Plan, cancel: AbortSignal): Promise<LegsOutcome> {
    const outcome = this.askLegs(legsAddress(this.options.credentials, this.sid, legsUnder), cancel);
    outcome.catch(() => undefined);
    return outcome;
  }

  /** v1's record has no path to legs, and a call that v1 alone has is none that the legs resource knows. */
  private async legsAfter({ value: { call, legsPath } }: Details, cancel?: AbortSignal): Promise<LegsOutcome> {
    if (call.resource === 'v1') return { reply: { kind: call.legs === undefined ? 'notAsked' : 'inDetails' } };
    const { credentials } = this.options;
    const named = namedLegs(credentials, legsPath);
    if (named.kind === 'refused') return { reply: { kind: 'refusedPath', sentence: named.sentence } };
    return this.askLegs(named.kind === 'address' ? named.url : legsAddress(credentials, this.sid, 'v3'), cancel);
  }

  private legsQuestion(url: URL): Question<LegsRecord> {
    return {
      resource: 'legs',
      url,
      read: (json, scrub) => {
        const reading = readLegs(json, scrub);
        return 'record' in reading ? { value: reading.record } : reading;
      },
    };
  }

  private async askLegs(url: URL, cancel?: AbortSignal): Promise<LegsOutcome> {
    const under: LegsVersion = url.pathname.startsWith('/v2/') ? 'v2' : 'v3';
    const outcome = await this.outcomeOf(this.legsQuestion(url), cancel);
    if (!(outcome instanceof ApiError)) return { reply: { kind: 'reported' }, record: outcome.value, under };
    if (outcome.kind === 'cancelled') throw outcome;
    return { reply: legsFailure(outcome, under) };
  }

  private outcomeOf<T>(question: Question<T>, cancel?: AbortSignal): Promise<Answered<T> | ApiError> {
    return patiently(this.options, question.resource, (attempt) => this.tried(question, cancel, attempt), cancel);
  }

  /** Asks once. */
  private async tried<T>(question: Question<T>, cancel?: AbortSignal, attempt?: Try): Promise<Answered<T> | ApiError> {
    const place: { note?: RequestNote } = {};
    this.notes.push(place);
    try {
      const answered = await ask(this.options, question, cancel, attempt);
      place.note = answered.note;
      this.keep(answered.bodies);
      return answered;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { request, bodies = [] } = error.details;
      if (request !== undefined) place.note = request;
      this.keep(bodies);
      return error;
    }
  }

  private keep(bodies: readonly AnswerBody[]): void {
    for (const body of bodies) this.latest.set(body.resource, body);
  }

  private answer([primary, ...others]: readonly [Details, ...Details[]], legs: LegsOutcome): CallAnswer {
    const merged = mergeCalls(primary.value.call, others.map(({ value }) => value.call));
    const { reply, record, under } = legs;
    const recordingUrl = recordingUrlOf(merged, [primary, ...others]);
    return {
      call: record === undefined ? merged : withLegs(merged, record),
      ...(recordingUrl === undefined ? {} : { recordingUrl }),
      bodies: detailsFirst([...this.latest.values()], primary.note.resource),
      requests: this.requests(),
      legs: this.legsReply(reply, primary, merged),
      ...(under === undefined ? {} : { legsUnder: under }),
      ...(primary.clockAheadMs === undefined ? {} : { clockAheadMs: primary.clockAheadMs }),
      askedAt: primary.cameAt,
    };
  }

  /** What v1 told of legs stands where there are no others. A path that leads elsewhere is told of also where it was not needed. */
  private legsReply(reply: LegsReply, { value }: Details, { legs }: Call): LegsReply {
    if (reply.kind === 'notFound' && legs !== undefined) return { kind: 'inDetails' };
    if (reply.kind !== 'reported') return reply;
    return namedLegs(this.options.credentials, value.legsPath).kind === 'refused' ? { kind: 'reported', refusesPath: true } : reply;
  }

  /** The failure with all requests of the lookup, once the last one ended. */
  private async failed(cause: unknown, legs: Promise<LegsOutcome> | undefined): Promise<unknown> {
    await legs?.catch(() => undefined);
    return cause instanceof ApiError ? this.ofWhole(cause) : cause;
  }

  /** One request's failure as that of the lookup so far: with every request, and every body, its own first. */
  ofWhole(error: ApiError): ApiError {
    const bodies = detailsFirst([...this.latest.values()], error.details.request?.resource);
    return new ApiError(error.kind, error.message, { ...error.details, requests: this.requests(), ...(bodies.length === 0 ? {} : { bodies }) });
  }

  private requests(): readonly RequestNote[] {
    return this.notes.flatMap(({ note }) => note ?? []);
  }
}

function orderOf({ only, first }: Plan): readonly DetailsResource[] {
  if (only !== undefined) return [only];
  return first === undefined ? DETAILS_RESOURCES : [...new Set([first, ...DETAILS_RESOURCES])];
}

function either(cancel: AbortSignal | undefined, stop: AbortSignal): AbortSignal {
  return cancel === undefined ? stop : AbortSignal.any([cancel, stop]);
}

function answersIn(outcomes: readonly (Details | ApiError)[]): readonly [Details, ...Details[]] {
  const failures = outcomes.filter((outcome) => outcome instanceof ApiError);
  const [first, ...others] = outcomes.filter((outcome): outcome is Details => !(outcome instanceof ApiError));
  const cancelled = failures.find(({ kind }) => kind === 'cancelled');
  if (first === undefined || cancelled !== undefined) throw cancelled ?? mostTelling(failures);
  return [first, ...others];
}

/** The whole link of the recording that the call shows: of the answer which that value was taken from. */
function recordingUrlOf(call: Call, answers: readonly Details[]): string | undefined {
  const [, resource = call.resource] = /^(v[123]):/.exec(call.sources.recording ?? '') ?? [];
  return answers.find(({ value }) => value.call.resource === resource)?.value.recordingUrl;
}

function detailsFirst(bodies: readonly AnswerBody[], first: RequestNote['resource'] | undefined): readonly AnswerBody[] {
  return [...bodies.filter(({ resource }) => resource === first), ...bodies.filter(({ resource }) => resource !== first)];
}

const CODES_WITHOUT_LEGS: readonly string[] = ['10743', '10744'];

/** Good details show that the keys are good: what is refused then is the resource. */
function legsFailure(error: ApiError, under: LegsVersion): LegsReply {
  const { status, code, said = '' } = error.details;
  const answered = `${under} legs answered ${String(status)}`;
  if ((code !== undefined && CODES_WITHOUT_LEGS.includes(code)) || /\blegs? not found\b/i.test(said)) {
    return { kind: 'notFound', sentence: `There are no leg details for this call: ${answered}${code === undefined ? '' : ` (code ${code})`}.` };
  }
  if (isRefusal(error)) return { kind: 'notEnabled', sentence: `Leg details are not enabled for this account: ${answered}.` };
  return { kind: 'failed', sentence: `Leg details are missing: ${error.message.replace(/^The(?:re)?\b/, (word) => word.toLowerCase())}` };
}
