/** The requests that a lookup sent, and what came of them: for the panel, the report and the log. No secret, no query. */

/** The resources that tell the details of a call, in the order in which an account that is not known is asked. */
export const DETAILS_RESOURCES = ['v2', 'v3', 'v1'] as const;

export type DetailsResource = (typeof DETAILS_RESOURCES)[number];

/** Every resource that tells of a call. */
export type Resource = DetailsResource | 'legs';

/** All of them, those with details first. */
export const RESOURCES: readonly Resource[] = [...DETAILS_RESOURCES, 'legs'];

/** Every resource of the API that is asked: voice logs tell of a call's recording alone. */
export type AskedResource = Resource | 'voiceLogs';

/** Where a request went and what came back. */
export interface RequestNote {
  readonly resource: AskedResource | 'recording';
  /** Which time it was asked for, from the second on: the answer before was one that may pass. */
  readonly attempt?: number;
  readonly method: 'GET';
  readonly host: string;
  readonly path: string;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  readonly milliseconds: number;
  /** The answer's own `request_id`. */
  readonly requestId?: string;
  /** What went wrong, in one sentence without secrets; absent when the resource answered with what was asked for. */
  readonly failure?: string;
}

/** What became of the legs. The sentences are for people, one line each. */
export type LegsReply =
  /**
   * The legs resource answered; the call has its legs, perhaps none. `refusesPath`: asked at its usual place, and the record names
   * another than below the account's calls.
   */
  | { readonly kind: 'reported'; readonly refusesPath?: true }
  /** v1 tells of legs in its details, and the legs resource was not asked. */
  | { readonly kind: 'inDetails' }
  /** Refused with good keys: the account does not have leg details. */
  | { readonly kind: 'notEnabled'; readonly sentence: string }
  /** The resource has no legs for this call. */
  | { readonly kind: 'notFound'; readonly sentence: string }
  | { readonly kind: 'failed'; readonly sentence: string }
  /** The answer's own path leads elsewhere than below the account's calls: it was not asked. */
  | { readonly kind: 'refusedPath'; readonly sentence: string }
  | { readonly kind: 'notAsked' };

const NAMES: Readonly<Record<RequestNote['resource'], string>> = {
  v2: 'v2 details',
  v3: 'v3 details',
  v1: 'v1 details',
  legs: 'legs',
  voiceLogs: 'voice logs',
  recording: 'recording',
};

/** A resource's name for people: `v2 details`. */
export function resourceName(resource: RequestNote['resource']): string {
  return NAMES[resource];
}

/** What was asked for, and which time: `v2 details, 2nd try`. */
export function requestName({ resource, attempt }: Pick<RequestNote, 'resource' | 'attempt'>): string {
  return attempt === undefined ? resourceName(resource) : `${resourceName(resource)}, ${attempt === 2 ? '2nd' : '3rd'} try`;
}
