/** What is downloaded and what is loaded, in bytes as they are compressed. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { runNpm } from '../host/packages.mjs';
import { root } from '../host/repository.mjs';
import type { Figure } from './table';

const SUBJECT = 'size';
const PACKAGING_TIMEOUT_MS = 180_000;
const DIST = path.join(root, 'dist');

/** `started`, `lookedUp`: the files of `dist` that are loaded in the extension host after the start, and after a lookup; absent: not measured. */
export async function measureSizes(folder: string, { started, lookedUp }: { readonly started?: readonly string[]; readonly lookedUp?: readonly string[] }): Promise<readonly Figure[]> {
  const vsix = path.join(folder, 'bench.vsix');
  const { ok, output } = await runNpm(['run', 'package', '--', '--out', vsix], { timeoutMs: PACKAGING_TIMEOUT_MS });
  if (!ok) throw new Error(`The package could not be made:\n${output}`);
  const host = readdirSync(DIST).filter((file) => /^(extension|part-.*)\.js$/.test(file));
  const others = ['sandbox.js', 'soundWorker.js', 'mpg123-decoder.min.js'];
  const size = (what: string, files: readonly string[], most?: number): Figure => ({ subject: SUBJECT, what, unit: 'kB', values: [zipped(files)], ...(most === undefined ? {} : { target: { value: most } }) });
  return [
    { subject: SUBJECT, what: '`.vsix`', unit: 'kB', values: [statSync(vsix).size / 1000], target: { value: 600 } },
    size('host bundle: `extension.js`', ['extension.js'], 60),
    ...(started === undefined ? [] : [size(`host: all that is loaded at the start (files: ${String(started.length)})`, started, 60)]),
    ...(lookedUp === undefined ? [] : [size(`host: all that is loaded after the first lookup, its recording included (files: ${String(lookedUp.length)})`, lookedUp)]),
    size(`host: all parts there are (files: ${String(host.length)})`, host),
    size('host: the sample server, the thread that decodes, the decoder', others),
    size('page bundle: `panel.js` and `panel.css`', ['panel.js', 'panel.css'], 120),
  ];
}

function zipped(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(DIST, file)), { level: 9 }).byteLength, 0) / 1000;
}
