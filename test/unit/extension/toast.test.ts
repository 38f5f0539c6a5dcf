import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withoutIcons, withoutLinks } from '../../../src/extension/toast';

/** What VS Code makes a link of. */
const LINK = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/i;

describe('A row of a list', () => {
  it('has no icon that a server wrote into it', () => {
    assert.equal(withoutIcons('Asha $(verified) · $(sync~spin)'), 'Asha $ (verified) · $ (sync~spin)');
  });
});

describe('A notification', () => {
  it('offers no command that a server wrote into it', () => {
    assert.equal(withoutLinks('It starts with “[Sign in](command:workbench.action.quit)”.'), 'It starts with “[Sign in] (command:workbench.action.quit)”.');
    fc.assert(
      fc.property(fc.array(fc.constantFrom('[', ']', '(', ')', 'a', ' ', 'command:', 'https://'), { maxLength: 30 }), (parts) => {
        assert.doesNotMatch(withoutLinks(parts.join('')), LINK);
      }),
    );
  });
});
