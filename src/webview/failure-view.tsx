import type { JSX } from 'preact';
import { shortSid } from '../call/sid';
import type { TimeFormat } from '../call/time';
import type { Failure, FailureAction, PanelState } from '../shared/protocol';
import { Foot } from './foot';
import { Headline } from './headline';
import { useHost, type Host } from './host';
import { Resources } from './resources';
import { withoutStop } from './text';
import { Toolbar } from './toolbar';
import { Value } from './value';

const ACTIONS: Readonly<Record<FailureAction, { readonly label: string; readonly run: (host: Host, state: PanelState) => void }>> = {
  retry: { label: 'Retry', run: (host) => void host.ask('refresh') },
  otherAccount: { label: 'Look Up With Another Account', run: (host) => void host.ask('lookUpElsewhere') },
  updateCredentials: { label: 'Update Credentials', run: (host) => void host.ask('updateCredentials') },
  diagnose: { label: 'Diagnose Account', run: (host) => void host.ask('diagnose') },
  openProxySettings: { label: 'Proxy Settings', run: (host) => void host.ask('openProxySettings') },
  showLog: { label: 'Show Log', run: (host) => void host.ask('showLog') },
  openRawReply: { label: 'Raw Reply', run: (host, { raw: [resource] }) => void (resource !== undefined && host.ask('openRawJson', resource)) },
};

/** The buttons beside a failure; the first is the likeliest remedy. */
export function FailureActions({ actions, state }: { actions: readonly FailureAction[]; state: PanelState }): JSX.Element {
  const host = useHost();
  return (
    <div class="buttons">
      {actions.map((action, index) => {
        const { label, run } = ACTIONS[action];
        return (
          <button key={action} type="button" class={index === 0 ? 'button' : 'button secondary'} onClick={() => run(host, state)}>
            {label}
          </button>
        );
      })}
    </div>
  );
}

/** A lookup that gave no call: what failed, what to do, where it was asked. */
export function FailureView({ state, failure, format }: { state: PanelState; failure: Failure; format: TimeFormat }): JSX.Element {
  const { requests, said } = failure;
  return (
    <>
      <Headline icon="error" severity="error" headline={withoutStop(failure.sentence)} tools={<Toolbar state={state} />}>
        {said !== undefined && <p class="why">The answer says: “{said}”</p>}
        {failure.remedies.length === 1 ? (
          <p class="why">{failure.remedies[0]}</p>
        ) : (
          <ul class="remedies">
            {failure.remedies.map((remedy) => (
              <li key={remedy}>{remedy}</li>
            ))}
          </ul>
        )}
        <FailureActions actions={failure.actions} state={state} />
      </Headline>
      <dl class="facts wide">
        <SidAskedFor sid={state.sid} />
      </dl>
      <Resources state={state} requests={requests} format={format} />
      <Foot state={state} />
    </>
  );
}

function SidAskedFor({ sid }: { sid: string }): JSX.Element {
  return (
    <div>
      <dt>Call SID</dt>
      <dd>
        <Value what="call SID" text={sid} elideAt={34} mono />
      </dd>
    </div>
  );
}

/** A lookup that the person ended. */
export function CancelledView({ state }: { state: PanelState }): JSX.Element {
  return (
    <>
      <Headline icon="circle-slash" severity="neutral" headline="Lookup cancelled" tools={<Toolbar state={state} />}>
        <p class="why">{shortSid(state.sid)} was not looked up.</p>
        <FailureActions actions={['retry']} state={state} />
      </Headline>
      <dl class="facts wide">
        <SidAskedFor sid={state.sid} />
      </dl>
      <Foot state={state} />
    </>
  );
}
