import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { isTimeZone } from '../../../src/call/time';

const manifest = v.parse(
  v.object({ contributes: v.object({ configuration: v.object({ properties: v.object({ 'exotel.timeZone': v.object({ pattern: v.string() }) }) }) }) }),
  JSON.parse(readFileSync('package.json', 'utf8')),
);
const pattern = new RegExp(manifest.contributes.configuration.properties['exotel.timeZone'].pattern);

describe('The settings editor, asked for a time zone', () => {
  it('takes local and every zone that times can be shown in', () => {
    for (const zone of ['local', 'UTC', 'Etc/GMT+5', 'EST5EDT', ...Intl.supportedValuesOf('timeZone')]) {
      assert.ok(pattern.test(zone), zone);
      assert.ok(zone === 'local' || isTimeZone(zone), zone);
    }
  });

  it('warns of what can be none', () => {
    for (const text of ['', '+05:30', 'GMT+5:30', 'India Standard Time', 'Asia/', '/Kolkata']) assert.ok(!pattern.test(text), text);
  });
});
