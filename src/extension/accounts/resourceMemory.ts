/** Which resource answered for an account the last time, and where its legs were: a hint that spares requests, and nothing more. */
import * as v from 'valibot';
import { DETAILS_RESOURCES, type DetailsResource } from '../../call/request';
import type { Credentials } from '../../exotel/account';
import type { CallAnswer, Plan } from '../../exotel/client';
import { apiOrigin } from '../../exotel/origin';

const KEY = 'exotel.resources';

const remembered = v.object({
  first: v.exactOptional(v.picklist(DETAILS_RESOURCES)),
  legsUnder: v.exactOptional(v.picklist(['v2', 'v3'])),
});

type Remembered = v.InferOutput<typeof remembered>;

/** Where an account is asked: an account that moves, or gets another account SID, is not known any more. */
export type Place = Pick<Credentials, 'endpoint' | 'accountSid'>;

/** VS Code's `Memento`. */
interface State {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Kept in `globalState`; what belongs to the sample accounts, whose server is another in each window, lives as long as the window. */
export class ResourceMemory {
  readonly #ofSamples = new Map<string, Remembered>();

  constructor(private readonly state: State) {}

  /** How the account is asked next. */
  planFor(place: Place): Plan {
    const { first, legsUnder } = this.#recall(place);
    return { ...(first === undefined ? {} : { first }), ...(legsUnder === undefined ? {} : { hasLegs: true, legsUnder }) };
  }

  /** An answer that came to an account that may ask whatever it likes. */
  async learn(place: Place, { call, legs, legsUnder }: Pick<CallAnswer, 'call' | 'legs' | 'legsUnder'>): Promise<void> {
    await this.learnFirst(place, call.resource);
    await this.learnLegs(place, { legs, ...(legsUnder === undefined ? {} : { legsUnder }) });
  }

  /** v2 is asked first by itself. */
  async learnFirst(place: Place, resource: DetailsResource): Promise<void> {
    const { first: _before, ...rest } = this.#recall(place);
    await this.#keep(place, resource === 'v2' ? rest : { ...rest, first: resource });
  }

  /** What an answer tells of the account's legs; one that tells nothing changes nothing. */
  async learnLegs(place: Place, { legs, legsUnder }: Pick<CallAnswer, 'legs' | 'legsUnder'>): Promise<void> {
    const { legsUnder: _before, ...rest } = this.#recall(place);
    if (legs.kind === 'notEnabled') await this.#keep(place, rest);
    if (legs.kind === 'reported' && legsUnder !== undefined) await this.#keep(place, { ...rest, legsUnder });
  }

  /** Forgets every account but these. */
  async keepOnly(places: readonly Place[]): Promise<void> {
    const names = new Set(places.map(nameOf));
    await this.#write([...this.#read()].filter(([name]) => names.has(name)));
  }

  #recall(place: Place): Remembered {
    const memory = place.endpoint.kind === 'sandbox' ? this.#ofSamples : this.#read();
    return memory.get(nameOf(place)) ?? {};
  }

  async #keep(place: Place, what: Remembered): Promise<void> {
    const name = nameOf(place);
    if (place.endpoint.kind === 'sandbox') this.#ofSamples.set(name, what);
    else await this.#write([...this.#read()].filter(([other]) => other !== name).concat(Object.keys(what).length === 0 ? [] : [[name, what]]));
  }

  /** What is not readable is not remembered. */
  #read(): ReadonlyMap<string, Remembered> {
    const kept = this.state.get(KEY);
    if (typeof kept !== 'object' || kept === null) return new Map();
    return new Map(
      Object.entries(kept).flatMap(([name, entry]: readonly [string, unknown]) => {
        const read = v.safeParse(remembered, entry);
        return read.success ? [[name, read.output] as const] : [];
      }),
    );
  }

  /** Most lookups teach nothing new: then nothing is written. */
  async #write(entries: readonly (readonly [string, Remembered])[]): Promise<void> {
    const next = Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
    if (JSON.stringify(next) !== JSON.stringify(this.state.get(KEY) ?? {})) await this.state.update(KEY, next);
  }
}

function nameOf({ endpoint, accountSid }: Place): string {
  return `${apiOrigin(endpoint, 'v2')} ${accountSid}`;
}
