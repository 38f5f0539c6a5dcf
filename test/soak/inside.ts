/** What the extension host has: its heap once garbage is collected, and what keeps it running. */
import { existsSync, readdirSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import path from 'node:path';

const inspector = new Session();

/** Objects that wait for a finaliser, or for a promise to settle, go in a later round. */
const ROUNDS = 5;

export async function collectGarbage(): Promise<void> {
  inspector.connect();
  for (let round = 0; round < ROUNDS; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await inspector.post('HeapProfiler.collectGarbage');
  }
  inspector.disconnect();
}

/** Bytes of the JavaScript heap that are in use. */
export async function heapInUse(): Promise<number> {
  await collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Of what there is a different number from one moment to the next without anybody doing anything: timers, and files that are being read. */
const PASSING = /^(?:Timeout|Immediate|FSReq|CloseReq|GetAddrInfoReq|TCPConnect|PipeConnect|WriteWrap|ShutdownWrap|SignalWrap|TickObject|Microtask)/;

/** How many handles and sockets of each kind are open. */
export function handles(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) if (!PASSING.test(kind)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** The files below a folder that are there for a while only: recordings, and what is not written to its end. */
export function passingFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(?:tmp|audio|part)$/.test(name)).map((name) => path.join(folder, name));
}
