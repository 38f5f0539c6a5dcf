/** What a path asks for. */
import type { Resource } from '../call/request';

export interface CallRoute {
  readonly resource: Resource;
  /** Of the path: legs are asked for below v2 and below v3. */
  readonly version: 'v1' | 'v2' | 'v3';
  readonly accountSid: string;
  readonly callSid: string;
  /** v1 without `.json` answers XML. */
  readonly asXml: boolean;
}

const CCM = /^\/(v2|v3)\/accounts\/([^/]+)\/calls\/([^/]+)(\/legs)?$/;
const V1 = /^\/v1\/Accounts\/([^/]+)\/Calls\/([^/]+?)(\.json)?$/;
const RECORDING = /^\/recordings\/([^/]+)\/([^/]+)\.(?:wav|mp3)$/;

/** The call that a path asks for, if it does. */
export function callRoute(pathname: string): CallRoute | undefined {
  const [, version, accountSid, callSid, legs] = CCM.exec(pathname) ?? [];
  if ((version === 'v2' || version === 'v3') && accountSid !== undefined && callSid !== undefined) {
    return { resource: legs === undefined ? version : 'legs', version, accountSid: decoded(accountSid), callSid: decoded(callSid), asXml: false };
  }
  const [, v1Account, v1Call, asJson] = V1.exec(pathname) ?? [];
  if (v1Account === undefined || v1Call === undefined) return undefined;
  return { resource: 'v1', version: 'v1', accountSid: decoded(v1Account), callSid: decoded(v1Call), asXml: asJson === undefined };
}

interface RecordingRoute {
  readonly accountSid: string;
  readonly callSid: string;
}

/** The recording that a path asks for, if it does. */
export function recordingRoute(pathname: string): RecordingRoute | undefined {
  const [, accountSid, callSid] = RECORDING.exec(pathname) ?? [];
  return accountSid === undefined || callSid === undefined ? undefined : { accountSid: decoded(accountSid), callSid: decoded(callSid) };
}

export function isRecordingPath(path: string): boolean {
  return path.startsWith('/recordings/');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
