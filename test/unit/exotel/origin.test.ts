import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Endpoint } from '../../../src/exotel/account';
import { urlOf } from '../../../src/exotel/links';
import { apiOrigin, credentialRule, dashboardUrl, otherRegion, readOrigin, regionOfHost } from '../../../src/exotel/origin';

const singapore: Endpoint = { kind: 'region', region: 'singapore' };
const mumbai: Endpoint = { kind: 'region', region: 'mumbai' };
const custom = (origin: string): Endpoint => ({ kind: 'custom', origin });

describe('where an account lives', () => {
  it('asks the API of the account’s own region', () => {
    assert.equal(apiOrigin(singapore, 'v2'), 'https://ccm-api.exotel.com');
    assert.equal(apiOrigin(mumbai, 'v2'), 'https://ccm-api.in.exotel.com');
    assert.equal(apiOrigin(custom('http://127.0.0.1:8080'), 'v2'), 'http://127.0.0.1:8080');
  });

  it('opens the dashboard of the region, and none for a custom endpoint', () => {
    assert.equal(dashboardUrl(singapore), 'https://my.exotel.com/');
    assert.equal(dashboardUrl(mumbai), 'https://my.in.exotel.com/');
    assert.equal(dashboardUrl(custom('https://exotel.example.com')), undefined);
  });

  it('offers the other region', () => {
    assert.equal(otherRegion('singapore'), 'mumbai');
    assert.equal(otherRegion('mumbai'), 'singapore');
  });

  it('knows the region of an API host', () => {
    assert.equal(regionOfHost('api.in.exotel.com'), 'mumbai');
    assert.equal(regionOfHost('ccm-api.exotel.com'), 'singapore');
    assert.equal(regionOfHost('my.exotel.com'), undefined);
  });
});

describe('keys go nowhere but where they belong', () => {
  const everywhere = ['evil.example', 'exotel.com.evil.example', 'media.exotel.com'];
  const cases: readonly (readonly [url: string, endpoint: Endpoint, purpose: 'api' | 'recording', rule: 'yes' | 'ask' | 'no'])[] = [
    ['https://ccm-api.exotel.com/v2/accounts/a/calls/b', singapore, 'api', 'yes'],
    ['https://CCM-API.Exotel.COM/v2', singapore, 'api', 'yes'],
    ['https://ccm-api.exotel.com:443/v2', singapore, 'api', 'yes'],
    ['https://api.exotel.com/v1', singapore, 'api', 'yes'],
    ['https://ccm-api.in.exotel.com/v2', mumbai, 'api', 'yes'],
    ['https://ccm-api.in.exotel.com/v2', singapore, 'api', 'no'],
    ['https://ccm-api.exotel.com/v2', mumbai, 'api', 'no'],
    ['https://media.exotel.com/v2', singapore, 'api', 'no'],
    ['https://recordings.exotel.com/v2', singapore, 'api', 'no'],
    ['https://recordings.exotel.com/exotelrecordings/a/b.mp3', singapore, 'recording', 'yes'],
    ['https://recordings.in.exotel.com/a.mp3', singapore, 'recording', 'yes'],
    ['https://recordings.exotel.com/a.mp3', mumbai, 'recording', 'yes'],
    ['https://api.exotel.com/a.mp3', singapore, 'recording', 'yes'],
    ['https://api.in.exotel.com/a.mp3', singapore, 'recording', 'ask'],
    ['https://my.exotel.com/a.mp3', singapore, 'recording', 'ask'],
    ['https://media.exotel.com/a.mp3', singapore, 'recording', 'yes'],
    ['http://recordings.exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['http://media.exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['https://recordings.exotel.com:8443/a.mp3', singapore, 'recording', 'no'],
    ['https://media.exotel.com:444/a.mp3', singapore, 'recording', 'no'],
    ['https://recordings.exotel.com./a.mp3', singapore, 'recording', 'no'],
    ['https://exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['https://exotel.com.evil.example/a.mp3', singapore, 'recording', 'no'],
    ['https://recordings.exotel.com.evil.example/a.mp3', singapore, 'recording', 'no'],
    ['https://evil-exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['https://evilexotel.com/a.mp3', singapore, 'recording', 'no'],
    ['https://evil.example/recordings.exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['https://evil.example?recordings.exotel.com', singapore, 'recording', 'no'],
    ['https://evil.example#.exotel.com', singapore, 'recording', 'no'],
    ['https://recordings.exotel.com@evil.example/a.mp3', singapore, 'recording', 'no'],
    ['https://evil.example@recordings.exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['https://key:token@recordings.exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['https://recordings.exotel.com\\@evil.example/a.mp3', singapore, 'recording', 'no'],
    ['https:\\\\recordings.exotel.com\\a.mp3', singapore, 'recording', 'no'],
    ['https://evil.example\t.exotel.com/', singapore, 'recording', 'no'],
    ['https://recordings\n.exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['//recordings.exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['recordings.exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['/a.mp3', singapore, 'recording', 'no'],
    ['', singapore, 'recording', 'no'],
    ['ftp://recordings.exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['file://recordings.exotel.com/a.mp3', singapore, 'recording', 'no'],
    ['https://recordings.exоtel.com/a.mp3', singapore, 'recording', 'no'],
    ['https://recordings.exotel.com。evil.example/a.mp3', singapore, 'recording', 'no'],
    ['https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/a.mp3', singapore, 'recording', 'no'],
    ['https://127.0.0.1/a.mp3', singapore, 'recording', 'no'],
    ['https://[::1]/a.mp3', singapore, 'recording', 'no'],
    ['https://evil.example/a.mp3', singapore, 'recording', 'no'],
    ['https://exotel.example.com/a.mp3', custom('https://exotel.example.com'), 'recording', 'yes'],
    ['https://EXOTEL.example.com:443/a.mp3', custom('https://exotel.example.com'), 'recording', 'yes'],
    ['https://exotel.example.com:8443/a.mp3', custom('https://exotel.example.com:8443'), 'api', 'yes'],
    ['https://exotel.example.com/a.mp3', custom('https://exotel.example.com:8443'), 'api', 'no'],
    ['http://exotel.example.com/a.mp3', custom('https://exotel.example.com'), 'recording', 'no'],
    ['https://sub.exotel.example.com/a.mp3', custom('https://exotel.example.com'), 'recording', 'no'],
    ['https://recordings.exotel.com/a.mp3', custom('https://exotel.example.com'), 'recording', 'no'],
    ['https://media.exotel.com/a.mp3', custom('https://exotel.example.com'), 'recording', 'no'],
    ['http://127.0.0.1:8080/a.mp3', custom('http://127.0.0.1:8080'), 'recording', 'yes'],
    ['http://127.0.0.1:8081/a.mp3', custom('http://127.0.0.1:8080'), 'recording', 'no'],
    ['http://localhost:8080/a.mp3', custom('http://127.0.0.1:8080'), 'recording', 'no'],
    ['http://[::1]:8080/a.mp3', custom('http://[::1]:8080'), 'api', 'yes'],
    ['http://exotel.example.com/a', custom('http://exotel.example.com'), 'api', 'no'],
    ['https://exotel.example.com/a', custom('not an origin'), 'api', 'no'],
    ['null', custom('null'), 'api', 'no'],
    ['blob:https://exotel.example.com/8f2c', custom('https://exotel.example.com'), 'recording', 'no'],
    ['blob:https://recordings.exotel.com/8f2c', singapore, 'recording', 'no'],
  ];
  for (const [url, endpoint, purpose, rule] of cases) {
    const of = endpoint.kind === 'custom' ? endpoint.origin : endpoint.region;
    it(`${rule}: ${JSON.stringify(url)} for ${purpose} of ${of}`, () => {
      assert.equal(credentialRule(url, endpoint, purpose, everywhere), rule);
    });
  }

  it('asks before a host of Exotel’s that nobody allowed yet', () => {
    assert.equal(credentialRule('https://media.exotel.com/a.mp3', singapore, 'recording', []), 'ask');
    assert.equal(credentialRule('https://media.exotel.com/a.mp3', singapore, 'recording', ['other.exotel.com']), 'ask');
  });

  it('never says yes for a host outside exotel.com, whatever was allowed', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const { hostname } = new URL(url);
        fc.pre(!hostname.endsWith('.exotel.com'));
        for (const endpoint of [singapore, mumbai]) assert.equal(credentialRule(url, endpoint, 'recording', [hostname]), 'no');
      }),
    );
  });

  it('says yes only for what is, once parsed, https on port 443 of a known host', () => {
    const part = fc.constantFrom('https://', 'http://', 'exotel.com', 'recordings.', 'ccm-api.', '.', '@', ':', '443', '8443', '/', '\\', 'evil.example', '%2e', '#', '?', ' ', 'key:token@', '//');
    const known = new Set(['https://ccm-api.exotel.com', 'https://api.exotel.com', 'https://recordings.exotel.com', 'https://recordings.in.exotel.com']);
    fc.assert(
      fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
        const text = parts.join('');
        if (credentialRule(text, singapore, 'recording', []) !== 'yes') return;
        const url = new URL(text);
        assert.ok(known.has(url.origin), text);
        assert.equal(url.username + url.password, '');
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps the sample accounts’ keys on this machine, whatever origin they were given', () => {
    const sandbox = (origin: string): Endpoint => ({ kind: 'sandbox', region: 'mumbai', origins: { singapore: 'http://127.0.0.1:1', mumbai: origin } });
    assert.equal(credentialRule('http://127.0.0.1:8080/v2', sandbox('http://127.0.0.1:8080'), 'api', []), 'yes');
    assert.equal(credentialRule('http://127.0.0.1:1/v2', sandbox('http://127.0.0.1:8080'), 'api', []), 'no');
    for (const origin of ['https://exotel.example.com', 'https://ccm-api.in.exotel.com', 'https://127.0.0.1:8080', 'http://exotel.example.com']) {
      for (const purpose of ['api', 'recording'] as const) assert.equal(credentialRule(`${origin}/v2`, sandbox(origin), purpose, ['ccm-api.in.exotel.com']), 'no', origin);
    }
  });

  it('agrees with a plain list of origins, whatever an address is made of and whosever it is', () => {
    const exotels: Readonly<Record<string, readonly string[]>> = {
      'singapore api': ['https://ccm-api.exotel.com', 'https://api.exotel.com'],
      'mumbai api': ['https://ccm-api.in.exotel.com', 'https://api.in.exotel.com'],
    };
    const recordings = ['https://recordings.exotel.com', 'https://recordings.in.exotel.com', 'https://media.exotel.com'];
    const listed = (endpoint: Endpoint, purpose: 'api' | 'recording'): readonly string[] => {
      if (endpoint.kind === 'custom') return [endpoint.origin];
      if (endpoint.kind === 'sandbox') return [endpoint.origins[endpoint.region]];
      return [...(exotels[`${endpoint.region} api`] ?? []), ...(purpose === 'api' ? [] : recordings)];
    };
    const sandbox: Endpoint = { kind: 'sandbox', region: 'mumbai', origins: { singapore: 'http://127.0.0.1:8081', mumbai: 'http://127.0.0.1:8080' } };
    const endpoints = [singapore, mumbai, custom('https://exotel.example.com'), custom('https://exotel.example.com:8443'), custom('http://127.0.0.1:8080'), custom('http://[::1]:8080'), sandbox] as const;
    const name = fc.constantFrom(
      'ccm-api.exotel.com', 'api.exotel.com', 'ccm-api.in.exotel.com', 'api.in.exotel.com', 'recordings.exotel.com', 'recordings.in.exotel.com', 'media.exotel.com', 'my.exotel.com', 'exotel.com', 'exotel.example.com',
      'CCM-API.Exotel.COM', 'api%2eexotel.com', 'api%2Fexotel.com', 'api.exotel.com%00', 'ａｐｉ.exotel.com', 'api.exotel。com', 'api.exоtel.com', 'xn--api-exotel.com', 'api.exotel.com.evil.example', 'evil-exotel.com', 'api.exotel.com%2eevil.example', 'ap\u00ADi.exotel.com', 'api.exotel.com\u200B',
      '127.0.0.1', '127.1', '0x7f.1', '2130706433', '0177.0.0.1', '127.0.0.1.', 'localhost', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::1%25lo]', '0.0.0.0', 'evil.example',
    );
    const scheme = fc.constantFrom('https://', 'http://', 'HTTPS://', 'https:', 'https:/', 'https:///', '//', 'https:\\\\', 'ftp://', 'javascript://', 'blob:https://', ' https://', 'ht\ttps://', '');
    const user = fc.constantFrom('', '', '', 'key:token@', 'a@', '@', ':@', 'api.exotel.com@', 'api.exotel.com:443@', 'evil.example%40', 'evil.example\\@', 'evil.example/@', 'evil.example#@', 'evil.example?@');
    const after = fc.constantFrom('', '.', '..', ':', ':443', ':0443', ':80', ':8080', ':8081', ':8443', ':65536', ':4 43');
    const rest = fc.constantFrom('', '/', '/v2', '/@evil.example/', '\\', '\\@evil.example', '?@evil.example', '#@evil.example', '/%2e%2e/', '/\t', '/\n', '/..//evil.example');
    fc.assert(
      fc.property(fc.tuple(scheme, user, name, after, rest), fc.constantFrom(...endpoints), fc.constantFrom('api', 'recording'), (parts, endpoint, purpose) => {
        const text = parts.join('');
        const url = urlOf(text);
        const isListed = url?.username === '' && url.password === '' && url.protocol !== 'blob:' && listed(endpoint, purpose).includes(url.origin);
        if (url !== undefined) assert.equal(credentialRule(url, endpoint, purpose, ['media.exotel.com']) === 'yes', isListed, `${text} as ${url.href}`);
        const isWellMeant = !/[\\\s]/.test(text);
        assert.equal(credentialRule(text, endpoint, purpose, ['media.exotel.com']) === 'yes', isListed && isWellMeant, text);
      }),
      { numRuns: 5000 },
    );
  });

  it('takes a custom endpoint’s own origin and no other', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'] }), fc.webUrl(), (own, other) => {
        const { origin } = new URL(own);
        assert.equal(credentialRule(own, custom(origin), 'recording', []), 'yes');
        assert.equal(credentialRule(other, custom(origin), 'recording', []), new URL(other).origin === origin ? 'yes' : 'no');
      }),
    );
  });
});

describe('a custom endpoint as somebody types it', () => {
  const good: readonly (readonly [typed: string, origin: string])[] = [
    ['https://exotel.example.com', 'https://exotel.example.com'],
    ['  https://Exotel.Example.com/ \n', 'https://exotel.example.com'],
    ['https://exotel.example.com:443', 'https://exotel.example.com'],
    ['https://exotel.example.com:8443/', 'https://exotel.example.com:8443'],
    ['https://10.1.2.3', 'https://10.1.2.3'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://127.1:3000', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ];
  for (const [typed, origin] of good) {
    it(`takes ${JSON.stringify(typed)}`, () => assert.deepEqual(readOrigin(typed), { ok: true, origin }));
  }

  const bad: readonly (readonly [typed: string, reason: RegExp])[] = [
    ['', /Type the endpoint/],
    ['exotel.example.com', /https:\/\//],
    ['ftp://exotel.example.com', /https:\/\//],
    ['https://', /valid/],
    ['https://exotel.example.com:99999', /valid/],
    ['https://exo tel.example.com', /valid/],
    ['https://exotel.example.com\\@evil.example', /valid/],
    ['http://exotel.example.com', /this machine only/],
    ['http://10.0.0.1', /this machine only/],
    ['http://127.0.0.1.evil.example', /this machine only/],
    ['http://localhost.evil.example', /this machine only/],
    ['https://exotel.example.com/v2', /https:\/\/exotel\.example\.com is enough/],
    ['https://exotel.example.com/?a=b', /is enough/],
    ['https://exotel.example.com/#a', /is enough/],
    ['https://secret-key:secret-token@exotel.example.com', /boxes of their own/],
  ];
  for (const [typed, reason] of bad) {
    it(`says why not ${JSON.stringify(typed)}`, () => {
      const reading = readOrigin(typed);
      assert.ok(!reading.ok);
      assert.match(reading.reason, reason);
      assert.doesNotMatch(reading.reason, /secret/);
    });
  }

  it('gives, for whatever is typed, an origin that keys may go to, or a reason', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webAuthority().map((host) => `https://${host}`)), (typed) => {
        const reading = readOrigin(typed);
        if (!reading.ok) return;
        assert.equal(credentialRule(`${reading.origin}/v2`, custom(reading.origin), 'api', []), 'yes');
        assert.deepEqual(readOrigin(reading.origin), reading);
      }),
    );
  });
});
