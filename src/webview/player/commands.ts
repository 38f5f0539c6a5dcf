/** What the player can be told, each with its name and its keys: buttons, titles, the keyboard and the sheet of shortcuts all read it here. Pure. */
import { ZOOM_STEP } from '../chart-keys';

export const STEP_SECONDS = 5;
const VOLUME_STEP = 0.1;

/** Whose speech: that of one side, or anybody's. */
export type Voice = 'agent' | 'customer' | 'anyone';

/** What a key or a button asks of the player; positions and steps in seconds. */
export type PlayerAct =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'shortcuts' }
  | ReadyAct;

/** What can be done only with a recording that can be played. */
export type ReadyAct =
  | { readonly kind: 'mute' | 'fit' | 'loop' | 'clear' | 'skipSilence' }
  | { readonly kind: 'skip'; readonly by: number }
  | { readonly kind: 'seek'; readonly to: 'start' | 'end' }
  /** From 0 to 1. */
  | { readonly kind: 'volume'; readonly by: number }
  | { readonly kind: 'span' | 'speed'; readonly step: 1 | -1 }
  /** So many times as close; below 1: farther. */
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'muteSide'; readonly side: 'agent' | 'customer' }
  | { readonly kind: 'mark'; readonly mark: 'a' | 'b' }
  | { readonly kind: 'speech'; readonly of: Voice; readonly step: 1 | -1 };

interface Command {
  /** As on its button. */
  readonly name: string;
  /** As `KeyboardEvent.key`, in lower case, after `shift+` where Shift is held; the first one stands in titles. */
  readonly keys: readonly string[];
  readonly act: PlayerAct;
}

export const COMMANDS = {
  toggle: { name: 'Play or pause', keys: ['k', ' '], act: { kind: 'toggle' } },
  back: { name: `Back ${STEP_SECONDS} seconds`, keys: ['arrowleft'], act: { kind: 'skip', by: -STEP_SECONDS } },
  forward: { name: `Forward ${STEP_SECONDS} seconds`, keys: ['arrowright'], act: { kind: 'skip', by: STEP_SECONDS } },
  start: { name: 'To the start', keys: ['home'], act: { kind: 'seek', to: 'start' } },
  end: { name: 'To the end', keys: ['end'], act: { kind: 'seek', to: 'end' } },
  previousSpan: { name: 'Previous span', keys: ['shift+arrowleft'], act: { kind: 'span', step: -1 } },
  nextSpan: { name: 'Next span', keys: ['shift+arrowright'], act: { kind: 'span', step: 1 } },
  nextAgent: { name: 'Next speech of the agent', keys: ['a'], act: { kind: 'speech', of: 'agent', step: 1 } },
  previousAgent: { name: 'Previous speech of the agent', keys: ['shift+a'], act: { kind: 'speech', of: 'agent', step: -1 } },
  nextCustomer: { name: 'Next speech of the customer', keys: ['c'], act: { kind: 'speech', of: 'customer', step: 1 } },
  previousCustomer: { name: 'Previous speech of the customer', keys: ['shift+c'], act: { kind: 'speech', of: 'customer', step: -1 } },
  nextAnyone: { name: 'Next speech of anyone', keys: ['n'], act: { kind: 'speech', of: 'anyone', step: 1 } },
  previousAnyone: { name: 'Previous speech of anyone', keys: ['shift+n'], act: { kind: 'speech', of: 'anyone', step: -1 } },
  skipSilence: { name: 'Skip silence', keys: ['s'], act: { kind: 'skipSilence' } },
  slower: { name: 'Slower', keys: [',', '<'], act: { kind: 'speed', step: -1 } },
  faster: { name: 'Faster', keys: ['.', '>'], act: { kind: 'speed', step: 1 } },
  markA: { name: 'Set A', keys: ['[', 'i'], act: { kind: 'mark', mark: 'a' } },
  markB: { name: 'Set B', keys: [']', 'o'], act: { kind: 'mark', mark: 'b' } },
  loop: { name: 'Loop A to B', keys: ['l'], act: { kind: 'loop' } },
  clear: { name: 'Clear A and B', keys: ['x'], act: { kind: 'clear' } },
  louder: { name: 'Louder', keys: ['arrowup'], act: { kind: 'volume', by: VOLUME_STEP } },
  softer: { name: 'Softer', keys: ['arrowdown'], act: { kind: 'volume', by: -VOLUME_STEP } },
  mute: { name: 'Mute', keys: ['m'], act: { kind: 'mute' } },
  muteAgent: { name: 'Mute the agent', keys: ['1'], act: { kind: 'muteSide', side: 'agent' } },
  muteCustomer: { name: 'Mute the customer', keys: ['2'], act: { kind: 'muteSide', side: 'customer' } },
  zoomIn: { name: 'Zoom in', keys: ['+', '='], act: { kind: 'zoom', factor: ZOOM_STEP } },
  zoomOut: { name: 'Zoom out', keys: ['-', '_'], act: { kind: 'zoom', factor: 1 / ZOOM_STEP } },
  fit: { name: 'Fit', keys: ['0'], act: { kind: 'fit' } },
  copy: { name: 'Copy Position', keys: ['p'], act: { kind: 'copy' } },
  shortcuts: { name: 'Keyboard shortcuts', keys: ['?'], act: { kind: 'shortcuts' } },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandId = keyof typeof COMMANDS;

/** The groups of the sheet. */
export const SHEET: readonly { readonly title: string; readonly commands: readonly CommandId[] }[] = [
  { title: 'Playing', commands: ['toggle', 'back', 'forward', 'start', 'end', 'slower', 'faster'] },
  { title: 'Sound', commands: ['louder', 'softer', 'mute', 'muteAgent', 'muteCustomer', 'skipSilence', 'shortcuts'] },
  { title: 'Going to', commands: ['previousSpan', 'nextSpan', 'nextAgent', 'previousAgent', 'nextCustomer', 'previousCustomer', 'nextAnyone', 'previousAnyone'] },
  { title: 'Marking and drawing', commands: ['markA', 'markB', 'loop', 'clear', 'copy', 'zoomIn', 'zoomOut', 'fit'] },
];

const KEY_NAMES: Readonly<Record<string, string>> = { ' ': 'Space', arrowleft: '←', arrowright: '→', arrowup: '↑', arrowdown: '↓', home: 'Home', end: 'End' };

/** A command's keys as people read them: `Shift+←`. */
export function keysOf(id: CommandId): readonly string[] {
  return COMMANDS[id].keys.map((key) => {
    const isShifted = key.startsWith('shift+');
    const name = isShifted ? key.slice('shift+'.length) : key;
    return `${isShifted ? 'Shift+' : ''}${KEY_NAMES[name] ?? name.toUpperCase()}`;
  });
}

/** A button's title: its name, what it does where the name alone does not tell, and its key. */
export function titleOf(id: CommandId, name: string = COMMANDS[id].name): string {
  return `${name} (${keysOf(id)[0] ?? ''})`;
}

/** Where a key was pressed: some places keep some keys for themselves. */
export type KeyPlace = 'button' | 'choice' | 'volume' | 'chart' | 'elsewhere';

const KEPT: Readonly<Record<KeyPlace, (key: string) => boolean>> = {
  button: (key) => key === ' ',
  choice: () => true,
  volume: (key) => ['arrowleft', 'arrowright', 'home', 'end'].includes(key),
  // The drawing moves between its parts, selects, zooms and pans.
  chart: (key) => key === ' ' || /^(?:shift\+)?(?:arrow|home$|end$)/.test(key),
  elsewhere: () => false,
};

const BY_KEY = new Map<string, PlayerAct>(Object.values(COMMANDS).flatMap(({ keys, act }) => keys.map((key): [string, PlayerAct] => [key, act])));

/** What a key means, or nothing; with Ctrl, Cmd or Alt none means anything. */
export function actOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>, place: KeyPlace): PlayerAct | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const name = key.toLowerCase();
  const names = shiftKey && name.length > 0 ? [`shift+${name}`, name] : [name];
  const found = names.find((each) => BY_KEY.has(each));
  return found === undefined || KEPT[place](found) ? undefined : BY_KEY.get(found);
}
