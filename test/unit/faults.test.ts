import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const COLUMNS = 4;

/** The rows of all tables: their cells, and what they cite. */
const rows = readFileSync('test/FAULTS.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|[ -]*-/.test(line) && !line.startsWith('| fault |'))
  .map((line) => {
    const cells = line.split(' | ');
    const cited = [...(cells.at(-1) ?? '').matchAll(/`(test\/[^`]+)`: “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title }));
    return { fault: cells[0] ?? '', cells, cited };
  });

describe('the table of faults', () => {
  it('has rows, each with what is seen, what is kept and a test', () => {
    assert.ok(rows.length > 20, String(rows.length));
    for (const { fault, cells, cited } of rows) {
      assert.equal(cells.length, COLUMNS, fault);
      assert.ok(cells.every((cell) => cell.trim() !== '') && cited.length > 0, fault);
    }
  });

  it('names tests that are there, by their titles', () => {
    const missing = rows.flatMap(({ cited }) => cited).filter(({ file, title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title));
    assert.deepEqual(missing, []);
  });
});
