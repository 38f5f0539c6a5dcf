/** The page's way to the extension host, and what the page keeps for itself. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { DoctorMethods, DoctorState, HostMethods, KeptByPage, PanelState, PausePush, StatePush } from '../shared/protocol';
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
  /** Hears that another panel begins to play. Gives what ends that. */
  readonly onPause: (listener: () => void) => () => void;
}

const HostContext = createContext<Host | undefined>(undefined);

export const HostProvider = HostContext.Provider;

/** The host that {@link HostProvider} gives. Throws outside of it. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === undefined) throw new Error('No host: the component stands outside HostProvider.');
  return host;
}

export interface Page extends Line<HostMethods, PanelState>, Pick<Host, 'kept' | 'keep' | 'onPause'> {}

/** The way to the host of a page with these methods and this state. */
export interface Line<Methods, State> {
  readonly connection: Connection<Methods>;
  /** Hears each state that the host pushes. */
  readonly onState: (listener: (state: State) => void) => () => void;
}

function listen(listener: (message: unknown) => void): () => void {
  const hear = (event: MessageEvent<unknown>): void => listener(event.data);
  window.addEventListener('message', hear);
  return () => window.removeEventListener('message', hear);
}

function openLine<Methods, State>(post: (message: unknown) => void): Line<Methods, State> {
  return {
    connection: connect<Methods>(post, listen),
    onState: (listener) => listen((message) => (isStatePush<State>(message) ? listener(message.state) : undefined)),
  };
}

/** Connects a call's page to its extension host. One of these is to be called, once: VS Code hands its API out once. */
export function openPage(): Page {
  const { postMessage, getState, setState } = acquireVsCodeApi();
  return { ...openLine<HostMethods, PanelState>(postMessage), kept: readKept(getState()), keep: setState, onPause: (listener) => listen((message) => (isPausePush(message) ? listener() : undefined)) };
}

/** The same for the page of *Diagnose Account*. */
export function openDoctorPage(): Line<DoctorMethods, DoctorState> {
  return openLine(acquireVsCodeApi().postMessage);
}

function isStatePush<State>(message: unknown): message is StatePush<State> {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'state' && 'state' in message;
}

function isPausePush(message: unknown): message is PausePush {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'pause';
}

/** What an earlier page kept, if it can be read. */
export function readKept(kept: unknown): KeptByPage | undefined {
  if (typeof kept !== 'object' || kept === null || !('sid' in kept) || !('account' in kept)) return undefined;
  const { sid, account } = kept;
  if (typeof sid !== 'string' || typeof account !== 'string') return undefined;
  const number = (key: 'position' | 'shift' | 'speed' | 'volume', low: number, high: number): number | undefined => {
    const value: unknown = Reflect.get(kept, key);
    return typeof value === 'number' && value >= low && value <= high ? value : undefined;
  };
  const [position, shift, speed, volume] = [number('position', 0, Infinity), number('shift', -MOST_SHIFT, MOST_SHIFT), number('speed', 0.5, 3), number('volume', 0, 1)];
  return {
    sid,
    account,
    ...(position === undefined || position === 0 ? {} : { position }),
    ...(shift === undefined || shift === 0 ? {} : { shift }),
    ...(speed === undefined ? {} : { speed }),
    ...(volume === undefined ? {} : { volume }),
    ...('skipsSilence' in kept && kept.skipsSilence === true ? { skipsSilence: true } : {}),
  };
}

/** A recording that lies farther off than a day was not moved by hand. In seconds. */
const MOST_SHIFT = 86_400;
