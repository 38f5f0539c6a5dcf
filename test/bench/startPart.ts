/** Starting: a window's extension host activates the extension, and an empty one beside it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { extensionsDir } from '../host/server.mjs';
import { dataDirIn } from '../ui/vscode';
import type { BenchWindow } from './desk';
import type { Activation } from './jobs';
import type { Figure, Floor, Target } from './table';

const OURS = 'exotel-call-inspector.exotel-call-inspector';
const SUBJECT = 'activation';
/** The first to be activated pays for what VS Code itself does once. */
const NAMES = ['first', 'empty'] as const;

/** Extensions that do nothing, for the VS Code that is to start there. */
export function installEmptyExtensions(home: string): void {
  for (const name of NAMES) {
    const folder = path.join(extensionsDir(dataDirIn(home)), `bench.${name}-1.0.0`);
    mkdirSync(folder, { recursive: true });
    const manifest = { name, publisher: 'bench', version: '1.0.0', engines: { vscode: '^1.100.0' }, main: './extension.js', activationEvents: [] };
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(path.join(folder, 'extension.js'), 'exports.activate = () => undefined;\n');
  }
}

export interface Started {
  readonly ours: Activation;
  readonly empty: Activation;
}

/** In an extension host in which nothing of it was used yet. */
export async function activateBoth(window: BenchWindow): Promise<Started> {
  const [, empty, ours] = await window.do({ work: 'activate', ids: [...NAMES.map((name) => `bench.${name}`), OURS] });
  if (empty === undefined || ours === undefined) throw new Error('Not all extensions were activated.');
  return { ours, empty };
}

export function figuresOfStart(starts: readonly Started[]): readonly Figure[] {
  const of = (what: string, value: (activation: Activation) => number, target?: Target, shown?: 'most'): Figure => ({
    subject: SUBJECT,
    what,
    unit: 'ms',
    values: starts.map(({ ours }) => value(ours)),
    floor: emptyExtension(starts.map(({ empty }) => value(empty))),
    ...(target === undefined ? {} : { target }),
    ...(shown === undefined ? {} : { shown }),
  });
  return [
    of('until it is ready', ({ readyMs }) => readyMs, { ratio: 2 }),
    of('its code loaded, and `activate` run', ({ loadMs, activateMs }) => loadMs + activateMs),
    of('in `activate`', ({ activateMs }) => activateMs, { ratio: 2 }),
    of('processor time of the host until it is ready, at most', ({ cpuMs }) => cpuMs, { value: 15 }, 'most'),
  ];
}

const emptyExtension = (values: readonly number[]): Floor => ({ name: 'an empty extension', values });
