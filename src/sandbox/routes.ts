/** What a path asks for. */
import type { AskedResource } from '../call/request';

export interface CallRoute {
  readonly resource: AskedResource;
  /** Of the path: legs are asked for below v2 and below v3. */
  readonly version: 'v1' | 'v2' | 'v3';
  readonly accountSid: string;
  readonly callSid: string;
  /** v1 without `.json` answers XML. */
  readonly asXml: boolean;
}

const CCM = /^\/(v2|v3)\/accounts\/([^/]+)\/calls\/([^/]+)(\/legs)?$/;
const V1 = /^\/v1\/Accounts\/([^/]+)\/Calls\/([^/]+?)(\.json)?$/;
const VOICE_LOGS = /^\/v3\/accounts\/([^/]+)\/calls\/([^/]+)\/voice-logs$/;
const RECORDING = /^\/(recordings|exotelrecordings)\/([^/]+)\/([^/]+)\.(?:wav|mp3)$/;

/** The call that a path asks for, if it does. */
export function callRoute(pathname: string): CallRoute | undefined {
  const [, version, accountSid, callSid, legs] = CCM.exec(pathname) ?? [];
  if ((version === 'v2' || version === 'v3') && accountSid !== undefined && callSid !== undefined) {
    return { resource: legs === undefined ? version : 'legs', version, accountSid: decoded(accountSid), callSid: decoded(callSid), asXml: false };
  }
  const [, logAccount, logCall] = VOICE_LOGS.exec(pathname) ?? [];
  if (logAccount !== undefined && logCall !== undefined) {
    return { resource: 'voiceLogs', version: 'v3', accountSid: decoded(logAccount), callSid: decoded(logCall), asXml: false };
  }
  const [, v1Account, v1Call, asJson] = V1.exec(pathname) ?? [];
  if (v1Account === undefined || v1Call === undefined) return undefined;
  return { resource: 'v1', version: 'v1', accountSid: decoded(v1Account), callSid: decoded(v1Call), asXml: asJson === undefined };
}

export interface RecordingRoute {
  readonly accountSid: string;
  readonly callSid: string;
  /** Where signatures alone are good. */
  readonly isBucket: boolean;
}

/** The recording that a path asks for, if it does. */
export function recordingRoute(pathname: string): RecordingRoute | undefined {
  const [, place, accountSid, callSid] = RECORDING.exec(pathname) ?? [];
  if (accountSid === undefined || callSid === undefined) return undefined;
  return { accountSid: decoded(accountSid), callSid: decoded(callSid), isBucket: place !== 'recordings' };
}

export function isRecordingPath(path: string): boolean {
  return /^\/(?:exotel)?recordings\//.test(path);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
