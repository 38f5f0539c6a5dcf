import type { JSX } from 'preact';
import type { Instant } from '../call/call';
import { resourceName, type RequestNote } from '../call/request';
import { plainText } from '../call/text';
import { formatClock, wholeSecond, zoneName, type TimeFormat } from '../call/time';
import { elideMiddle } from './text';
import { CopyButton } from './value';

interface FootProps {
  readonly account: { readonly name: string; readonly region: string };
  readonly requests: readonly RequestNote[];
  readonly askedAt?: Instant;
  readonly format: TimeFormat;
}

/** Where the answer came from; first what is known before it comes. */
export function Foot({ account, requests, askedAt, format }: FootProps): JSX.Element {
  const request = requests.at(-1);
  return (
    <footer>
      {account.region !== '' && (
        <span>
          {account.name} ({account.region})
        </span>
      )}
      {request !== undefined && (
        <span>
          {resourceName(request.resource)} {request.status ?? 'no answer'} in {request.milliseconds} ms
        </span>
      )}
      {askedAt !== undefined && (
        <span>
          at {formatClock(wholeSecond(askedAt), format)} {zoneName(askedAt, format)}
        </span>
      )}
      {request?.requestId !== undefined && (
        <span class="value">
          request <bdi title={plainText(request.requestId, 200)}>{elideMiddle(plainText(request.requestId, 200), 20)}</bdi>
          <CopyButton what="request ID" text={request.requestId} />
        </span>
      )}
    </footer>
  );
}
