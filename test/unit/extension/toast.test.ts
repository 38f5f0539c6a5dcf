import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { AccountError, accountRemedy, forPerson } from '../../../src/extension/accounts/account';
import { doneStatus, shortName, withoutIcons, withoutLinks } from '../../../src/extension/toast';
import { HOSTILE_TEXT, NOT_INERT } from '../../support/hostileTexts';

/** What VS Code makes a link of. */
const LINK = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/i;
const MEGABYTE = HOSTILE_TEXT.repeat(Math.ceil(1_000_000 / HOSTILE_TEXT.length));

/** What is handed to VS Code to say, with the start of the statement's rest; but for modal dialogs, which know no links. */
function said(): readonly string[] {
  const files = readdirSync('src/extension', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const sources = files.map((name) => readFileSync(path.join('src/extension', name), 'utf8'));
  const calls = sources.flatMap((source) => [...source.matchAll(/\b(?:show(?:Information|Warning|Error)Message|setStatusBarMessage)\(\s*([^;]*)/g)]);
  return calls.map(([, rest = '']) => rest).filter((rest) => !rest.includes('modal: true'));
}

describe('What VS Code is given to say', () => {
  it('is ours word for word, or made inert', () => {
    const all = said();
    assert.ok(all.length > 15, String(all.length));
    assert.deepEqual(all.filter((rest) => !/^(?:withoutLinks|doneStatus)\(/.test(rest) && !/^(?:masks \? '[^']*' : )?'[^']*'[,)]/.test(rest)), []);
  });
});

describe('A row of a list', () => {
  it('has no icon that a server wrote into it', () => {
    assert.equal(withoutIcons('Asha $(verified) · $(sync~spin)'), 'Asha $ (verified) · $ (sync~spin)');
  });
});

describe('A notification', () => {
  it('offers no command that a server wrote into it', () => {
    assert.equal(withoutLinks('It starts with “[Sign in](command:workbench.action.quit)”.'), 'It starts with “[Sign in] (command:workbench.action.quit)”.');
    fc.assert(
      fc.property(fc.array(fc.constantFrom('[', ']', '(', ')', 'a', ' ', '\u200B', 'command:', 'https://'), { maxLength: 30 }), (parts) => {
        assert.doesNotMatch(withoutLinks(parts.join('')), LINK);
      }),
    );
  });

  it('is one line of inert text that can be read, whatever and how much stands in it', () => {
    const shown = withoutLinks(MEGABYTE);
    assert.doesNotMatch(shown, NOT_INERT);
    assert.ok(shown.length < 1100, String(shown.length));
  });

  it('of a command that failed has neither: an error is thrown as it is only where its words are inert', () => {
    const plain = new Error('The lookup was cancelled.');
    assert.equal(forPerson(plain), plain);
    const odd = forPerson(new Error(`There are: [Sign in](command:workbench.action.quit), ${MEGABYTE}`));
    assert.ok(odd instanceof Error);
    assert.doesNotMatch(odd.message, LINK);
    assert.ok(odd.message.length < 1100, String(odd.message.length));
    const locked = new AccountError('secretsUnavailable', 'VS Code could not read its secret storage.');
    assert.equal(Object(forPerson(locked)).message, `${locked.message} ${accountRemedy(locked)}`);
  });
});

describe('A line in the status bar', () => {
  it('has no icon but ours, on one short line of inert text', () => {
    assert.equal(doneStatus('Saved $(trash).wav'), '$(check) Saved $ (trash).wav');
    const shown = doneStatus(MEGABYTE);
    assert.doesNotMatch(shown.slice(2), /\$\(/);
    assert.doesNotMatch(shown, NOT_INERT);
    assert.ok(shown.length < 200, String(shown.length));
  });

  it('shows the end of its sentence, however long the name within it is', () => {
    assert.equal(shortName('Acme'), 'Acme');
    assert.match(doneStatus(`Account “${shortName(MEGABYTE)}” is kept`), /^.{1,60}…” is kept$/);
  });
});
