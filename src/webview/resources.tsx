import type { JSX } from 'preact';
import type { Instant } from '../call/call';
import { requestName, resourceName, type RequestNote, type Resource } from '../call/request';
import { plainText } from '../call/text';
import { wholeSecond, type TimeFormat } from '../call/time';
import type { PanelState } from '../shared/protocol';
import { useHost } from './host';
import { Icon } from './icon';
import { Section } from './section';
import { Time } from './time';
import { ASKS_ALL } from './toolbar';
import { Value } from './value';

interface ResourcesProps {
  readonly state: PanelState;
  readonly requests: readonly RequestNote[];
  readonly format: TimeFormat;
  /** When the answer came; absent for a failure. */
  readonly askedAt?: Instant;
}

/** Every request of the lookup, and what came of it. */
export function Resources({ state, requests, format, askedAt }: ResourcesProps): JSX.Element {
  const aside = (
    <>
      {askedAt !== undefined && (
        <span>
          at <Time what="time of the answer" at={wholeSecond(askedAt)} format={format} clockOnly />
        </span>
      )}
      <AskAll loading={state.lookup.phase === 'loading'} />
    </>
  );
  return (
    <Section name="Resources asked" aside={aside}>
      {requests.length === 0 ? <p class="quiet">Nothing was asked.</p> : <Requests requests={requests} state={state} />}
    </Section>
  );
}

function AskAll({ loading }: { loading: boolean }): JSX.Element {
  const host = useHost();
  return (
    <button type="button" class="link" title={ASKS_ALL} aria-disabled={loading} onClick={() => (loading ? undefined : void host.ask('askAllResources'))}>
      Ask All Resources
    </button>
  );
}

function Requests({ requests, state }: { requests: readonly RequestNote[]; state: PanelState }): JSX.Element {
  return (
    <table class="resources">
      <thead class="unseen">
        <tr>
          <th scope="col">Resource</th>
          <th scope="col">Host</th>
          <th scope="col">Answer</th>
          <th scope="col">Request ID</th>
          <th scope="col">As it came</th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request, index) => (
          <Request key={index} request={request} raw={rawOf(request, requests, state.raw)} />
        ))}
      </tbody>
    </table>
  );
}

/** Of several tries the last one's answer is kept. */
function rawOf(request: RequestNote, requests: readonly RequestNote[], raw: readonly Resource[]): Resource | undefined {
  const last = requests.findLast(({ resource, status }) => resource === request.resource && status !== undefined);
  return last === undefined || last === request ? raw.find((resource) => resource === request.resource) : undefined;
}

function Request({ request, raw }: { request: RequestNote; raw: Resource | undefined }): JSX.Element {
  const { resource, method, host, path, status, milliseconds, requestId, failure } = request;
  const name = requestName(request);
  return (
    <>
      <tr data-resource={resource} class={failure === undefined ? undefined : 'has-note'}>
        <th scope="row">
          <Icon name={failure === undefined ? 'check' : 'circle-slash'} severity="neutral" /> {name}
        </th>
        <td>
          <Value what={`address of ${name}`} text={`${method} ${host}${path}`} shown={host} />
        </td>
        <td>
          {status ?? 'no answer'} <small>in {milliseconds} ms</small>
        </td>
        <td>{requestId !== undefined && <Value what={`request ID of ${name}`} text={requestId} elideAt={20} mono />}</td>
        <td>{raw !== undefined && <RawJson resource={raw} />}</td>
      </tr>
      {failure !== undefined && (
        <tr class="note">
          <td colSpan={5}>{plainText(failure, 400)}</td>
        </tr>
      )}
    </>
  );
}

function RawJson({ resource }: { resource: Resource }): JSX.Element {
  const host = useHost();
  return (
    <button type="button" class="link" aria-label={`Raw JSON of ${resourceName(resource)}`} onClick={() => void host.ask('openRawJson', resource)}>
      Raw JSON
    </button>
  );
}

/** The same room before the answer. */
export function ResourcesSkeleton(): JSX.Element {
  return (
    <Section name="Resources asked">
      <p class="bones">
        <span class="bone short" />
      </p>
    </Section>
  );
}
