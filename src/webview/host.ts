/** The page's way to the extension host, and what the page keeps for itself. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { DoctorMethods, DoctorState, HostMethods, KeptByPage, PanelState, StatePush } from '../shared/protocol';
import { connect, type Arguments, type Connection } from '../shared/rpc';

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: KeptByPage) => void;
};

/** Methods that give nothing back: asked for, not waited for. */
export type Command = { [K in keyof HostMethods]: HostMethods[K] extends (...args: never[]) => void ? (void extends ReturnType<HostMethods[K]> ? K : never) : never }[keyof HostMethods];

export interface Host {
  readonly call: Connection<HostMethods>['call'];
  /** Asks for something to be done; a failure is told to the person. */
  readonly ask: <K extends Command>(method: K, ...args: Arguments<HostMethods[K]>) => Promise<void>;
  /** Says a sentence to those who listen rather than look. */
  readonly announce: (sentence: string) => void;
  readonly kept: KeptByPage | undefined;
  readonly keep: (kept: KeptByPage) => void;
}

const HostContext = createContext<Host | undefined>(undefined);

export const HostProvider = HostContext.Provider;

/** The host that {@link HostProvider} gives. Throws outside of it. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === undefined) throw new Error('No host: the component stands outside HostProvider.');
  return host;
}

export interface Page extends Line<HostMethods, PanelState> {
  readonly kept: KeptByPage | undefined;
  readonly keep: (kept: KeptByPage) => void;
}

/** The way to the host of a page with these methods and this state. */
export interface Line<Methods, State> {
  readonly connection: Connection<Methods>;
  /** Hears each state that the host pushes. */
  readonly onState: (listener: (state: State) => void) => () => void;
}

function openLine<Methods, State>(post: (message: unknown) => void): Line<Methods, State> {
  const listen = (listener: (message: unknown) => void): (() => void) => {
    const hear = (event: MessageEvent<unknown>): void => listener(event.data);
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  };
  return {
    connection: connect<Methods>(post, listen),
    onState: (listener) => listen((message) => (isStatePush<State>(message) ? listener(message.state) : undefined)),
  };
}

/** Connects a call's page to its extension host. One of these is to be called, once: VS Code hands its API out once. */
export function openPage(): Page {
  const { postMessage, getState, setState } = acquireVsCodeApi();
  return { ...openLine<HostMethods, PanelState>(postMessage), kept: readKept(getState()), keep: setState };
}

/** The same for the page of *Diagnose Account*. */
export function openDoctorPage(): Line<DoctorMethods, DoctorState> {
  return openLine(acquireVsCodeApi().postMessage);
}

function isStatePush<State>(message: unknown): message is StatePush<State> {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'state' && 'state' in message;
}

/** What an earlier page kept, if it can be read. */
export function readKept(kept: unknown): KeptByPage | undefined {
  if (typeof kept !== 'object' || kept === null || !('sid' in kept) || !('account' in kept)) return undefined;
  const { sid, account } = kept;
  if (typeof sid !== 'string' || typeof account !== 'string') return undefined;
  const position = 'position' in kept && typeof kept.position === 'number' && kept.position > 0 ? kept.position : undefined;
  return { sid, account, ...(position === undefined ? {} : { position }) };
}
