/** What each check of *Diagnose Account* makes of what came: one row of the table each. Pure. */
import type { Checkup, CheckupId, CheckupResult, Cure, Diagnosis } from '../call/diagnosis';
import { type Resource, resourceName } from '../call/request';
import { formatDuration } from '../call/time';
import { type Endpoint, endpointLabel } from './account';
import type { OneAnswer } from './lookup';
import { inOtherRegion } from './origin';
import { isCallNotFound } from './refusals';
import type { NoAnswer } from './transport';

/** A request without keys: whether anybody answers at all. */
export interface Knock {
  readonly origin: string;
  readonly host: string;
  readonly milliseconds: number;
  readonly status?: number;
  readonly failure?: NoAnswer;
  /** By the `Date` header: how far this machine's clock is ahead. */
  readonly clockAheadMs?: number;
}

/** What each resource answered. */
export type Answers = Readonly<Record<Resource, OneAnswer>>;

/** What the other region said; why it was not asked; or that nobody had to ask it. */
export type Away = { readonly kind: 'asked'; readonly endpoint: Endpoint; readonly v2: OneAnswer; readonly v1: OneAnswer } | { readonly kind: 'declined' } | { readonly kind: 'notNeeded' } | { readonly kind: 'none' };

/** Clocks that differ by less do no harm. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Whether an answer shows that key and token were accepted. */
function acceptance({ error }: OneAnswer): 'yes' | 'no' | 'unclear' {
  if (error === undefined) return 'yes';
  if (error.kind === 'auth') return 'no';
  return isCallNotFound(error) ? 'yes' : 'unclear';
}

export function acceptedBy(answers: Answers): readonly Resource[] {
  return (['v2', 'v3', 'v1'] as const).filter((resource) => acceptance(answers[resource]) === 'yes');
}

export function isRefusedByAll({ v2, v3, v1 }: Answers): boolean {
  return [v2, v3, v1].every((asked) => acceptance(asked) === 'no');
}

export function unknownAccount({ v2, v3, v1 }: Answers): OneAnswer | undefined {
  return [v2, v3, v1].find(({ error }) => error?.kind === 'accountNotFound');
}

export function reachCheckup(knocks: readonly Knock[]): Checkup {
  const asked = `${knocks.map(({ host }) => host).join(', ')}, without keys`;
  const came = knocks.map(({ status, milliseconds, failure }) => (failure === undefined ? `${String(status)} in ${String(milliseconds)} ms` : (failure.code ?? failure.kind))).join('; ');
  const failed = knocks.flatMap(({ failure }) => (failure === undefined || failure.kind === 'tls' || failure.kind === 'badReply' ? [] : [failure]));
  if (failed.length === 0) return { id: 'reach', result: 'good', asked, came, means: knocks.length > 1 ? 'Both hosts of the region answer.' : 'The host answers.' };
  return {
    id: 'reach',
    result: 'bad',
    asked,
    came,
    means: failed.map(({ sentence }) => sentence).join(' '),
    todo: 'Check the network, a VPN or firewall, and the proxy in the setting http.proxy.',
  };
}

export function tlsCheckup(knocks: readonly Knock[]): Checkup {
  const asked = 'the same requests';
  const broken = knocks.flatMap(({ failure }) => (failure?.kind === 'tls' ? [failure] : []));
  if (broken.length > 0) {
    return {
      id: 'tls',
      result: 'bad',
      asked,
      came: broken.map(({ code }) => code ?? 'no secure connection').join('; '),
      means: broken.map(({ sentence }) => sentence).join(' '),
      todo: 'A proxy or virus scanner may be replacing certificates: have its certificate added to this machine’s trusted ones. Check this machine’s clock as well.',
    };
  }
  const answered = knocks.filter(({ failure }) => failure === undefined);
  if (answered.length === 0) return skipped('tls', 'Not known: no connection came about.');
  if (answered.every(({ origin }) => origin.startsWith('http:'))) return { id: 'tls', result: 'good', asked, came: 'plain http', means: 'The endpoint is on this machine: nothing leaves it unencrypted.' };
  const skew = answered.find(({ clockAheadMs }) => Math.abs(clockAheadMs ?? 0) > CLOCK_TOLERANCE_MS)?.clockAheadMs;
  const accepted = { id: 'tls', result: 'good', asked, came: 'a valid certificate', means: 'The connection is encrypted and the certificate was accepted.' } as const;
  if (skew === undefined) return accepted;
  const [far, side] = [formatDuration(Math.round(Math.abs(skew) / 1000)), skew > 0 ? 'ahead of' : 'behind'];
  return { ...accepted, means: `${accepted.means} This machine’s clock is ${far} ${side} the server’s.`, todo: 'Set this machine’s clock: times on the panel are compared with it.' };
}

export function proxyCheckup(knocks: readonly Knock[], answers: readonly OneAnswer[], proxy: string | undefined): Checkup {
  const asked = proxy === undefined ? 'the settings of VS Code and the environment' : proxy;
  const refused = [...knocks.map(({ failure }) => failure?.code ?? ''), ...answers.map(({ error }) => error?.details.code ?? '')].find((code) => /PROXY|TUNNEL/.test(code));
  const wantsSignIn = refused?.startsWith('ERR_PROXY_AUTH') === true || knocks.some(({ status }) => status === 407) || answers.some(({ note }) => note.status === 407);
  if (wantsSignIn || refused !== undefined) {
    return {
      id: 'proxy',
      result: 'bad',
      asked,
      came: refused ?? '407',
      means: wantsSignIn ? 'The proxy asks for a sign-in before it lets requests through.' : 'The proxy did not let the request through.',
      todo: 'Give http.proxy a user name and password that the proxy takes, or ask who runs it to let Exotel’s hosts through.',
    };
  }
  const page = answers.find(({ error, note }) => error?.kind === 'badReply' || note.status === 511);
  if (page !== undefined) {
    return {
      id: 'proxy',
      result: 'unclear',
      asked,
      came: cameOf(page),
      means: 'Something else than Exotel’s API may have answered: a proxy, a sign-in page, or another server.',
      todo: 'Sign in to the network in a browser, or check the endpoint.',
    };
  }
  if (proxy === undefined) return { id: 'proxy', result: 'good', asked, came: 'none is set', means: 'Requests go out directly, or as the system has it.' };
  const answered = knocks.some(({ failure }) => failure === undefined);
  return answered
    ? { id: 'proxy', result: 'good', asked, came: 'an answer through it', means: 'The proxy lets requests through.' }
    : { id: 'proxy', result: 'unclear', asked, came: 'no answer', means: 'The proxy may be what keeps requests from getting through.', todo: 'Check the proxy in the setting http.proxy.' };
}

export function keysCheckup(here: Answers): Checkup {
  const { asked, came } = both(here.v2, here.v1);
  const row = { id: 'keys', asked, came } as const;
  const accepted = acceptedBy(here);
  if (accepted.length > 0) return { ...row, result: 'good', means: `The key and the token are accepted by ${names(accepted)}.` };
  if (isRefusedByAll(here)) return { ...row, result: 'bad', means: 'No resource of this region accepts the key and the token.', todo: 'Copy them anew from Settings → API Settings of the dashboard, and check the region.' };
  return { ...row, result: 'unclear', means: 'What came does not tell whether the key and the token are good.', todo: whatElse(here.v2) };
}

export function otherRegionCheckup(endpoint: Endpoint, here: Answers, away: Away): Checkup {
  if (away.kind === 'none') return skipped('otherRegion', 'A custom endpoint has no other region.');
  if (away.kind === 'declined') return skipped('otherRegion', 'Not asked: you chose not to send the keys there.');
  if (away.kind === 'notNeeded') {
    return skipped('otherRegion', acceptedBy(here).length > 0 ? 'Not asked: the keys are good in this region.' : 'Not asked: first something has to answer in this region.');
  }
  const row = { id: 'otherRegion', ...both(away.v2, away.v1) } as const;
  const [there, set] = [regionOf(away.endpoint), regionOf(endpoint)];
  if ([away.v2, away.v1].some((asked) => acceptance(asked) === 'yes')) {
    return { ...row, result: 'good', means: `The key and the token belong to ${there}, and this account is set to ${set}.`, todo: `Set the account’s region to ${there}.` };
  }
  if ([away.v2, away.v1].every((asked) => acceptance(asked) === 'no')) return { ...row, result: 'bad', means: `${there} does not accept them either.` };
  return { ...row, result: 'unclear', means: `What ${there} answered does not tell.` };
}

export function accountSidCheckup(here: Answers): Checkup {
  const missing = unknownAccount(here);
  if (missing !== undefined) {
    return { id: 'accountSid', result: 'bad', ...both(missing), means: 'No account with this account SID is known here.', todo: 'Copy the account SID anew from Settings → API Settings of the dashboard.' };
  }
  const [witness] = acceptedBy(here);
  if (witness === undefined) return skipped('accountSid', 'Not known: as long as the keys are not accepted, nothing tells of the account SID.');
  const { asked, came } = both(here[witness]);
  return { id: 'accountSid', result: 'good', asked, came, means: 'The account is known: only the call that was asked for is not, which cannot exist.' };
}

export function ccmCheckup(here: Answers): Checkup {
  const row = { id: 'ccm', ...both(here.v2, here.v3) } as const;
  const accepted = acceptedBy(here);
  if (accepted.includes('v2') || accepted.includes('v3')) return { ...row, result: 'good', means: `${names(accepted.filter((resource) => resource !== 'v1'))} can be asked.` };
  const isRefused = [here.v2, here.v3].every(({ error }) => error?.kind === 'auth' || error?.kind === 'forbidden');
  if (accepted.includes('v1') && isRefused) {
    return { ...row, result: 'off', means: 'The keys are good, but the account has no access to CCM: calls are looked up through v1.', todo: 'Exotel’s support can enable CCM for the account.' };
  }
  if (isRefused) return { ...row, result: 'unclear', means: 'Refused, as long as the keys are.' };
  return { ...row, result: 'unclear', means: 'What came does not tell whether the account has CCM.', todo: whatElse(here.v2) };
}

export function legsCheckup(here: Answers, ofRealCall: boolean): Checkup {
  const { legs } = here;
  const row = { id: 'legs', ...both(legs) } as const;
  if (acceptedBy(here).length === 0) return { ...row, result: 'unclear', means: 'Not known, as long as the keys are refused.' };
  if (legs.error === undefined) return { ...row, result: 'good', means: 'Leg details are enabled.' };
  const { kind } = legs.error;
  const { code } = legs.error.details;
  if (code === CODE_LEGS_NOT_FOUND || (!ofRealCall && kind === 'notFound' && code !== undefined)) return { ...row, result: 'good', means: 'The legs resource answers; it has no legs for this call.' };
  if (kind === 'auth' || kind === 'forbidden' || kind === 'notFound') {
    return { ...row, result: 'off', means: 'Leg details are not enabled for the account: calls are shown without their legs.', todo: 'Exotel’s support can enable leg details for the account.' };
  }
  return { ...row, result: 'unclear', means: 'What came does not tell whether leg details are enabled.', todo: whatElse(legs) };
}

const CODE_LEGS_NOT_FOUND = '10743';

export function v1Checkup(here: Answers): Checkup {
  const row = { id: 'v1', ...both(here.v1) } as const;
  const taken = acceptance(here.v1);
  if (taken === 'yes') return { ...row, result: 'good', means: 'v1 can be asked: it also knows calls that were not placed through CCM.' };
  if (acceptedBy(here).length > 0) return { ...row, result: 'off', means: 'v1 does not answer for this account: only calls that CCM knows are found.' };
  return { ...row, result: 'unclear', means: taken === 'no' ? 'Refused, as long as the keys are.' : 'What came does not tell.' };
}

export function concluded(checkups: readonly Checkup[], endpoint: Endpoint): Diagnosis {
  const result = (id: CheckupId): CheckupResult | undefined => checkups.find((checkup) => checkup.id === id)?.result;
  const say = (conclusion: string, works: boolean, cure?: Cure): Diagnosis => ({ checkups, conclusion, works, ...(cure === undefined ? {} : { cure }) });
  if (result('reach') === 'bad' && result('keys') === 'good') return say('One host of the region is not reached; the other one answers.', true);
  if (result('proxy') === 'bad') return say('A proxy keeps requests from getting through.', false);
  if (result('reach') === 'bad') return say('Exotel is not reached from this machine.', false);
  if (result('tls') === 'bad') return say('The connection to Exotel is not secure, and so nothing is sent.', false);
  const other = inOtherRegion(endpoint);
  if (result('otherRegion') === 'good' && other !== undefined) return say(`The keys belong to ${regionOf(other)}, and this account is set to ${regionOf(endpoint)}.`, false, 'useOtherRegion');
  if (result('accountSid') === 'bad') return say('The account SID is not known in this region.', false, 'editAccount');
  if (result('keys') === 'bad') return say('The API key and token are not accepted.', false, 'updateCredentials');
  if (result('keys') === 'unclear') return say('Something answers, but not as Exotel’s API does: the checks do not tell whether the keys are good.', false, 'editAccount');
  if (result('ccm') === 'off') return say('The keys are good; the account has no CCM, so calls are looked up through v1.', true);
  if (result('legs') === 'off') return say('Everything needed answers; only leg details are not enabled.', true);
  return say('Everything answers: calls of this account can be looked up.', true);
}

/** The region's name; where it is on this machine makes no difference here. */
function regionOf(endpoint: Endpoint): string {
  return endpointLabel(endpoint).replace(/,.*/, '');
}

function names(resources: readonly Resource[]): string {
  return resources.length < 2 ? resources.join('') : `${resources.slice(0, -1).join(', ')} and ${resources.at(-1) ?? ''}`;
}

function both(...answers: readonly OneAnswer[]): { readonly asked: string; readonly came: string } {
  const hosts = [...new Set(answers.map(({ note: { host } }) => host))];
  const asked = hosts.map((host) => `${namesAt(host, answers).join(' and ')} at ${host}`);
  return { asked: asked.join('; '), came: answers.map(cameOf).join('; ') };
}

function namesAt(host: string, answers: readonly OneAnswer[]): readonly string[] {
  return answers.flatMap(({ note }) => (note.host === host ? [resourceName(note.resource)] : []));
}

function cameOf({ note: { status, milliseconds }, error }: OneAnswer): string {
  const code = error?.details.code === undefined ? '' : ` (${error.details.code})`;
  return `${status === undefined ? 'no answer' : String(status)}${code} in ${String(milliseconds)} ms`;
}

/** What an answer that decides nothing suggests. */
function whatElse({ error }: OneAnswer): string {
  switch (error?.kind) {
    case 'rateLimited':
      return 'The account has used up its requests: wait a minute and run the checks again.';
    case 'forbidden':
      return 'The plan or the state of the account may not allow it: see the dashboard, or ask Exotel’s support.';
    case 'server':
    case 'timeout':
    case 'network':
      return 'Run the checks again in a minute.';
    case undefined:
    case 'auth':
    case 'accountNotFound':
    case 'notFound':
    case 'tls':
    case 'badReply':
    case 'cancelled':
      return 'Check the region or the endpoint of the account.';
  }
}

export function skipped(id: CheckupId, means: string): Checkup {
  return { id, result: 'skipped', asked: '', came: '', means };
}
