import assert from 'node:assert/strict';
import { badAnswer, failure, processing, retryAt, withoutFreshLink } from '../../../src/recording/problems';

const MINUTE = 60_000;
const ENDED = 1_780_000_000_000;

describe('a recording that is still being processed', () => {
  it('is asked for again by itself, ever less often, until it should have been there', () => {
    const waits: number[] = [];
    let now = ENDED + 10_000;
    for (let attempts = 0; ; attempts += 1) {
      const at = retryAt(ENDED, now, attempts);
      if (at === undefined) break;
      waits.push(at - now);
      now = at;
    }
    assert.deepEqual(waits.slice(0, 5), [20_000, 40_000, 60_000, 120_000, 120_000]);
    assert.ok(waits.length < 15, String(waits.length));
    assert.ok(now - ENDED >= 15 * MINUTE && now - ENDED <= 17 * MINUTE, String(now - ENDED));
  });

  it('is not asked for any more once it is a matter of hours', () => {
    assert.equal(retryAt(ENDED, ENDED + 60 * MINUTE, 0), undefined);
  });
});

describe('a recording of a call that ended just now', () => {
  const answer = { host: 's3.example', status: 403, text: '', isPreSigned: false, endedAt: ENDED, now: ENDED + MINUTE };

  it('is being processed where it is refused; without keys a signed link may have it all the same', () => {
    assert.deepEqual(badAnswer({ ...answer, sentKeys: true }), processing());
    assert.deepEqual(badAnswer({ ...answer, sentKeys: false }), { ...processing(), cause: 'withoutKeys' });
  });
});

describe('a recording for which no fresh link was to be had', () => {
  const expired = failure('expired', { sentence: 'The link has expired.', canRetry: true });

  it('says that one was looked for, and what Exotel’s voice logs say of it', () => {
    assert.equal(withoutFreshLink(expired, undefined).sentence, 'The signed link to the recording has expired, and Exotel gave no fresh one.');
    const refused = failure('refused', { sentence: 'S3 refused it.', canRetry: true });
    assert.equal(withoutFreshLink(refused, undefined).sentence, 'S3 refused it. Exotel was asked for a signed link, and gave none.');
    assert.match(withoutFreshLink(expired, 'not_available').sentence, /not available\.$/);
    assert.match(withoutFreshLink(expired, 'expired').sentence, /is expired\.$/);
    assert.equal(withoutFreshLink(expired, undefined).problem, 'expired');
  });

  it('is being processed where voice logs say so', () => {
    assert.deepEqual(withoutFreshLink(expired, 'processing'), processing());
  });
});
