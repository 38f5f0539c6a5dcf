/** What it means that a resource has no call to give, and which of several such answers tells most (src/exotel/README.md, "Which resource is asked"). */
import type { ApiError, ApiErrorKind } from './errors';

const CODE_CALL_NOT_FOUND = '10744';

/** True for 401, 403 and 404: another resource may have the call all the same. */
export function isRefusal({ kind, details: { status } }: ApiError): boolean {
  return status !== 402 && status !== 410 && (kind === 'auth' || kind === 'forbidden' || kind === 'notFound' || kind === 'accountNotFound');
}

/** True where Exotel itself says that there is no such call: a 404 alone may come from anybody. */
export function isCallNotFound({ kind, details: { code, said, request } }: ApiError): boolean {
  if (kind !== 'notFound') return false;
  return request?.resource === 'v1' ? code !== undefined || said !== undefined : code === CODE_CALL_NOT_FOUND;
}

/**
 * The one of several failures to tell a person: one that may pass comes before any refusal, because the call may be there; among
 * refusals the one that says most. The earlier one where two say as much.
 */
export function mostTelling(failures: readonly ApiError[]): ApiError {
  return failures.reduce((best, next) => (rankOf(next) < rankOf(best) ? next : best));
}

const RANK_OF_REFUSAL: Readonly<Partial<Record<ApiErrorKind, number>>> = { accountNotFound: 2, forbidden: 3, auth: 4 };

function rankOf(error: ApiError): number {
  if (!isRefusal(error)) return 0;
  return isCallNotFound(error) ? 1 : (RANK_OF_REFUSAL[error.kind] ?? 5);
}
