import assert from 'node:assert/strict';
import { isPreSigned, linkExpiry, urlOf } from '../../../src/exotel/links';

describe('an address in a text', () => {
  it('is read, or is none, however often that is asked: Node’s own `URL.canParse` tells otherwise once it is called often', () => {
    for (let count = 0; count < 30_000; count += 1) assert.equal(urlOf('https://\u00E3\u0080\u0082'), undefined);
    assert.equal(urlOf('../b.mp3?x', 'https://a.example/c/d')?.href, 'https://a.example/b.mp3?x');
    for (const text of ['', 'b.mp3', '//a.example', 'https://', 'https://a.example:99999']) assert.equal(urlOf(text), undefined);
  });
});

describe('signed links', () => {
  const expiry = (query: string): number | undefined => linkExpiry(new URL(`https://a.example/b.mp3?${query}`));

  it('tell when they end', () => {
    assert.equal(expiry('X-Amz-Date=20240615T103000Z&X-Amz-Expires=300&X-Amz-Signature=x'), Date.UTC(2024, 5, 15, 10, 35));
    assert.equal(expiry('x-amz-date=20240615T103000Z&x-amz-expires=0'), Date.UTC(2024, 5, 15, 10, 30));
    assert.equal(expiry('AWSAccessKeyId=a&Expires=1718447700&Signature=b'), 1_718_447_700_000);
  });

  it('tell nothing when their times cannot be read', () => {
    for (const query of ['', 'X-Amz-Date=20240615T103000Z', 'X-Amz-Expires=300', 'X-Amz-Date=20241515T993000Z&X-Amz-Expires=300', 'X-Amz-Date=today&X-Amz-Expires=soon', 'Expires=-1', 'Expires=999999999999999']) {
      assert.equal(expiry(query), undefined, query);
    }
  });

  it('are told from links that need the account’s keys', () => {
    assert.equal(isPreSigned(new URL('https://a.example/b?X-Amz-Signature=1')), true);
    assert.equal(isPreSigned(new URL('https://a.example/b?Expires=1&Signature=1')), true);
    assert.equal(isPreSigned(new URL('https://a.example/b?signed=1')), false);
    assert.equal(isPreSigned(new URL('https://a.example/b')), false);
  });
});
