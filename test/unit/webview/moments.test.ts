import assert from 'node:assert/strict';
import type { Call } from '../../../src/call/call';
import { timelineOf } from '../../../src/call/timeline';
import { barText, inOrder, partAfter, rowsOf, spoken } from '../../../src/webview/moments';

const format = { timeZone: 'Asia/Kolkata', locale: 'en-GB' };
const sources = { createdTime: 'created_time', startTime: 'start_time', endTime: 'end_time', updatedTime: 'updated_time', totalTalkTime: 'total_talk_time' };

/** The call of Exotel's v2 page. */
const call: Call = {
  resource: 'v2',
  state: 'terminal',
  status: 'completed',
  createdTime: Date.parse('2024-06-15T10:30:00.000Z'),
  startTime: Date.parse('2024-06-15T10:30:01.000Z'),
  endTime: Date.parse('2024-06-15T10:35:00.000Z'),
  updatedTime: Date.parse('2024-06-15T10:35:05.000Z'),
  totalDuration: 300,
  totalTalkTime: 280,
  sources,
  reported: [],
  reportedLeftOut: 0,
};
const rows = rowsOf(timelineOf(call, Date.parse('2024-06-15T10:36:00.000Z')), format);
const titles = inOrder(rows).map(({ words }) => words.title);

describe('the timeline in words', () => {
  it('lists moments and spans in order of time', () => {
    assert.deepEqual(titles, ['Created', 'Setup', 'Started', 'Connecting', 'Talk', 'Conversation', 'Ended', 'Until last update', 'Updated']);
  });

  it('says aloud when, how long, how far from the start, and how it is known', () => {
    const conversation = inOrder(rows).find(({ words }) => words.title === 'Conversation');
    assert.ok(conversation);
    const text = spoken(conversation.words);
    for (const part of ['15 Jun 2024, 16:00:20', '16:05:00', '4 min 40 s', '+20', 'Derived', 'total_talk_time']) assert.ok(text.includes(part), `${part} in ${text}`);
  });

  it('writes in a bar no more than fits', () => {
    const measure = (text: string): number => text.length * 7;
    assert.equal(barText('conversation, 4 min 40 s', 300, measure), 'conversation, 4 min 40 s');
    assert.equal(barText('conversation, 4 min 40 s', 100, measure), 'conversation');
    assert.equal(barText('conversation, 4 min 40 s', 20, measure), '');
  });
});

describe('the arrow keys on the timeline', () => {
  const key = (title: string, row: number): string => rows[row]?.parts.find(({ words }) => words.title === title)?.words.key ?? '';

  it('go along a row and stop at its ends', () => {
    assert.equal(partAfter('ArrowRight', rows, key('Setup', 0)), key('Connecting', 0));
    assert.equal(partAfter('ArrowLeft', rows, key('Setup', 0)), undefined);
    assert.equal(partAfter('End', rows, key('Created', 1)), key('Updated', 1));
    assert.equal(partAfter('Home', rows, key('Updated', 1)), key('Created', 1));
  });

  it('go to what lies above or below', () => {
    assert.equal(partAfter('ArrowDown', rows, key('Conversation', 0)), key('Talk', 1));
    assert.equal(partAfter('ArrowUp', rows, key('Ended', 1)), key('Until last update', 0));
    assert.equal(partAfter('ArrowUp', rows, key('Setup', 0)), undefined);
  });

  it('leave other keys and unknown parts alone', () => {
    assert.equal(partAfter('Enter', rows, key('Setup', 0)), undefined);
    assert.equal(partAfter('ArrowRight', rows, 'no such part'), undefined);
  });
});
