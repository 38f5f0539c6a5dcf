import assert from 'node:assert/strict';
import type { DetailsResource, LegsReply } from '../../../src/call/request';
import type { Endpoint } from '../../../src/exotel/account';
import type { CallAnswer, Plan } from '../../../src/exotel/client';
import { type Place, ResourceMemory } from '../../../src/extension/accounts/resourceMemory';

const place = (accountSid = 'acme1', endpoint: Endpoint = { kind: 'region', region: 'singapore' }): Place => ({ accountSid, endpoint });

class State {
  value: unknown;
  writes = 0;

  get(): unknown {
    return this.value;
  }

  update(_key: string, value: unknown): Promise<void> {
    this.value = value;
    this.writes += 1;
    return Promise.resolve();
  }
}

function answer(resource: DetailsResource, legs: LegsReply = { kind: 'notAsked' }, legsUnder?: 'v2' | 'v3'): Pick<CallAnswer, 'call' | 'legs' | 'legsUnder'> {
  return { call: { resource, sources: {}, reported: [], reportedLeftOut: 0 }, legs, ...(legsUnder === undefined ? {} : { legsUnder }) };
}

describe('What answered for an account', () => {
  async function after(...answers: readonly ReturnType<typeof answer>[]): Promise<Plan> {
    const memory = new ResourceMemory(new State());
    for (const each of answers) await memory.learn(place(), each);
    return memory.planFor(place());
  }

  it('is asked first from then on; v2 is anyway', async () => {
    assert.deepEqual(await after(), {});
    assert.deepEqual(await after(answer('v2')), {});
    assert.deepEqual(await after(answer('v1')), { first: 'v1' });
    assert.deepEqual(await after(answer('v1'), answer('v3')), { first: 'v3' });
    assert.deepEqual(await after(answer('v1'), answer('v2')), {});
  });

  it('has its legs asked for at once where they were found, until they are not enabled', async () => {
    const found = answer('v2', { kind: 'reported' }, 'v2');
    assert.deepEqual(await after(found), { hasLegs: true, legsUnder: 'v2' });
    assert.deepEqual(await after(found, answer('v1', { kind: 'inDetails' })), { first: 'v1', hasLegs: true, legsUnder: 'v2' });
    assert.deepEqual(await after(found, answer('v2', { kind: 'failed', sentence: '' })), { hasLegs: true, legsUnder: 'v2' });
    assert.deepEqual(await after(found, answer('v2', { kind: 'notEnabled', sentence: '' })), {});
  });

  it('is not what answered for another, elsewhere or under another account SID', async () => {
    const memory = new ResourceMemory(new State());
    await memory.learn(place(), answer('v1'));
    for (const other of [place('acme2'), place('acme1', { kind: 'region', region: 'mumbai' }), place('acme1', { kind: 'custom', origin: 'https://exotel.example.com' })]) {
      assert.deepEqual(memory.planFor(other), {});
    }
  });

  it('is forgotten with the account', async () => {
    const state = new State();
    const memory = new ResourceMemory(state);
    await memory.learn(place('acme1'), answer('v1'));
    await memory.learn(place('acme2'), answer('v3'));
    await memory.keepOnly([place('acme2')]);
    assert.deepEqual([memory.planFor(place('acme1')), memory.planFor(place('acme2'))], [{}, { first: 'v3' }]);
  });

  it('of a sample account is remembered by this window only', async () => {
    const state = new State();
    const memory = new ResourceMemory(state);
    const sample = place('exotelsample3', { kind: 'sandbox', region: 'singapore', origins: { singapore: 'http://127.0.0.1:1', mumbai: 'http://127.0.0.1:2' } });
    await memory.learn(sample, answer('v1'));
    await memory.keepOnly([]);
    assert.deepEqual(memory.planFor(sample), { first: 'v1' });
    assert.equal(state.writes, 0);
  });

  it('is written only when it is news', async () => {
    const state = new State();
    const memory = new ResourceMemory(state);
    for (const each of [answer('v2'), answer('v2'), answer('v2', { kind: 'notEnabled', sentence: '' })]) await memory.learn(place(), each);
    assert.equal(state.writes, 0);
    for (const each of [answer('v1'), answer('v1')]) await memory.learn(place(), each);
    assert.equal(state.writes, 1);
  });

  it('costs no lookup when what is kept is damaged', async () => {
    for (const damaged of ['text', 5, [], { 'https://ccm-api.exotel.com acme1': { first: 'v9' } }, { 'https://ccm-api.exotel.com acme1': null }]) {
      const state = new State();
      state.value = damaged;
      const memory = new ResourceMemory(state);
      assert.deepEqual(memory.planFor(place()), {});
      await memory.learn(place(), answer('v3'));
      assert.deepEqual(memory.planFor(place()), { first: 'v3' });
    }
  });
});
