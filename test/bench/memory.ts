/** How much memory processes take, at most, from a moment on. As Linux tells it; elsewhere nothing is known. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** The growth of one process, from what it had to the most it had since. */
export interface Growth {
  /** `extension host`, `server`, `renderer`, `browser`; more precise is what the name of a process tells no one. */
  readonly role: string;
  readonly megabytes: number;
}

/** Begins to watch a process; what it gives tells the growth since, in MB. Undefined where that cannot be known, or the process is gone. */
export function watchProcess(pid: number | 'self'): () => number | undefined {
  const before = statusOf(pid, 'VmRSS');
  try {
    writeFileSync(`/proc/${String(pid)}/clear_refs`, '5');
  } catch {
    return () => undefined;
  }
  return () => {
    const most = statusOf(pid, 'VmHWM');
    return before === undefined || most === undefined ? undefined : Math.max(0, most - before);
  };
}

/** Begins to watch all that this process started; what it gives tells the growth of each since. */
export function watchChildren(): () => readonly Growth[] {
  const watched = descendants().map((pid) => ({ role: roleOf(pid), growth: watchProcess(pid) }));
  return () =>
    watched.flatMap(({ role, growth }) => {
      const megabytes = growth();
      return megabytes === undefined ? [] : [{ role, megabytes }];
    });
}

function statusOf(pid: number | 'self', name: 'VmRSS' | 'VmHWM'): number | undefined {
  const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(textOf(`/proc/${String(pid)}/status`)) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

function descendants(): readonly number[] {
  const all = processes().map((pid) => ({ pid, parent: parentOf(pid) }));
  const below = (parent: number): readonly number[] => all.filter((each) => each.parent === parent).flatMap(({ pid }) => [pid, ...below(pid)]);
  return below(process.pid);
}

function processes(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** In `/proc/PID/stat` the parent follows the name, which is in brackets, and the state. */
function parentOf(pid: number): number {
  const stat = textOf(`/proc/${String(pid)}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function roleOf(pid: number): string {
  const command = textOf(`/proc/${String(pid)}/cmdline`);
  if (command.includes('--type=extensionHost')) return 'extension host';
  if (command.includes('--type=renderer')) return 'renderer';
  if (command.includes('server-main.js')) return 'server';
  return command.includes('chrom') ? 'browser' : 'other';
}

/** Empty for what is gone. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
