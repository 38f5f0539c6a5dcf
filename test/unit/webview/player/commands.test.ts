import assert from 'node:assert/strict';
import { actOf, COMMANDS, keysOf, SHEET, titleOf, type KeyPlace } from '../../../../src/webview/player/commands';

const NO_MODIFIERS = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

function act(key: string, place: KeyPlace = 'elsewhere', modifiers: Partial<typeof NO_MODIFIERS> = {}) {
  return actOf({ key, ...NO_MODIFIERS, ...modifiers }, place);
}

describe('the keys of the player', () => {
  it('play, skip, seek and change the volume wherever the focus is in it', () => {
    assert.deepEqual(act(' '), { kind: 'toggle' });
    assert.deepEqual(act('k', 'button'), { kind: 'toggle' });
    assert.deepEqual(act('ArrowLeft'), { kind: 'skip', by: -5 });
    assert.deepEqual(act('ArrowRight', 'button'), { kind: 'skip', by: 5 });
    assert.deepEqual(act('Home'), { kind: 'seek', to: 'start' });
    assert.deepEqual(act('End'), { kind: 'seek', to: 'end' });
    assert.deepEqual(act('ArrowUp', 'volume'), { kind: 'volume', by: 0.1 });
  });

  it('step over spans, and back to earlier speech, with Shift', () => {
    assert.deepEqual(act('ArrowRight', 'elsewhere', { shiftKey: true }), { kind: 'span', step: 1 });
    assert.deepEqual(act('a'), { kind: 'speech', of: 'agent', step: 1 });
    assert.deepEqual(act('A', 'elsewhere', { shiftKey: true }), { kind: 'speech', of: 'agent', step: -1 });
    assert.deepEqual(act('C', 'elsewhere', { shiftKey: true }), { kind: 'speech', of: 'customer', step: -1 });
  });

  it('mean the same with Shift where the keyboard needs it to write them, and with Caps Lock', () => {
    assert.deepEqual(act('?', 'elsewhere', { shiftKey: true }), { kind: 'shortcuts' });
    assert.deepEqual(act('>', 'elsewhere', { shiftKey: true }), { kind: 'speed', step: 1 });
    assert.deepEqual(act('K', 'elsewhere'), { kind: 'toggle' });
  });

  it('leave a focused control the keys that it needs itself', () => {
    assert.equal(act(' ', 'button'), undefined);
    assert.equal(act('ArrowLeft', 'volume'), undefined);
    assert.equal(act('Home', 'volume'), undefined);
    for (const key of ['ArrowUp', 'ArrowDown', ' ', 'k', 'Home']) assert.equal(act(key, 'choice'), undefined);
  });

  it('leave the timeline its own, and steer the player from there with the rest', () => {
    for (const key of [' ', 'ArrowLeft', 'ArrowUp', 'Home', 'End']) assert.equal(act(key, 'chart'), undefined);
    assert.equal(act('ArrowRight', 'chart', { shiftKey: true }), undefined);
    assert.deepEqual(act('k', 'chart'), { kind: 'toggle' });
    assert.deepEqual(act('[', 'chart'), { kind: 'mark', mark: 'a' });
  });

  it('are the editor’s with Ctrl, Cmd or Alt', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'] as const) assert.equal(act('c', 'elsewhere', { [modifier]: true }), undefined);
  });

  it('are each those of one command', () => {
    const keys = Object.values(COMMANDS).flatMap((command): readonly string[] => command.keys);
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe('the sheet of shortcuts', () => {
  it('lists every command, once', () => {
    const listed = SHEET.flatMap(({ commands }) => commands);
    assert.deepEqual(listed.toSorted(), Object.keys(COMMANDS).toSorted());
  });

  it('writes keys as people read them, as titles do', () => {
    assert.deepEqual(keysOf('toggle'), ['K', 'Space']);
    assert.deepEqual(keysOf('nextSpan'), ['Shift+→']);
    assert.equal(titleOf('loop'), 'Loop A to B (L)');
    assert.equal(titleOf('toggle', 'Pause'), 'Pause (K)');
  });
});
