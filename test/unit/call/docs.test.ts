import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { DOCS, isPlainlyExotels } from '../../../src/call/docs';
import { readWebPage } from '../../../src/exotel/webPage';

describe('A link that the page opens without a question', () => {
  it('is each that a verdict names', () => {
    for (const { url } of Object.values(DOCS)) assert.equal(isPlainlyExotels(url), true, url);
  });

  for (const url of ['https://exotel.com.evil.example/', 'https://evilexotel.com/', 'https://docs.exotel.com@evil.example/', 'https://docs.exotel.com:8443/', 'https://docs.exotel.com\\@evil.example/', 'https://evil.example/.exotel.com/', 'https://evil.example?.exotel.com/', 'http://docs.exotel.com/', 'https://docs.exotel.com', 'javascript://docs.exotel.com/']) {
    it(`is not ${url}`, () => assert.equal(isPlainlyExotels(url), false));
  }

  it('is always one that is Exotel’s once it is read as browsers read it', () => {
    const part = fc.constantFrom('https://', 'http://', 'docs.', 'exotel.com', 'evil', '.', '/', '@', ':443', '\\', '?', '#', '%2e', '\t', '-', 'x');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        for (const url of [parts.join(''), `https://${parts.join('')}`, `https://docs.exotel.com/${parts.join('')}`]) {
          if (isPlainlyExotels(url)) assert.equal(readWebPage(url)?.isExotels, true, url);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
