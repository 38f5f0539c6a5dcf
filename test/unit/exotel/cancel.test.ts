import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import type { CallAnswer, Client, ClientOptions } from '../../../src/exotel/client';
import { ApiError } from '../../../src/exotel/errors';
import { SAMPLES, type SampleName } from '../../../src/sandbox/samples';
import { settled } from '../../support/fakeTime';
import { clientFor, useSandbox } from '../../support/sandbox';

/** Everything that a lookup waits for, one after the other. At the last of so many steps it is cancelled. */
class Steps {
  readonly #cancel = new AbortController();
  #taken = 0;
  /** Requests, bodies and pauses that have begun and not ended. */
  open = 0;
  /** Of everything that was told or sent. */
  events = 0;
  readonly signal = this.#cancel.signal;

  constructor(
    private readonly last: number,
    /** How many requests fail before any is let through. */
    private failing: number,
  ) {}

  readonly options: Pick<ClientOptions, 'fetch' | 'retries' | 'onRequest'> = {
    fetch: (url, init) => this.#fetch(url, init),
    onRequest: () => this.#step(),
    retries: {
      random: () => 0.5,
      sleep: async () => {
        this.open += 1;
        this.#step();
        await settled();
        this.#step();
        this.open -= 1;
      },
    },
  };

  get isCancelled(): boolean {
    return this.signal.aborted;
  }

  #step(): void {
    this.events += 1;
    this.#taken += 1;
    if (this.#taken === this.last) this.#cancel.abort();
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    this.#step();
    this.open += 1;
    try {
      const response = await fetch(url, init);
      const { headers } = response;
      this.failing -= 1;
      return new Response(this.#inPieces(response), { status: this.failing >= 0 ? 503 : response.status, headers });
    } finally {
      this.open -= 1;
      this.#step();
    }
  }

  /** A body in pieces of some bytes, so that there are several to wait for. */
  #inPieces({ body }: Response): ReadableStream<Uint8Array> {
    assert.ok(body);
    const reader = body.getReader();
    const pieces: Uint8Array[] = [];
    const close = (): void => {
      this.open -= 1;
    };
    this.open += 1;
    return new ReadableStream(
      {
        pull: async (controller) => {
          const piece = pieces.shift() ?? (await reader.read().catch(() => ({ value: undefined }))).value;
          this.#step();
          if (piece === undefined) {
            close();
            controller.close();
            return;
          }
          const half = Math.max(1500, Math.ceil(piece.byteLength / 2));
          if (piece.byteLength > half) pieces.unshift(piece.subarray(half));
          controller.enqueue(piece.subarray(0, half));
        },
        cancel: async () => {
          close();
          await reader.cancel();
        },
      },
      { highWaterMark: 0 },
    );
  }
}

describe('Whatever is waited for, a person can cancel it:', () => {
  const sandbox = useSandbox({ requestsPerMinute: 1_000_000 });

  interface Case {
    readonly name: SampleName;
    readonly failing?: number;
    readonly run: (client: Client, sid: string, signal: AbortSignal) => Promise<unknown>;
  }

  const cases: Readonly<Record<string, Case>> = {
    'a lookup': { name: 'completed', run: (client, sid, signal) => client.getCall(sid, {}, signal) },
    'a lookup that asks for legs at the same time': { name: 'completed', run: (client, sid, signal) => client.getCall(sid, { hasLegs: true }, signal) },
    'a lookup that goes on to v1': { name: 'v1Only', run: (client, sid, signal) => client.getCall(sid, {}, signal) },
    'a lookup that is tried again': { name: 'completed', failing: 2, run: (client, sid, signal) => client.getCall(sid, {}, signal) },
    'a lookup that is tried again, legs and all': { name: 'completed', failing: 3, run: (client, sid, signal) => client.getCall(sid, { hasLegs: true }, signal) },
    'asking all resources': { name: 'completed', run: (client, sid, signal) => client.askAll(sid, {}, signal) },
    'the search for a new link': {
      name: 'completed',
      run: (client, sid, signal) => client.freshRecording({ resource: 'v2' }, sid, { url: 'https://recordings.example/a.mp3' }, signal),
    },
    'keys that are tried': { name: 'completed', run: (client, _sid, signal) => client.probe(signal) },
  };

  for (const [what, { name, failing = 0, run }] of Object.entries(cases)) {
    it(`${what}, at every step, and nothing is left behind`, async () => {
      const whole = await outcomeOf(new Steps(0, failing));
      assert.ok(!(whole instanceof ApiError), inspect(whole));
      let cancelled = 0;
      for (let last = 1; ; last += 1) {
        const steps = new Steps(last, failing);
        const outcome = await outcomeOf(steps);
        if (!steps.isCancelled) break;
        if (isCancelled(outcome)) cancelled += 1;
        else assert.deepEqual(essence(outcome), essence(whole), `step ${String(last)}`);
        await assertNothingLeft(steps, `step ${String(last)}`);
      }
      assert.ok(cancelled >= 4, String(cancelled));
    });

    async function outcomeOf(steps: Steps): Promise<unknown> {
      try {
        return await run(clientFor(sandbox(), name, steps.options), SAMPLES[name].sid, steps.signal);
      } catch (error) {
        return error;
      }
    }
  }

  function isCancelled(outcome: unknown): boolean {
    const error = isProbe(outcome) ? outcome.error : outcome;
    return error instanceof ApiError && error.kind === 'cancelled';
  }

  function isProbe(outcome: unknown): outcome is { readonly error: unknown } {
    return typeof outcome === 'object' && outcome !== null && 'kind' in outcome && outcome.kind === 'failed' && 'error' in outcome;
  }

  /** What came, without how long it took. */
  function essence(outcome: unknown): unknown {
    if (!isAnswer(outcome)) return Object.keys(outcome ?? {});
    return [outcome.call, outcome.legs, outcome.requests.map(({ resource, attempt, status }) => [resource, attempt, status])];
  }

  function isAnswer(outcome: unknown): outcome is CallAnswer {
    return typeof outcome === 'object' && outcome !== null && 'call' in outcome;
  }

  /** Requests given up may take a turn of the loop to end. */
  async function assertNothingLeft(steps: Steps, at: string): Promise<void> {
    for (let turn = 0; turn < 200 && steps.open > 0; turn += 1) await settled();
    assert.equal(steps.open, 0, `${at}: requests, bodies or pauses`);
    const { events } = steps;
    for (let turn = 0; turn < 5; turn += 1) await settled();
    assert.equal(steps.events, events, `${at}: something was sent or told`);
    assert.equal(getEventListeners(steps.signal, 'abort').length, 0, `${at}: listeners`);
  }
});
