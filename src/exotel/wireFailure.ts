/** What a body says went wrong, in the forms of src/exotel/README.md, "Errors". */
import { isObject, own } from './json';
import { first, numberOf, textOf } from './reader';

/** What an answer says went wrong. */
export interface ReportedFailure {
  /** Exotel's own code: `10744`, `RATE_LIMIT_EXCEEDED`. */
  readonly code?: string;
  readonly message?: string;
  /** The status that the body names; the HTTP one may be 200 all the same. */
  readonly httpStatus?: number;
}

/** The failure that a body reports, whatever its HTTP status; undefined where it reports none. */
export function readFailure(body: unknown): ReportedFailure | undefined {
  const envelope = first(body);
  const response = first(own(envelope, 'response'));
  const exception = own(envelope, 'RestException') ?? own(own(envelope, 'TwilioResponse'), 'RestException');
  const error = first(own(response, 'error_data') ?? own(envelope, 'error_data')) ?? exception;
  const statuses = [own(response, 'code'), own(envelope, 'http_code'), own(exception, 'Status')].flatMap((value) => numberOf(value) ?? []);
  const httpStatus = statuses.find((status) => status >= 400) ?? statuses[0];
  const saysSo = isObject(error) || textOf(error) !== undefined || textOf(own(response, 'status')) === 'failure';
  if (!saysSo && (httpStatus === undefined || httpStatus < 400)) return undefined;
  const code = textOf(own(error, 'code')) ?? textOf(own(error, 'Code'));
  const message = textOf(own(error, 'message')) ?? textOf(own(error, 'Message')) ?? textOf(own(error, 'description')) ?? textOf(error);
  return {
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
  };
}

/** The failure that a body reports and that no value beside it outweighs. */
export function failureWithStatus(body: unknown): ReportedFailure | undefined {
  const failure = readFailure(body);
  return failure?.httpStatus !== undefined && failure.httpStatus >= 400 ? failure : undefined;
}
