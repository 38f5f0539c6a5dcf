import assert from 'node:assert/strict';
import fc from 'fast-check';
import { indentJson } from '../../../src/call/rawJson';

describe('Raw JSON', () => {
  it('is indented, one value a line', () => {
    assert.equal(
      indentJson('{"a":[1,{"b":null}],"c":{},"d":[ ]}'),
      '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": {},\n  "d": []\n}\n',
    );
  });

  it('keeps numbers, escapes and duplicate keys as they came', () => {
    const shown = indentJson(String.raw`{"id":12345678901234567890,"x":1.50,"e":1E+2,"s":"\u00e9\/\"{,}","s":"again"}`);
    for (const piece of ['12345678901234567890', '1.50', '1E+2', String.raw`"\u00e9\/\"{,}"`, '"s": "again"'])
      assert.ok(shown.includes(piece), piece);
  });

  it('leaves what is no JSON untouched', () => {
    for (const text of ['', '<html>\n  {"a":1}</html>', '{"a":1', '{"a":1}x', '{"a":"b\nc"}']) assert.equal(indentJson(text), text);
  });

  it('changes nothing but white space between tokens', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, space) => {
        const text = space === undefined ? json : JSON.stringify(JSON.parse(json), null, space);
        assert.deepEqual(JSON.parse(indentJson(text)), JSON.parse(text));
        assert.equal(indentJson(indentJson(text)), indentJson(text));
      }),
    );
  });

  it('looks like what JSON.stringify makes, where nothing has to be kept', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        assert.equal(indentJson(JSON.stringify(value)), `${JSON.stringify(value, null, 2)}\n`);
      }),
    );
  });

  it('stays small however deep an answer is nested', () => {
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    assert.ok(indentJson(deep).length < deep.length * 250);
  });

  it('can be shown whatever megabytes of it hold', () => {
    const wide = indentJson(`${'['.repeat(100)}${'1,'.repeat(300_000)}1${']'.repeat(100)}`);
    assert.ok(wide.length < 22_000_000, String(wide.length));
    const deep = indentJson(`[${`${'['.repeat(300)}${']'.repeat(300)},`.repeat(1000)}1]`);
    assert.ok(deep.length < 42_000_000, String(deep.length));
  });

  it('is shown as it came where it is nested without end', () => {
    const deep = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
    assert.equal(indentJson(deep), deep);
  });

  it('is indented as far as anybody reads, and whole', () => {
    const text = `[${'0,'.repeat(1_000_000)}0]`;
    const shown = indentJson(text);
    assert.ok(shown.startsWith('[\n  0,\n  0,'));
    assert.ok(shown.endsWith(',0,0,0]\n'), shown.slice(-20));
    assert.equal(shown.replaceAll(/\s/g, ''), text);
  });

  it('survives a string of megabytes', () => {
    const text = JSON.stringify({ long: '\\"'.repeat(1_000_000) });
    assert.equal(indentJson(text), `{\n  "long": ${text.slice(8, -1)}\n}\n`);
  });
});
