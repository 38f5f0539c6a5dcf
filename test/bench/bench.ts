/**
 * Measures the extension and its recording player against their floors, and prints a table. Argument: JSON of {@link Job}. `npm run bench`
 * starts it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { endOnSignals } from '../host/processes.mjs';
import { root, temporaryFolder } from '../host/repository.mjs';
import { messageOf, say } from '../host/say.mjs';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { type ExtensionPart, measureExtension, PARTS_IN_VSCODE } from './extensionPart';
import { Front } from './front';
import { measureHost } from './hostPart';
import { measurePage } from './pagePart';
import { makeRecordings } from './recordings';
import { measureScan } from './scanPart';
import { measureSizes } from './sizePart';
import { type Figure, tableOf } from './table';
import { measureWindow } from './windowPart';

interface Job {
  /** How often each figure is taken. */
  readonly runs: number;
  /** Words of the names of recordings to measure; absent: all. */
  readonly grep?: string;
  readonly parts: readonly string[];
  /** Into the repository. */
  readonly saves: boolean;
}

interface Section {
  readonly title: string;
  readonly parts: readonly string[];
  readonly measure: (job: Job, sandbox: Sandbox) => Promise<{ readonly figures: readonly Figure[]; readonly notes: readonly string[] }>;
}

const SECTIONS: readonly Section[] = [
  { title: 'The extension', parts: ['start', 'lookup', 'page', 'tree', 'scan', 'size', 'memory'], measure: measureAllOfExtension },
  { title: 'The recording player', parts: ['host', 'window'], measure: measurePlayer },
];

const SAVED = path.join(root, 'test', 'bench', 'FIGURES.md');
const LATEST = path.join(root, 'out', 'bench', 'figures.md');

async function bench(job: Job): Promise<void> {
  const sandbox = await startSandbox({ requestsPerMinute: 10_000 });
  try {
    const texts: string[] = [];
    for (const section of SECTIONS.filter(({ parts }) => parts.some((part) => job.parts.includes(part)))) {
      const { figures, notes } = await section.measure(job, sandbox);
      const text = [`## ${section.title}`, '', conditionsOf(job), ...notes, '', tableOf(figures)].join('\n');
      say(`\n${text}`);
      texts.push(text);
      const isWhole = section.parts.every((part) => job.parts.includes(part)) && job.grep === undefined;
      if (job.saves && isWhole) saveSection(section.title, text);
    }
    mkdirSync(path.dirname(LATEST), { recursive: true });
    writeFileSync(LATEST, texts.join('\n'));
    say(`Saved ${path.relative(root, LATEST)}`);
  } finally {
    await sandbox.stop();
  }
}

function conditionsOf({ runs }: Job): string {
  const [day] = new Date().toISOString().split('T');
  const machine = `${String(os.availableParallelism())} cores (${os.cpus()[0]?.model.trim() ?? 'unknown'}), ${String(Math.round(os.totalmem() / 2 ** 30))} GB, ${os.type()} ${os.release()}`;
  return `${String(day)}, medians of ${String(runs)} runs on ${machine}, load ${os.loadavg()[0]?.toFixed(1) ?? '?'} at the end.`;
}

async function measureAllOfExtension({ parts, runs }: Job, sandbox: Sandbox): Promise<{ figures: readonly Figure[]; notes: readonly string[] }> {
  const folder = temporaryFolder();
  const figures: Figure[] = [];
  let inVSCode: ExtensionPart = { figures: [] };
  if (parts.some((part) => PARTS_IN_VSCODE.some((each) => each === part))) {
    say('Measuring in VS Code …');
    inVSCode = await measureExtension(sandbox, parts, runs, folder);
    figures.push(...inVSCode.figures);
  }
  if (parts.includes('page')) figures.push(...(await measurePage(folder, runs)));
  if (parts.includes('scan')) figures.push(...measureScan(runs));
  if (parts.includes('size')) {
    say('Packaging …');
    figures.push(...(await measureSizes(folder, inVSCode)));
  }
  return { figures, notes: [] };
}

async function measurePlayer({ runs, grep = '', parts }: Job, sandbox: Sandbox): Promise<{ figures: readonly Figure[]; notes: readonly string[] }> {
  const folder = temporaryFolder();
  say('Making recordings …');
  const recordings = makeRecordings(folder).filter(({ name }) => name.includes(grep));
  if (recordings.length === 0) throw new Error(`No recording’s name has “${grep}” in it.`);
  const front = await Front.start(sandbox);
  try {
    say('Measuring the extension host’s side of the player …');
    const host = parts.includes('host') ? await measureHost(front, recordings, runs, folder) : undefined;
    say('Measuring the player in a window …');
    const inWindow = parts.includes('window') ? await measureWindow(front, recordings, runs, host) : [];
    const order = recordings.map(({ name }) => name);
    return {
      figures: [...(host?.figures ?? []), ...inWindow].toSorted((one, other) => order.indexOf(one.subject) - order.indexOf(other.subject)),
      notes: host?.hasFfmpeg === false ? ['`ffmpeg` is missing, and with it the floor of decoding: on Debian and Ubuntu `apt-get install ffmpeg`.'] : [],
    };
  } finally {
    front.stop();
  }
}

/** In place of the section that there was; the others stay. */
function saveSection(title: string, text: string): void {
  const before = existsSync(SAVED) ? readFileSync(SAVED, 'utf8') : '# The last figures\n';
  const [head = '', ...sections] = before.split(/^(?=## )/m);
  const others = sections.filter((section) => !section.startsWith(`## ${title}\n`));
  const order = SECTIONS.map((section) => `## ${section.title}\n`);
  const all = [...others, `${text.trim()}\n`].toSorted((one, other) => placeIn(order, one) - placeIn(order, other));
  writeFileSync(SAVED, [head.trim(), ...all.map((section) => section.trim())].join('\n\n') + '\n');
  say(`Saved ${path.relative(root, SAVED)}: ${title}`);
}

function placeIn(order: readonly string[], section: string): number {
  return order.findIndex((title) => section.startsWith(title));
}

endOnSignals({ exitCode: 1 });
bench(JSON.parse(process.argv[2] ?? '{}')).then(
  () => process.exit(0),
  (error: unknown) => {
    say(messageOf(error));
    process.exit(1);
  },
);
