/** A disk that is full from some moment on: every write to a file of this process fails as the system says it then. For tests. */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The methods that write, where every handle has them from. */
type Writing = Pick<FileHandle, 'write' | 'writeFile'>;

/** Lets so many more writes through and refuses those after them, half done, with this code. Gives what makes room again. */
export async function fillDisk({ writes = 0, code = 'ENOSPC' }: { readonly writes?: number; readonly code?: string } = {}): Promise<() => void> {
  const shared = await sharedByHandles();
  const { write, writeFile } = shared;
  let left = writes;
  const refuse = (): never => {
    throw Object.assign(new Error(`${code}: no space left on device, write`), { code });
  };
  shared.write = async function limited(this: FileHandle, ...args: unknown[]) {
    if (left === 0) return refuse();
    left -= 1;
    return Reflect.apply(write, this, args);
  };
  shared.writeFile = async function limited(this: FileHandle, ...args: unknown[]) {
    if (left === 0) {
      await Reflect.apply(writeFile, this, [String(args[0]).slice(0, 10)]);
      return refuse();
    }
    left -= 1;
    return Reflect.apply(writeFile, this, args);
  };
  return () => {
    shared.write = write;
    shared.writeFile = writeFile;
  };
}

async function sharedByHandles(): Promise<Writing> {
  const probe = path.join(tmpdir(), `full-disk-${String(process.pid)}`);
  const handle = await open(probe, 'w');
  await handle.close();
  await rm(probe);
  return Object.getPrototypeOf(handle);
}
