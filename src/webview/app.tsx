import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { wholeSecond, type TimeFormat } from '../call/time';
import type { KeptByPage, PanelState } from '../shared/protocol';
import { CallView, Skeleton } from './call-view';
import { CancelledView, FailureActions, FailureView } from './failure-view';
import { HostProvider, useHost, type Host, type Page } from './host';
import { Icon } from './icon';
import { withKeptReply } from './kept-reply';
import { saidOf } from './said';
import { Guard } from './section';
import { Time } from './time';

/** The panel: asks for its state, hears each change, and shows it. */
export function App({ page }: { page: Page }): JSX.Element {
  const [state, setState] = useState<PanelState>();
  const [trouble, setTrouble] = useState<string>();
  const say = useRef<(sentence: string) => void>(() => undefined);

  const host = useMemo<Host>(() => hostOf(page, (sentence) => say.current(sentence), setTrouble), [page]);
  // Not after the next painting, which nothing is there for yet.
  useLayoutEffect(() => {
    const show = lastOf((next: PanelState) => setState((before) => withKeptReply(before, next)));
    const unlisten = page.onState(show);
    page.connection.call('getState').then(show, () => setTrouble('The extension did not answer this panel. Close it and look the call up again.'));
    return unlisten;
  }, [page]);
  useKept(host, state);
  useChangesSaid(host, state);

  return (
    <HostProvider value={host}>
      <Said say={say} />
      <main data-phase={state?.lookup.phase ?? 'loading'} aria-busy={state === undefined || state.lookup.phase === 'loading'}>
        {state !== undefined && (
          <Guard what="The call" of={state}>
            <Phase state={state} />
          </Guard>
        )}
        {trouble !== undefined && <Trouble sentence={trouble} onClose={() => setTrouble(undefined)} />}
      </main>
    </HostProvider>
  );
}

/** Hands on the last of what waits to be heard: VS Code keeps what is pushed before the page is there, and then brings all of it at once. */
function lastOf<T extends object>(hear: (value: T) => void): (value: T) => void {
  const { port1, port2 } = new MessageChannel();
  let last: T | undefined;
  port1.addEventListener('message', () => {
    if (last !== undefined) hear(last);
    last = undefined;
  });
  port1.start();
  return (value) => {
    if (last === undefined) port2.postMessage(null);
    last = value;
  };
}

/** What is told to those who listen. It changes by itself: nothing else is drawn anew for it. */
function Said({ say }: { say: RefObject<(sentence: string) => void> }): JSX.Element {
  const [said, setSaid] = useState('');
  say.current = setSaid;
  return (
    <div role="status" aria-live="polite" class="unseen">
      {said}
    </div>
  );
}

function hostOf(page: Page, announce: (sentence: string) => void, onTrouble: (sentence: string) => void): Host {
  const { connection } = page;
  let kept = page.kept;
  return {
    call: connection.call,
    async ask(method, ...args) {
      try {
        await connection.call(method, ...args);
      } catch {
        onTrouble('The extension could not do that. Its log says why.');
      }
    },
    announce,
    onPause: page.onPause,
    get kept() {
      return kept;
    },
    keep(next) {
      kept = next;
      page.keep(next);
    },
  };
}

/** Keeps which call this panel shows, for *Reload Window*. */
function useKept(host: Host, state: PanelState | undefined): void {
  const sid = state?.sid;
  const account = state?.account.id;
  useEffect(() => {
    if (sid === undefined || account === undefined) return;
    const same = host.kept?.sid === sid && host.kept.account === account;
    if (!same) host.keep({ sid, account } satisfies KeptByPage);
  }, [host, sid, account]);
}

/** Tells those who listen what a new state changed. */
function useChangesSaid(host: Host, state: PanelState | undefined): void {
  const before = useRef<PanelState>(undefined);
  useEffect(() => {
    if (state === undefined) return;
    const said = saidOf(before.current, state);
    before.current = state;
    if (said !== undefined) host.announce(said);
  }, [host, state]);
}

function Phase({ state }: { state: PanelState }): JSX.Element {
  const { lookup, timeZone, locale } = state;
  const format = useMemo<TimeFormat>(() => ({ timeZone, locale }), [timeZone, locale]);
  if (lookup.reply !== undefined)
    return (
      <>
        <CallView state={state} reply={lookup.reply} format={format} />
        <Stale state={state} format={format} />
      </>
    );
  if (lookup.phase === 'failed') return <FailureView state={state} failure={lookup.failure} format={format} />;
  return lookup.phase === 'cancelled' ? <CancelledView state={state} /> : <Skeleton state={state} />;
}

/** Says at the panel's lower edge, where nothing moves for it, that what is shown is an older answer. */
function Stale({ state, format }: { state: PanelState; format: TimeFormat }): JSX.Element | null {
  const { lookup } = state;
  if (lookup.reply === undefined || lookup.phase === 'filled' || lookup.phase === 'loading') return null;
  const failed = lookup.phase === 'failed';
  return (
    <div class="notice">
      <Icon name={failed ? 'error' : 'circle-slash'} severity={failed ? 'error' : 'neutral'} />
      <p>
        {failed ? lookup.failure.sentence : 'Refresh cancelled.'}{' '}
        <span class="quiet">
          Shown is the answer of <Time at={wholeSecond(lookup.reply.askedAt)} format={format} clockOnly />.
        </span>
      </p>
      <FailureActions actions={failed ? lookup.failure.actions : ['retry']} state={state} />
    </div>
  );
}

/** The extension host does not do what it is asked: rare, and never silent. */
function Trouble({ sentence, onClose }: { sentence: string; onClose: () => void }): JSX.Element {
  const host = useHost();
  return (
    <div class="notice" role="alert">
      <Icon name="error" severity="error" />
      <p>{sentence}</p>
      <div class="buttons">
        <button type="button" class="button secondary" onClick={() => void host.ask('showLog')}>
          Show Log
        </button>
        <button type="button" class="button secondary" onClick={onClose}>
          Dismiss
        </button>
      </div>
    </div>
  );
}
