/** The API of one account. Requests and answers: src/exotel/README.md. */
import type { DetailsResource, Resource } from '../call/request';
import type { ClientOptions } from './ask';
import { ApiError } from './errors';
import { type FreshLink, freshRecording, type KnownRecording, type NoFreshLink, type RecordedCall } from './freshLink';
import { type CallAnswer, Lookup, type OneAnswer, type Plan } from './lookup';
import { isCallNotFound, isRefusal } from './refusals';

export type { ClientOptions, RequestOutcome, Retries } from './ask';
export type { AnswerBody } from './errors';
export type { FreshLink, KnownRecording, NoFreshLink, RecordedCall } from './freshLink';
export type { CallAnswer, OneAnswer, Plan } from './lookup';
export type { RateLimit } from './replies';

export type ProbeResult =
  /** `first`: the resource that took the keys, where v2 did not. */
  { readonly kind: 'good'; readonly first?: DetailsResource } | { readonly kind: 'failed'; readonly error: ApiError };

export interface Client {
  /** Asks for one call: the details and the legs. Throws nothing but `ApiError`. */
  getCall(sid: string, plan?: Plan, signal?: AbortSignal): Promise<CallAnswer>;
  /**
   * Asks every resource for one call, whatever the plan says of them, and compares what they say. Throws nothing but `ApiError`, when
   * none has the call.
   */
  askAll(sid: string, plan?: Plan, signal?: AbortSignal): Promise<CallAnswer>;
  /** Asks one resource alone for one call, and not again by itself. Throws nothing but `ApiError`: when cancelled, or where nothing can be asked. */
  askOne(resource: Resource, sid: string, signal?: AbortSignal): Promise<OneAnswer>;
  /** A link to the call's recording that works now, in at most three requests: each way is tried once, for there is another. Throws nothing but `ApiError`, when cancelled. */
  freshRecording(call: RecordedCall, sid: string, known: KnownRecording, signal?: AbortSignal): Promise<FreshLink | NoFreshLink>;
  /** Asks for a call that cannot exist, to see whether the keys are taken. Throws nothing. */
  probe(signal?: AbortSignal): Promise<ProbeResult>;
}

/** The client of one account. Sends nothing by itself. */
export function createClient(options: ClientOptions): Client {
  return {
    getCall: async (sid, plan = {}, signal) => new Lookup(options, sid).run(plan, signal),
    askAll: async (sid, plan = {}, signal) => new Lookup(options, sid).runAll(plan, signal),
    askOne: async (resource, sid, signal) => new Lookup(options, sid).askOne(resource, signal),
    freshRecording: (call, sid, known, signal) => freshRecording(options, call, sid, known, signal),
    probe: async (signal) => {
      try {
        return await probe(new Lookup(options, SID_THAT_CANNOT_EXIST), signal);
      } catch (error) {
        if (error instanceof ApiError) return { kind: 'failed', error };
        throw error;
      }
    },
  };
}

/** No account has a call with this SID: what comes tells of keys and resources only. */
export const SID_THAT_CANNOT_EXIST = '0'.repeat(32);

/** Keys that the CCM API refuses may be good all the same: an account without CCM has v1 only. */
async function probe(lookup: Lookup, signal?: AbortSignal): Promise<ProbeResult> {
  const ofV2 = await lookup.refusalOf('v2', signal);
  if (ofV2 === undefined || isCallNotFound(ofV2)) return { kind: 'good' };
  if (!isRefusal(ofV2) || ofV2.kind === 'notFound') return { kind: 'failed', error: ofV2 };
  const ofV1 = await lookup.refusalOf('v1', signal);
  if (ofV1 === undefined || isCallNotFound(ofV1)) return { kind: 'good', first: 'v1' };
  return { kind: 'failed', error: lookup.ofWhole(ofV2) };
}
