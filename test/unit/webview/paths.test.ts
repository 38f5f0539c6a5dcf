import assert from 'node:assert/strict';
import { byResource, placeOf } from '../../../src/webview/paths';

describe('A field of an answer', () => {
  it('is of the resource that its path names, else of the one the details came from', () => {
    assert.deepEqual(placeOf('v1:Details.Legs.0.Leg.Id', { resource: 'v2' }), { resource: 'v1', path: 'Details.Legs.0.Leg.Id' });
    assert.deepEqual(placeOf('legs:from.0.status', { resource: 'v3' }), { resource: 'legs', path: 'from.0.status' });
    assert.deepEqual(placeOf('total_duration', { resource: 'v3' }), { resource: 'v3', path: 'total_duration' });
  });

  it('keeps what looks like a resource but is none', () => {
    for (const path of ['legs', 'v4:status', 'sip:agent', 'legs.0']) assert.deepEqual(placeOf(path, { resource: 'v2' }), { resource: 'v2', path });
  });

  it('stands with the others of its resource, each in the order it came', () => {
    const fields = ['status', 'v1:Status', 'legs:to.0.status', 'sid', 'v1:Sid'].map((path) => ({ path }));
    const groups = byResource(fields, { resource: 'v2' }).map(({ resource, fields: own }) => [resource, ...own.map(({ path, name }) => `${name} (${path})`)]);
    assert.deepEqual(groups, [
      ['v2', 'status (status)', 'sid (sid)'],
      ['v1', 'Status (v1:Status)', 'Sid (v1:Sid)'],
      ['legs', 'to.0.status (legs:to.0.status)'],
    ]);
  });
});
