import assert from 'node:assert/strict';
import { DOCS } from '../../../src/call/docs';
import { dashboardUrl } from '../../../src/exotel/origin';
import { readWebPage } from '../../../src/exotel/webPage';

describe('A link out of the panel', () => {
  it('opens at once where it leads to Exotel: every page that verdicts name, and both dashboards', () => {
    const dashboards = (['singapore', 'mumbai'] as const).map((region) => dashboardUrl({ kind: 'region', region }) ?? '');
    for (const url of [...Object.values(DOCS).map((page) => page.url), ...dashboards]) assert.equal(readWebPage(url)?.isExotels, true, url);
  });

  const elsewhere: readonly (readonly [link: string, host: string])[] = [
    ['https://exotel.com.evil.example/', 'exotel.com.evil.example'],
    ['https://evilexotel.com/', 'evilexotel.com'],
    ['https://exotel.com-evil.example/', 'exotel.com-evil.example'],
    ['https://exotel.co/', 'exotel.co'],
    ['https://evil.example/docs.exotel.com', 'evil.example'],
    ['https://evil.example\\.exotel.com/', 'evil.example'],
    ['https://evil.example#.exotel.com', 'evil.example'],
    ['https://evil.example?.exotel.com', 'evil.example'],
    ['https://docs.exotel.com./', 'docs.exotel.com.'],
    ['https://docs.exotel.com:8443/', 'docs.exotel.com:8443'],
    ['http://docs.exotel.com/', 'docs.exotel.com'],
    ['https://docs.exоtel.com/', 'docs.xn--extel-kye.com'],
    ['https://127.0.0.1:8080/', '127.0.0.1:8080'],
    ['https://[::1]/', '[::1]'],
  ];
  for (const [link, host] of elsewhere) {
    it(`is asked about, by its true host, where it only looks like Exotel’s: ${link}`, () => {
      assert.deepEqual(readWebPage(link), { url: new URL(link).href, host, isExotels: false });
    });
  }

  it('may be written in upper case, and with the usual port', () => {
    assert.deepEqual(readWebPage('HTTPS://DOCS.EXOTEL.COM:443/a'), { url: 'https://docs.exotel.com/a', host: 'docs.exotel.com', isExotels: true });
  });

  const refused = [
    'command:workbench.action.closeWindow',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'vscode://exotel.com/',
    'data:text/html,x',
    'ftp://docs.exotel.com/',
    '//docs.exotel.com/',
    '/docs',
    'https:docs.exotel.com',
    'https://',
    'https://docs.exotel.com@evil.example/',
    'https://docs.exotel.com:443@evil.example/',
    'https://me@docs.exotel.com/',
    `https://docs.exotel.com.${'a'.repeat(300)}.example/`,
    '',
  ];
  for (const link of refused) it(`leads nowhere where it is no plain web address: ${JSON.stringify(link)}`, () => assert.equal(readWebPage(link), undefined));
});
