/** Trying an account's keys before they are kept, with a way on from every outcome. */
import { type Credentials, type Endpoint, endpointLabel, type Region, regionName } from '../../exotel/account';
import type { ProbeResult } from '../../exotel/client';
import type { ApiError } from '../../exotel/errors';
import { apiHost, otherRegion } from '../../exotel/origin';
import { shownText } from '../masks';
import { askChoice, busy, type Choice, type Move } from '../quickInput';
import { remediesOfProbe, sentencesOf } from '../report';

export type Probe = (credentials: Credentials, signal: AbortSignal) => Promise<ProbeResult>;

/** What is to become of keys that were tried. */
export type ProbeEnd =
  /** Good, or kept all the same; the endpoint may be another than before. */
  | { readonly kind: 'keep'; readonly credentials: Credentials }
  | { readonly kind: 'fix'; readonly what: 'endpoint' | 'accountSid' | 'apiKey' }
  | { readonly kind: 'closed' };

type WayOn = 'again' | 'other' | 'keep' | 'endpoint' | 'accountSid' | 'apiKey';

/** Tries the keys and asks what to do until they are good, kept anyway, to be changed, or given up. */
export async function tryKeys(credentials: Credentials, title: string, probe: Probe): Promise<ProbeEnd> {
  const tried = await busy({ title, placeholder: `Trying the keys at ${apiHost(credentials.endpoint, 'v2')}…`, hasBack: true }, (signal) => probe(credentials, signal));
  if (tried.kind === 'closed') return tried;
  if (tried.kind === 'back') return { kind: 'fix', what: 'apiKey' };
  if (tried.value.kind === 'good') return { kind: 'keep', credentials };
  const way = await askWayOn(tried.value.error, credentials.endpoint, title);
  if (way.kind === 'closed') return way;
  if (way.kind === 'back') return { kind: 'fix', what: 'apiKey' };
  switch (way.value) {
    case 'again':
      return tryKeys(credentials, title, probe);
    case 'other':
      return tryOtherRegion(credentials, title, probe);
    case 'keep':
      return { kind: 'keep', credentials };
    case 'endpoint':
    case 'accountSid':
    case 'apiKey':
      return { kind: 'fix', what: way.value };
  }
}

async function askWayOn(error: ApiError, endpoint: Endpoint, title: string): Promise<Move<WayOn>> {
  return askChoice<WayOn>({
    title: `${title}: the keys were not confirmed`,
    placeholder: 'What now?',
    hasBack: true,
    choices: [
      ...sentencesOf(error, shownText).map((label) => ({ label, icon: 'error' })),
      ...remediesOfProbe(error, endpoint).map((label) => ({ label, icon: 'info' })),
      ...waysOn(error, endpoint.kind === 'region' ? endpoint.region : undefined),
    ],
  });
}

function waysOn({ kind }: ApiError, region: Region | undefined): readonly Choice<WayOn>[] {
  const keys: Choice<WayOn> = { value: 'apiKey', label: 'Fix API Key and Token', icon: 'key' };
  const sid: Choice<WayOn> = { value: 'accountSid', label: 'Fix Account SID', icon: 'edit' };
  const other: readonly Choice<WayOn>[] =
    region === undefined
      ? []
      : [
          {
            value: 'other',
            label: 'Try Other Region…',
            description: `${regionName(otherRegion(region))}; asks before anything is sent`,
            icon: 'globe',
          },
        ];
  const again: Choice<WayOn> = { value: 'again', label: 'Try Again', icon: 'refresh' };
  const endpoint: Choice<WayOn> = { value: 'endpoint', label: 'Change Region or Endpoint', icon: 'server' };
  const keep: Choice<WayOn> = { value: 'keep', label: 'Keep Anyway', description: 'they can be changed later', icon: 'save' };
  if (kind === 'auth' || kind === 'forbidden') return [keys, ...other, sid, again, keep];
  if (kind === 'accountNotFound') return [sid, ...other, keys, again, keep];
  return [again, endpoint, keys, keep];
}

async function tryOtherRegion(credentials: Credentials, title: string, probe: Probe): Promise<ProbeEnd> {
  if (credentials.endpoint.kind === 'custom') return tryKeys(credentials, title, probe);
  const other: Credentials = { ...credentials, endpoint: { kind: 'region', region: otherRegion(credentials.endpoint.region) } };
  const answer = await askChoice<'send' | 'no'>({
    title: `${title}: other region`,
    placeholder: `Send this API key and token to ${apiHost(other.endpoint, 'v2')}?`,
    hasBack: true,
    choices: [
      { value: 'send', label: `Send to ${endpointLabel(other.endpoint)}`, description: apiHost(other.endpoint, 'v2'), icon: 'globe' },
      { value: 'no', label: 'Do Not Send', icon: 'close' },
    ],
  });
  if (answer.kind === 'closed') return answer;
  return tryKeys(answer.kind === 'answer' && answer.value === 'send' ? other : credentials, title, probe);
}
