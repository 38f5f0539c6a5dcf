import assert from 'node:assert/strict';
import type { Endpoint } from '../../../src/exotel/account';
import { whyNotFetched } from '../../../src/recording/address';

const singapore: Endpoint = { kind: 'region', region: 'singapore' };
const why = (url: string, endpoint: Endpoint = singapore): string | undefined => whyNotFetched(new URL(url), endpoint);

describe('a record cannot make this machine ask', () => {
  for (const url of ['http://recordings.exotel.com/a.mp3', 'http://bucket.example.com/a.mp3', 'ftp://bucket.example.com/a.mp3', 'file:///etc/passwd', 'data:audio/mpeg,x']) {
    it(`anything but https: ${url}`, () => assert.match(why(url) ?? '', /not https/));
  }

  const hosts = [
    'localhost', 'LOCALHOST.', 'a.localhost', 'printer.local', 'db.internal', 'nas.home.arpa',
    '127.0.0.1', '127.1', '2130706433', '0x7f.1', '0.0.0.0', '10.0.0.1', '100.64.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1', '224.0.0.1', '255.255.255.255',
    'localhost..', '127.0.0.1..', '127.0.0.1.', 'localhost%2e', 'ⓛocalhost', '①②⑦.0.0.1', '127。0。0。1', '0177.0.0.1', '017700000001', '0', '4294967295', '192.0.0.1', '198.18.0.1', '198.19.255.255',
    'api.private', 'api.test', 'metadata', 'metadata.google.internal.', '[::10]', '[64:ff9b::1]', '[64:ff9b:1::7f00:1]', '[2001::80ff:fffe]', '[2001:0:1::1]', '[2002:7f00:1::]', '[::ffff:0:127.0.0.1]', '[0:0:0:0:0:ffff:7f00:1]', '[FEC0::1]',
    '[::1]', '[::]', '[fc00::1]', '[fd12::1]', '[fe80::1]', '[ff02::1]', '[::ffff:127.0.0.1]', '[::ffff:10.0.0.1]', '[64:ff9b::10.0.0.1]', '[::127.0.0.1]',
  ];
  for (const host of hosts) {
    it(`itself or its own network: ${host}`, () => assert.match(why(`https://${host}/latest/meta-data`) ?? '', /on this machine or its own network/));
  }

  it('what is no address of the web, though it holds the account’s own', () => {
    const own: Endpoint = { kind: 'custom', origin: 'http://127.0.0.1:8080' };
    assert.match(why('blob:http://127.0.0.1:8080/8f2c', own) ?? '', /its address is blob, not https/);
    assert.match(why('blob:https://recordings.exotel.com/8f2c') ?? '', /its address is blob, not https/);
  });

  it('another port of its own than the account’s', () => {
    const own: Endpoint = { kind: 'custom', origin: 'http://127.0.0.1:8080' };
    assert.equal(why('http://127.0.0.1:8080/a.mp3', own), undefined);
    assert.ok(why('http://127.0.0.1:8081/a.mp3', own));
    assert.ok(why('https://127.0.0.1:8080/a.mp3', own));
    assert.ok(why('http://localhost:8080/a.mp3', own));
  });

  it('another port than those of the sample accounts’ two regions', () => {
    const own: Endpoint = { kind: 'sandbox', region: 'mumbai', origins: { singapore: 'http://127.0.0.1:8080', mumbai: 'http://127.0.0.1:8081' } };
    for (const port of [8080, 8081]) assert.equal(why(`http://127.0.0.1:${port}/a.mp3`, own), undefined);
    assert.ok(why('http://127.0.0.1:8082/a.mp3', own));
    assert.ok(why('http://localhost:8080/a.mp3', own));
  });

  it('by an account whose endpoint is not well typed', () => assert.ok(why('http://bucket.example.com/a.mp3', { kind: 'custom', origin: 'http://bucket.example.com' })));
});

describe('a record may name', () => {
  for (const url of [
    'https://recordings.exotel.com/a.mp3', 'https://s3-ap-southeast-1.amazonaws.com/a.mp3', 'https://bucket.example.com:8443/a.mp3', 'https://11.0.0.1/a.mp3',
    'https://172.32.0.1/a.mp3', 'https://100.128.0.1/a.mp3', 'https://[2001:db8::1]/a.mp3', 'https://[2001:4860:4860::8888]/a.mp3', 'https://198.20.0.1/a.mp3', 'https://192.0.2.1/a.mp3', 'https://localhost.example.com/a.mp3', 'https://[::ffff:8.8.8.8]/a.mp3', 'https://10.example.com/a.mp3', 'https://fd.example.com/a.mp3',
  ]) {
    it(url, () => assert.equal(why(url), undefined));
  }

  it('a private address that is exactly the account’s own', () => {
    assert.equal(why('https://10.1.2.3/a.mp3', { kind: 'custom', origin: 'https://10.1.2.3' }), undefined);
  });
});
