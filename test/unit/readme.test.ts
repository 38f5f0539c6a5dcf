import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';

const manifest = v.parse(
  v.object({
    contributes: v.object({
      configuration: v.object({ properties: v.record(v.string(), v.object({ default: v.unknown() })) }),
      keybindings: v.array(v.object({ key: v.string() })),
    }),
    devDependencies: v.record(v.string(), v.string()),
  }),
  JSON.parse(readFileSync('package.json', 'utf8')),
);
const readme = readFileSync('README.md', 'utf8');

describe('the README', () => {
  it('lists every setting with the default it has', () => {
    for (const [name, { default: value }] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.ok(readme.includes(`| \`${name}\` | \`${String(value)}\` |`), name);
    }
  });

  it('names the key that looks a call up', () => {
    const [key] = manifest.contributes.keybindings.map((binding) => binding.key);
    assert.ok(readme.toLowerCase().includes(`\`${key ?? 'none'}\``));
  });

  it('shows only pictures that are there', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\((?!https:)([^)]+)\)/g)].flatMap(([, file]) => file ?? []);
    assert.notEqual(pictures.length, 0);
    for (const picture of pictures) assert.ok(readFileSync(picture).byteLength > 1000, picture);
  });
});
