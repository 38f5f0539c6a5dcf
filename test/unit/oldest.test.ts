import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

const { engines, devDependencies, enabledApiProposals } = v.parse(
  v.object({
    engines: v.object({ vscode: v.string() }),
    devDependencies: v.object({ '@types/vscode': v.string(), '@types/node': v.string() }),
    enabledApiProposals: v.optional(v.unknown()),
  }),
  json('package.json'),
);
const host = v.parse(
  v.object({ dependencies: v.object({ 'code-server': v.string() }), optionalDependencies: v.record(v.string(), v.string()) }),
  json('test/host/oldest/package.json'),
);
const [, oldestMinor] = /^\^1\.(\d+)\.0$/.exec(engines.vscode) ?? [];

describe('The oldest VS Code that the extension says it runs in', () => {
  it('is the one whose API the types describe: a newer call does not compile', () => {
    assert.equal(devDependencies['@types/vscode'], `1.${String(oldestMinor)}.0`);
    assert.equal(enabledApiProposals, undefined);
  });

  it('is called by no way around these types', () => {
    const sources = readdirSync('src/extension', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const around = sources.filter((file) => /\bas unknown as\b|\bas never\b|\bvscode\s*(\[|as\b)|\bin vscode\b/.test(readFileSync(path.join('src/extension', file), 'utf8')));
    assert.notEqual(sources.length, 0);
    assert.deepEqual(around, []);
  });

  it('is the one that the tests run in: code-server 4.x carries VS Code 1.x', () => {
    assert.equal(host.dependencies['code-server'].split('.').slice(0, 2).join('.'), `4.${String(oldestMinor)}`);
  });

  it('brings the Node that the types describe: a newer call does not compile', () => {
    const major = (version: string): string | undefined => version.split('.')[0];
    const nodes = Object.entries(host.optionalDependencies).filter(([name]) => name.startsWith('node-'));
    assert.notEqual(nodes.length, 0);
    for (const [name, version] of nodes) assert.equal(major(version), major(devDependencies['@types/node']), name);
  });
});

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
