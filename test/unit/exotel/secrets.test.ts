import assert from 'node:assert/strict';
import { hostAlone } from '../../../src/exotel/secrets';

describe('The proxy that a diagnosis names', () => {
  const cases: readonly (readonly [address: string, host: string | undefined])[] = [
    ['http://proxy.example:8080', 'proxy.example:8080'],
    ['proxy.example:8080', 'proxy.example:8080'],
    ['http://user:s3cr3t@proxy.example:8080/', 'proxy.example:8080'],
    ['user:s3cr3t@proxy.example:8080', 'proxy.example:8080'],
    ['socks5://user:s3@cr3t@proxy.example:1080', 'proxy.example:1080'],
    ['http://user:1080/s3cr3t@proxy.example:8080', undefined],
    ['http://user:s3@cr3t/s3@proxy.example:8080', undefined],
    ['user:80?s3cr3t@proxy.example:8080', undefined],
    ['user:80#s3cr3t@proxy.example:8080', undefined],
    ['user:s3/cr3t@proxy.example:8080', undefined],
    ['', undefined],
  ];
  for (const [address, host] of cases) it(`is told without user name and password: ${JSON.stringify(address)}`, () => assert.equal(hostAlone(address), host));
});
