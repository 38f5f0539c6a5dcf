/** What went wrong, for a person: what failed, what to do, and the buttons that help. */
import { DETAILS_RESOURCES } from '../call/request';
import type { Failure, FailureAction } from '../shared/protocol';
import { otherRegion } from '../exotel/origin';
import { type Endpoint, regionName } from '../exotel/account';
import { ApiError, type ApiErrorKind } from '../exotel/errors';
import { type Account, AccountError, accountRemedy } from './accounts/account';

/** What a refusal of good-looking keys means. Facts: src/exotel/README.md, "Errors". */
function refusalCauses(error: ApiError, endpoint: Endpoint | undefined, ccm: string): readonly string[] {
  const cause = v1Refused(error) ? 'v1, which needs no CCM, refused as well: it is hardly for want of CCM (the voice v2 API) alone.' : ccm;
  return ['The API key or the token is wrong, or was replaced in the dashboard.', otherRegionCause(endpoint), cause];
}

function v1Refused({ details: { requests = [] } }: ApiError): boolean {
  return requests.some(({ resource, status }) => resource === 'v1' && (status === 401 || status === 403));
}

function otherRegionCause(endpoint: Endpoint | undefined): string {
  if (endpoint?.kind !== 'region') return 'The keys belong to another region or server.';
  return `The keys belong to the other region: this account is set to ${regionName(endpoint.region)}, not ${regionName(otherRegion(endpoint.region))}.`;
}

/** Why a lookup failed. `account` is the one that was asked with, where it is still there. */
export function failureOf(error: unknown, account: Account | undefined): Failure {
  if (error instanceof ApiError) return apiFailure(error, account);
  if (error instanceof AccountError) return accountFailure(error);
  return {
    kind: 'internal',
    sentence: 'The lookup failed inside this extension.',
    remedies: ['Try again. If it fails again, the log says more.'],
    actions: ['retry', 'showLog'],
    requests: [],
  };
}

/** What failed, in a sentence, and the answer's own words where it had any, as they are to be shown. */
export function sentencesOf({ message, details: { said } }: ApiError, shown: (said: string) => string): readonly string[] {
  return said === undefined ? [message] : [message, `The answer says: “${shown(said)}”.`];
}

/** What to do about it: one to three sentences. `endpoint`: where it was asked, for a kept account. */
function remediesOf(error: ApiError, endpoint: Endpoint | undefined): readonly string[] {
  switch (error.kind) {
    case 'auth':
      return refusalCauses(error, endpoint, 'CCM (the voice v2 API) is not enabled on the account: Exotel support can enable it.');
    case 'forbidden':
      return error.details.status === 402
        ? ['The plan or the balance of the account does not allow this request: see the dashboard.']
        : refusalCauses(error, endpoint, 'CCM (the voice v2 API) is not enabled on the account, or the account is suspended: Exotel support knows.');
    case 'notFound':
      return [
        'The SID may belong to another account or to the other region.',
        ...askedSentence(error),
        'A call that was placed a moment ago may take a few seconds to appear.',
      ];
    case 'accountNotFound':
      return ['Check the account SID: in the dashboard it is under Settings → API Settings.', 'The account may live in the other region.'];
    case 'rateLimited':
      return [waitSentence(error.details.retryAfterSeconds), 'Exotel allows 200 requests a minute for each account, whoever sends them.'];
    case 'server':
      return [`The fault is on the server’s side: ${waitWords(error.details.retryAfterSeconds ?? 60)}.`];
    case 'network':
      return networkRemedies(error);
    case 'tls':
      return [
        'A proxy or virus scanner may be replacing certificates: have its certificate added to this machine’s trusted ones.',
        'Check that this machine’s date and time are right.',
        SIGN_IN,
      ];
    case 'timeout':
      return ['Try again; on a slow connection raise the setting exotel.requestTimeoutSeconds.'];
    case 'cancelled':
      return ['Look the call up again when you want it.'];
    case 'badReply':
      return ['A proxy, a sign-in page or another server may have answered in Exotel’s place.', SIGN_IN];
  }
}

const SIGN_IN = 'Where the network asks for a sign-in, as in hotels and trains, open any page in a browser, sign in, and try again.';

function networkRemedies(error: ApiError): readonly string[] {
  if (error.details.status === 511) return [SIGN_IN];
  if (!isOfProxy(error)) return ['Check the network connection, and the proxy in the setting http.proxy.'];
  const wantsSignIn = error.details.status === 407 || error.details.code?.startsWith('ERR_PROXY_AUTH') === true;
  const todo = wantsSignIn ? 'Give http.proxy a user name and password that the proxy takes' : 'Check the setting http.proxy';
  return [`${todo}, or ask who runs the proxy to let Exotel’s hosts through.`];
}

/** The proxy itself refused, or could not be reached. A code beside a status is the server's own word. */
function isOfProxy({ details: { status, code = '' } }: ApiError): boolean {
  return status === undefined ? /PROXY|TUNNEL/.test(code) : status === 407;
}

/** Which resources were asked for the details in vain. */
function askedSentence({ details: { requests = [] } }: ApiError): readonly string[] {
  const asked = DETAILS_RESOURCES.filter((each) => requests.some(({ resource }) => resource === each));
  const [only] = asked;
  if (only === undefined) return [];
  if (asked.length === 1) return [`Only ${only} was asked, as the account is set: Choose Resource… in its menu lets the others be asked too.`];
  return [`${asked.slice(0, -1).join(', ')} and ${String(asked.at(-1))} were asked, and none has this call.`];
}

/** The same for keys that were tried: the call asked for cannot exist, so that "not found" says nothing of a SID. */
export function remediesOfProbe(error: ApiError, endpoint: Endpoint): readonly string[] {
  if (error.kind !== 'notFound') return remediesOf(error, endpoint);
  return ['This server does not answer as Exotel’s v2 API does: check the region or the endpoint, and the account SID.'];
}

function apiFailure(error: ApiError, account: Account | undefined): Failure {
  const { requests = [], bodies = [], said } = error.details;
  return {
    kind: error.kind,
    sentence: error.message,
    ...(said === undefined ? {} : { said }),
    remedies: remediesOf(error, account?.kind === 'kept' ? account.endpoint : undefined),
    actions: [...actionsOf(error, account), ...(bodies.length === 0 ? [] : (['openRawReply'] as const)), 'showLog'],
    requests,
  };
}

/** What *Diagnose Account* can tell more of: who stands between this machine and Exotel. */
const WAY_IS_UNSURE: ReadonlySet<ApiErrorKind> = new Set<ApiErrorKind>(['network', 'tls', 'timeout', 'badReply']);

function actionsOf(error: ApiError, account: Account | undefined): readonly FailureAction[] {
  const { kind } = error;
  if (kind === 'notFound') return ['retry', 'diagnose'];
  if (isOfProxy(error)) return ['openProxySettings', 'retry', 'diagnose'];
  const isKeyTrouble = kind === 'auth' || kind === 'forbidden' || kind === 'accountNotFound';
  if (!isKeyTrouble) return WAY_IS_UNSURE.has(kind) ? ['retry', 'diagnose'] : ['retry'];
  return account?.kind === 'kept' ? ['updateCredentials', 'diagnose', 'retry'] : ['diagnose', 'retry'];
}

function waitSentence(seconds: number | undefined): string {
  if (seconds === undefined) return 'Wait a minute and try again.';
  return `${waitWords(seconds).replace(/^t/, 'T')}.`;
}

function waitWords(seconds: number): string {
  if (seconds <= 1) return 'try again';
  if (seconds === 60) return 'try again in a minute';
  const [unit, size] = seconds < 120 ? ['seconds', 1] : seconds < 7200 ? ['minutes', 60] : ['hours', 3600];
  return `try again in ${String(Math.ceil(seconds / size))} ${unit}`;
}

function accountFailure(error: AccountError): Failure {
  return {
    kind: error.kind,
    sentence: error.message,
    remedies: [accountRemedy(error)],
    actions: error.kind === 'unknownAccount' ? ['otherAccount', 'showLog'] : ['retry', 'showLog'],
    requests: [],
  };
}
