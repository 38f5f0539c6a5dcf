/**
 * The recordings of one window: fetched once each, into files that are bounded in all, oldest out first, and gone with the window and
 * with their account.
 */
import { rm } from 'node:fs/promises';
import type { Instant } from '../call/call';
import type { Analyst } from './analyst';
import type { TransferPlan } from './download';
import type { WindowFolder } from './folder';
import type { RecordingFailure } from './problems';
import { StoredRecording } from './stored';

/** Which recording it is: its address without what signs it, of one call of one account. */
export interface RecordingKey {
  readonly account: string;
  readonly sid: string;
  readonly location: string;
}

/** How its bytes are come by. */
export interface RecordingSource {
  readonly transfer: (plan: TransferPlan) => Promise<{ readonly kind: 'done' } | RecordingFailure>;
  readonly freshen: (failure: RecordingFailure, signal: AbortSignal) => Promise<RecordingFailure | undefined>;
}

export interface LibraryOptions {
  readonly folder: WindowFolder;
  readonly analyst: Analyst;
  /** For all recordings of all windows, in bytes: read at each use. */
  readonly limitBytes: () => number;
  readonly now: () => Instant;
}

interface Entry {
  readonly key: RecordingKey;
  readonly recording: StoredRecording;
  /** How it is got, by one of the panels that show it: none while nobody does, or the panel that got it would be kept for as long as it. */
  source: RecordingSource | undefined;
  usedAt: Instant;
  /** How many panels show it. */
  holders: number;
  claimed: number;
}

/** What a panel holds on to a recording by. */
export interface Held {
  readonly recording: StoredRecording;
  /** One that is whole stays for the next panel, any other goes. */
  release(): void;
}

export class RecordingLibrary {
  readonly #entries = new Set<Entry>();

  constructor(private readonly options: LibraryOptions) {}

  /** The recording that is here already, or one that begins to come. Rejects with what the file system says. */
  async hold(key: RecordingKey, source: RecordingSource): Promise<Held> {
    const entry = (await this.#findIntact(key)) ?? (await this.#create(key, source));
    entry.holders += 1;
    entry.source ??= source;
    entry.usedAt = this.options.now();
    if (entry.holders === 1) entry.recording.wake();
    let isHeld = true;
    return {
      recording: entry.recording,
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        entry.holders -= 1;
        entry.usedAt = this.options.now();
        if (entry.holders > 0) return;
        if (entry.recording.transfer.kind !== 'whole') return void this.#drop(entry);
        entry.recording.rest();
        entry.source = undefined;
      },
    };
  }

  /** Removes the recordings of accounts that are no longer there. */
  async keepOnly(accounts: readonly string[]): Promise<void> {
    await Promise.all([...this.#entries].filter(({ key }) => !accounts.includes(key.account)).map((entry) => this.#drop(entry)));
  }

  dispose(): void {
    for (const { recording } of this.#entries) void recording.close();
    this.#entries.clear();
    this.options.analyst.dispose();
    this.options.folder.dispose();
  }

  /** One whose file somebody removed or cut off, while nobody showed it, is fetched anew. */
  async #findIntact(key: RecordingKey): Promise<Entry | undefined> {
    const entry = this.#find(key);
    if (entry === undefined || entry.holders > 0 || (await entry.recording.isIntact())) return entry;
    await this.#drop(entry);
    return undefined;
  }

  #find(wanted: RecordingKey): Entry | undefined {
    return [...this.#entries].find(({ key }) => key.account === wanted.account && key.sid === wanted.sid && key.location === wanted.location);
  }

  async #create(key: RecordingKey, source: RecordingSource): Promise<Entry> {
    this.options.analyst.warm();
    const path = await this.options.folder.fileFor(key.account, key.sid, key.location);
    const made = this.#find(key);
    if (made !== undefined) return made;
    const recording = new StoredRecording({
      transfer: async (plan) => sourceOf(entry).transfer(plan),
      freshen: async (refusal, signal) => sourceOf(entry).freshen(refusal, signal),
      path,
      analyst: this.options.analyst,
      claim: (bytes) => this.#claim(entry, bytes),
    });
    const entry: Entry = { key, recording, source, usedAt: this.options.now(), holders: 0, claimed: 0 };
    this.#entries.add(entry);
    recording.start();
    return entry;
  }

  /** Makes room by removing what nobody shows, oldest first. Gives what could be had where that is not enough. */
  async #claim(entry: Entry, bytes: number): Promise<number | undefined> {
    const available = this.options.limitBytes() - (await this.options.folder.othersBytes());
    const others = (): readonly Entry[] => [...this.#entries].filter((other) => other !== entry);
    const room = (): number => available - others().reduce((sum, { claimed }) => sum + claimed, 0);
    const unheld = others().filter(({ holders }) => holders === 0);
    for (const oldest of unheld.toSorted((one, other) => one.usedAt - other.usedAt)) {
      if (room() >= bytes) break;
      // Somebody may have opened it while another one was removed.
      if (oldest.holders === 0) await this.#drop(oldest);
    }
    if (room() < bytes) return Math.max(0, room());
    entry.claimed = bytes;
    return undefined;
  }

  async #drop(entry: Entry): Promise<void> {
    this.#entries.delete(entry);
    await entry.recording.close();
    await rm(entry.recording.path, { force: true }).catch(() => undefined);
  }
}

function sourceOf({ source }: Entry): RecordingSource {
  if (source === undefined) throw new Error('Nobody shows this recording any more.');
  return source;
}
