import assert from 'node:assert/strict';
import type { Endpoint } from '../../../src/exotel/account';
import { isUsualPlace } from '../../../src/recording/address';

const SINGAPORE: Endpoint = { kind: 'region', region: 'singapore' };
const OWN: Endpoint = { kind: 'custom', origin: 'http://127.0.0.1:4000' };
const SAMPLE: Endpoint = { kind: 'sandbox', region: 'singapore', origins: { singapore: 'http://127.0.0.1:4000', mumbai: 'http://127.0.0.1:4001' } };

describe('a recording that is fetched before anybody asks for it', () => {
  const cases: readonly (readonly [what: string, url: string, endpoint: Endpoint, unasked: boolean])[] = [
    ["Exotel's own host", 'https://recordings.exotel.com/exotelrecordings/a/b.mp3', SINGAPORE, true],
    ['S3', 'https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/a/b.mp3', SINGAPORE, true],
    ['a host that only the record names', 'https://recordings.example.com/b.mp3', SINGAPORE, false],
    ['a host that only looks like one', 'https://exotel.com.example.net/b.mp3', SINGAPORE, false],
    ['another that only looks like one', 'https://notexotel.com/b.mp3', SINGAPORE, false],
    ['http', 'http://recordings.exotel.com/b.mp3', SINGAPORE, false],
    ["a custom endpoint's own origin", 'http://127.0.0.1:4000/b.wav', OWN, true],
    ['anything else for a custom endpoint', 'https://s3-ap-southeast-1.amazonaws.com/.../recording.mp3', OWN, false],
    ["a sample account's own region", 'http://127.0.0.1:4000/b.wav', SAMPLE, true],
    ["a sample account's other region, which gets no keys", 'http://127.0.0.1:4001/b.wav', SAMPLE, true],
    ["another port than a sample account's", 'http://127.0.0.1:4002/b.wav', SAMPLE, false],
    ['no address', 'recording.mp3', OWN, false],
  ];
  for (const [what, url, endpoint, unasked] of cases) {
    it(`${unasked ? 'may be' : 'is never'} at ${what}`, () => assert.equal(isUsualPlace(url, endpoint), unasked));
  }
});
