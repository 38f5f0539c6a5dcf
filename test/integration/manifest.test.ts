import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SETTING_KEYS } from '../../src/extension/settings';
import { manifest, parts } from './extension';

describe('The manifest', () => {
  before(() => parts());

  it('declares every command that is registered, and no other', async () => {
    const registered = (await vscode.commands.getCommands(true)).filter(
      (id) => id.startsWith('exotel.') && !id.startsWith('exotel.calls.'),
    );
    const declared = manifest().contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered.toSorted(), declared.toSorted());
  });

  it('calls the main command exactly “Lookup Exotel Call”, and puts the others under “Exotel”', () => {
    for (const { command, title, category } of manifest().contributes.commands) {
      if (command === 'exotel.lookupCall') assert.deepEqual([title, category], ['Lookup Exotel Call', undefined]);
      else assert.equal(category, 'Exotel', command);
    }
  });

  it('has nothing in its menus that does not exist', () => {
    const { commands, menus, submenus } = manifest().contributes;
    for (const item of Object.values(menus).flat()) {
      const exists = commands.some(({ command }) => command === item.command) || submenus.some(({ id }) => id === item.submenu);
      assert.ok(exists, JSON.stringify(item));
    }
  });

  it('declares every setting that is read, each with a default and a description, and no other', () => {
    const { properties } = manifest().contributes.configuration;
    assert.deepEqual(Object.keys(properties).toSorted(), SETTING_KEYS.map((key) => `exotel.${key}`).toSorted());
    for (const [key, { default: value, description, markdownDescription }] of Object.entries(properties)) {
      assert.notEqual(value, undefined, key);
      assert.ok(description ?? markdownDescription, key);
    }
  });

  it('lets no workspace say where keys go, whose account is used, or how much is kept', () => {
    for (const [key, { scope }] of Object.entries(manifest().contributes.configuration.properties)) {
      assert.equal(scope, key === 'exotel.timeZone' ? 'window' : 'application', key);
    }
  });

  it('is activated by nothing but its commands, its view and its panels', () => {
    assert.deepEqual(manifest().activationEvents, ['onWebviewPanel:exotel.call']);
  });
});
