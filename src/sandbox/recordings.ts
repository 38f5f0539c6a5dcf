/** The recordings: what there is, and who may have it. See src/exotel/README.md, "Recordings". */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Instant, Seconds } from '../call/call';
import { hasKeysOf, type SandboxAccount } from './accounts';
import { xml } from './answers';
import { deliver, type Delivery } from './delivery';
import { heldOf } from './held';
import { type RecordingRoute, recordingRoute } from './routes';
import { type SampleName, sampleName } from './samples';

/** Who may ask for a recording, and what there is to be had of a call. */
export interface Archive {
  /** The accounts that are known where it is asked for. */
  readonly accounts: readonly SandboxAccount[];
  /** Those whose recordings a bucket has, which is in no region. */
  readonly everyAccount: readonly SandboxAccount[];
  readonly now: Instant;
  /** How long they talked; undefined where there is no recording. */
  lengthOf(account: SandboxAccount, name: SampleName): Seconds | undefined;
  /** A link into the bucket that is good for a minute. */
  linkInBucket(account: SandboxAccount, name: SampleName): string;
  /** How what comes misbehaves, by the byte that the answer begins at. */
  readonly misbehaviour: ((start: number) => Delivery) | undefined;
}

/** Answers for a recording. */
export async function serveRecording(archive: Archive, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = recordingRoute(url.pathname);
  const owner = ownerOf(archive, route);
  const refusal = refusalOf(archive, { owner, isBucket: route?.isBucket === true }, url, request);
  if (refusal !== undefined) return refuse(response, refusal);
  const name = route && sampleName(route.callSid);
  const seconds = owner && name && archive.lengthOf(owner, name);
  if (owner === undefined || name === undefined || seconds === undefined) return refuse(response, NO_SUCH_KEY);
  const { instead, redirects = false, make, delivery } = heldOf(name);
  if (instead === 'gone') return refuse(response, NO_SUCH_KEY);
  if (instead === 'refused') return refuse(response, ACCESS_DENIED);
  if (instead === 'page') {
    response.writeHead(200, { 'Content-Type': 'audio/mpeg' }).end('<!DOCTYPE html>\n<html><body><h1>Sign in to listen</h1></body></html>\n');
    return;
  }
  if (redirects && route?.isBucket === false) {
    response.writeHead(302, { Location: archive.linkInBucket(owner, name) }).end();
    return;
  }
  const file = make(seconds);
  await deliver(file, archive.misbehaviour ?? (() => delivery?.(file.size) ?? {}), request, response);
}

function ownerOf({ accounts, everyAccount }: Archive, route: RecordingRoute | undefined): SandboxAccount | undefined {
  return (route?.isBucket === true ? everyAccount : accounts).find(({ accountSid }) => accountSid === route?.accountSid);
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const NO_SUCH_KEY: Refusal = { status: 404, code: 'NoSuchKey', message: 'The specified key does not exist.' };

const ACCESS_DENIED: Refusal = { status: 403, code: 'AccessDenied', message: 'Access Denied' };

interface Asked {
  readonly owner: SandboxAccount | undefined;
  /** Knows no keys. */
  readonly isBucket: boolean;
}

/** Either the account's keys or a valid signature, never both: as S3 has it. */
function refusalOf({ accounts, now }: Archive, { owner, isBucket }: Asked, { searchParams }: URL, request: IncomingMessage): Refusal | undefined {
  const signature = searchParams.get('X-Amz-Signature');
  if (signature === null && isBucket) return ACCESS_DENIED;
  if (signature === null) return keyRefusal(owner, accounts.find((account) => hasKeysOf(account, request)));
  if (request.headers.authorization !== undefined) return { status: 400, code: 'InvalidArgument', message: 'Only one auth mechanism allowed' };
  if (signature !== owner?.signature) return { status: 403, code: 'SignatureDoesNotMatch', message: 'The request signature does not match' };
  const signedAt = Date.parse((searchParams.get('X-Amz-Date') ?? '').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const isOver = !(now < signedAt + Number(searchParams.get('X-Amz-Expires')) * 1000);
  return isOver ? { status: 403, code: 'AccessDenied', message: 'Request has expired' } : undefined;
}

function keyRefusal(owner: SandboxAccount | undefined, asker: SandboxAccount | undefined): Refusal | undefined {
  if (asker === undefined) return { status: 401, code: 'AccessDenied', message: 'Access Denied' };
  return asker === owner ? undefined : NO_SUCH_KEY;
}

function refuse(response: ServerResponse, { status, code, message }: Refusal): void {
  xml(response, status, `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
