import assert from 'node:assert/strict';
import fc from 'fast-check';
import { markdownCode, markdownLink, markdownTable, markdownText } from '../../../src/call/markdown';

const SPACE = '\u200B';

describe('a text in Markdown', () => {
  const shown: readonly (readonly [what: string, text: string, markdown: string])[] = [
    ['is as it was where it has nothing special', 'Agent and customer talked for 3 min 18 s.', 'Agent and customer talked for 3 min 18 s.'],
    ['keeps the names of fields readable', 'total_talk_time is longer than total_duration.', 'total_talk_time is longer than total_duration.'],
    ['opens no HTML', '<img src=x onerror=alert(1)> & <!-- a -->', '&lt;img src=x onerror=alert(1)&gt; &amp; &lt;!-- a --&gt;'],
    ['ends no cell of a table', 'a|b\\|c', 'a&vert;b&bsol;&vert;c'],
    ['opens no code, stress, link or formula', '`a` *b* _c_ ~d~ [e](https://f.example) $g$', `&grave;a&grave; \\*b\\* \\_c\\_ \\~d\\~ \\[e\\](https:${SPACE}//f.example) &dollar;g&dollar;`],
    ['mentions nobody', 'ask @octocat, or asha@mail.example', `ask @${SPACE}octocat, or asha@${SPACE}mail.example`],
    ['links no issue', 'see #12, GH-7 and exotel/sdk#3', `see #${SPACE}12, GH-${SPACE}7 and exotel/sdk#${SPACE}3`],
    ['becomes no link', 'http://a.example, www.a.example', `http:${SPACE}//a.example, www${SPACE}.a.example`],
    ['becomes no picture, and no time is broken', 'at 10:30:00 :tada: :+1:', `at 10:30:00 :${SPACE}tada: :${SPACE}+1:`],
    ['stays on its line', 'a\n# b\r\n\u2028- c', 'a # b - c'],
    ['begins no list, heading or rule', '- a', '\\- a'],
    ['begins no heading', '# a', '\\# a'],
    ['begins no numbered list', '12. a', '12\\. a'],
    ['begins no rule', '---', '\\---'],
    ['keeps an offset as it is', '+1.0 s', '+1.0 s'],
  ];
  for (const [what, text, markdown] of shown) it(`${what}: ${JSON.stringify(text)}`, () => assert.equal(markdownText(text), markdown));
});

describe('a value in Markdown', () => {
  it('is code', () => assert.equal(markdownCode('sip:a•••@voice.example <b> *c*'), '`sip:a•••@voice.example <b> *c*`'));
  it('is text where code could not hold it in a table', () => assert.equal(markdownCode('a|`b`\\'), 'a&vert;&grave;b&grave;&bsol;'));
  it('says that it is empty', () => assert.equal(markdownCode(' \n '), '*empty*'));
  it('says that it was cut', () => assert.equal(markdownCode('x'.repeat(5000)), `\`${'x'.repeat(299)}…\` (cut: 5000 characters in all)`));
});

describe('a link in Markdown', () => {
  it('leads where it says', () => assert.equal(markdownLink('Docs [1]', 'https://docs.example/a-b#c'), '[Docs \\[1\\]](https://docs.example/a-b#c)'));
  it('is none to anything but the web', () => {
    assert.equal(markdownLink('Docs', 'javascript:alert(1)'), 'Docs: `javascript:alert(1)`');
    assert.equal(markdownLink('Docs', 'https://a.example/)(b'), 'Docs: `https://a.example/)(b`');
  });
});

describe('a table in Markdown', () => {
  it('has as many columns in every line as its head, whatever stands in it', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.stringMatching(/^[\\|`@<#_*\n]{0,12}$/));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
        const lines = markdownTable(['One', 'Two'], rows.map(([one, other]) => [markdownCode(one), markdownText(other)])).split('\n');
        assert.equal(lines.length, rows.length + 2);
        for (const line of lines) assert.equal(line.split('|').length, 4, line);
        for (const line of lines) assert.doesNotMatch(line.replace(/`[^`]*`/g, ''), /<|@\w|#\d/);
      }),
    );
  });
});
