import assert from 'node:assert/strict';
import { type StepId, stepAfterPaste } from '../../../src/extension/accounts/steps';

const steps: readonly StepId[] = ['endpoint', 'accountSid', 'apiKey', 'apiToken', 'name'];
const endpoint = { kind: 'custom', origin: 'https://exotel.example.com' } as const;

const after = (...args: Parameters<typeof stepAfterPaste>): StepId | undefined => steps[stepAfterPaste(...args)];

describe('After a request was pasted, the account form', () => {
  it('asks for a name alone when it held everything', () => {
    assert.equal(after(steps, { endpoint, accountSid: 'acme1', apiKey: 'key', apiToken: 'token' }), 'name');
  });

  it('asks for what it did not hold, even where another value was kept before: keys go nowhere unseen', () => {
    assert.equal(after(steps, { endpoint, accountSid: 'acme1' }), 'apiKey');
    assert.equal(after(steps, { endpoint, accountSid: 'acme1', apiKey: 'key' }), 'apiToken');
    assert.equal(after(steps, { endpoint, apiKey: 'key', apiToken: 'token' }), 'accountSid');
    assert.equal(after(steps, { apiKey: 'key', apiToken: 'token' }), 'endpoint');
  });
});
