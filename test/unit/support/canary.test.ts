import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { CANARY_KEY, CANARY_TOKEN, canariesIn, canariesOf } from '../../support/canary';

const canaries = canariesOf({ apiKey: CANARY_KEY, apiToken: CANARY_TOKEN });

/** How programs write what they were given. */
const WAYS: Readonly<Record<string, (text: string) => string | Buffer>> = {
  'as it is': (text) => text,
  'in JSON': (text) => JSON.stringify({ text }),
  'in JSON inside of JSON': (text) => JSON.stringify({ text: JSON.stringify({ text }) }),
  'as a parameter': (text) => `https://a.example/?q=${encodeURIComponent(text)}&b`,
  'as a field of a form': (text) => new URLSearchParams({ a: 'b', text }).toString(),
  'as URLs are normalised': (text) => new URL(`https://a.example/?q=${encodeURIComponent(text)}`).href,
  'in Base64': (text) => Buffer.from(text).toString('base64'),
  'in Base64 for URLs': (text) => Buffer.from(text).toString('base64url'),
  'in Base64 as a parameter': (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
  'in hexadecimal': (text) => Buffer.from(text).toString('hex'),
  'in UTF-16': (text) => Buffer.from(text, 'utf16le'),
  'in UTF-16 inside of JSON': (text) => Buffer.from(JSON.stringify(text), 'utf16le'),
  'in capitals': (text) => text.toUpperCase(),
};

describe('The search that the canary tests rest on', () => {
  for (const [way, write] of Object.entries(WAYS)) {
    it(`finds key and token ${way}, wherever they stand`, () => {
      fc.assert(
        fc.property(fc.string({ unit: fc.constantFrom('a', 'Z', '0', ' ', '_') }), fc.string({ unit: fc.constantFrom('b', '9', '-') }), (before, after) => {
          for (const { name, text } of canaries) {
            const written = Buffer.concat([Buffer.from('before'), Buffer.from(write(`${before}${text}${after}`)), Buffer.from('after')]);
            assert.ok(canariesIn(written, canaries).some((found) => found.startsWith(name)), `${name} ${way}`);
          }
        }),
        { numRuns: 50 },
      );
    });
  }

  it('finds them as the Authorization header sends them', () => {
    const header = `Basic ${Buffer.from(`${CANARY_KEY}:${CANARY_TOKEN}`).toString('base64')}`;
    assert.deepEqual(canariesIn(header, canaries), ['API key in Base64', 'API token in Base64']);
  });

  it('finds nothing in what only looks alike', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => assert.deepEqual(canariesIn(Buffer.from(bytes), canaries), [])), { numRuns: 50 });
    const changed = [CANARY_KEY, CANARY_TOKEN].map((text) => text.replace(/[0-9a-f]{16}/, (core) => `${core.slice(0, 8)}.${core.slice(8)}`));
    assert.deepEqual(canariesIn(changed.join(' '), canaries), []);
  });
});
