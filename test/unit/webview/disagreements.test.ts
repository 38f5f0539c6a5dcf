import assert from 'node:assert/strict';
import type { CallField } from '../../../src/call/call';
import { otherValues } from '../../../src/webview/disagreements';
import { storedCall } from '../../support/panelState';

const FORMAT = { timeZone: 'UTC', locale: 'en' };

function others(field: CallField, first: string, second: string): readonly string[] {
  const call = storedCall({ disagreements: [{ field, values: [{ field: 'shown', value: first }, { field: second.slice(0, second.indexOf('=')), value: second.slice(second.indexOf('=') + 1) }] }] });
  return otherValues(call, field, FORMAT).map(({ resource, text, raw }) => `${resource} | ${text} | ${raw}`);
}

describe('What another resource says of a fact', () => {
  const cases: readonly [field: CallField, first: string, second: string, shown: string][] = [
    ['totalDuration', '59', 'v1:Duration=63', 'v1 | 1 min 03 s | 63'],
    ['totalDuration', '59', 'v1:Duration=', 'v1 |  | '],
    ['totalTalkTime', '41', 'v3:total_talk_time=soon', 'v3 | soon | soon'],
    ['startTime', '2026-11-24T06:28:05.000Z', 'v1:StartTime=2026-11-24 11:58:09', 'v1 | 24 Nov 2026, 06:28:09 UTC | 2026-11-24 11:58:09'],
    ['startTime', '2026-11-24T06:28:05.000Z', 'v1:StartTime=yesterday', 'v1 | yesterday | yesterday'],
    ['status', 'completed', 'v3:status=to_leg_unanswered', 'v3 | to_leg_unanswered | to_leg_unanswered'],
  ];
  for (const [field, first, second, shown] of cases) it(`stands beside it as facts do: ${second}`, () => assert.deepEqual(others(field, first, second), [shown]));

  it('is left out where it is the same', () => {
    const values = ['status=completed', 'v3:status=completed', 'v1:Status=busy'].map((told) => ({ field: told.slice(0, told.indexOf('=')), value: told.slice(told.indexOf('=') + 1) }));
    const told = otherValues(storedCall({ disagreements: [{ field: 'status', values }] }), 'status', FORMAT);
    assert.deepEqual(told.map(({ resource, text }) => `${resource}: ${text}`), ['v1: busy']);
  });

  it('is nothing where all agree', () => assert.deepEqual(otherValues(storedCall(), 'status', FORMAT), []));
});
