import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const page = readFileSync('SECURITY.md', 'utf8');

/** ``` `test/…`: “title”, “title” ```. */
const citations = [...page.matchAll(/`(test\/[\w./-]+\.test\.ts)`: ((?:“[^”]+”(?:, )?)+)/g)].flatMap(([, file = '', titles = '']) =>
  [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => ({ file, title })),
);

describe('SECURITY.md', () => {
  it('cites only tests that there are', () => {
    const gone = citations.filter(({ file, title }) => !titlesIn(file).some((there) => there.includes(title)));
    assert.deepEqual(gone, []);
  });

  it('has a test for each attacker that it names, and no citation that this does not check', () => {
    const rows = page.split('\n').filter((line) => /^\| (?!who |---)/.test(line) && !line.startsWith('|---'));
    assert.ok(rows.length > 15);
    assert.deepEqual(rows.filter((row) => !/`test\/[^`]+`: “/.test(row)), []);
    assert.equal(citations.length, page.split('“').length - 1);
  });

  it('is found from the README', () => {
    assert.ok(readFileSync('README.md', 'utf8').includes('(SECURITY.md)'));
  });
});

/** What tests and suites of a file are called, as far as that stands in it. */
function titlesIn(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(/\b(?:describe|it)\(\s*(['`])((?:\\.|(?!\1).)*)\1/g)].map(([, , title = '']) => title.replaceAll("\\'", "'"));
}
