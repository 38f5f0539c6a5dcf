/** Texts that do something wherever they are taken for more than text, and answers that hold them. */

/** HTML, script, Markdown, `command:` links, icons, templates, shell, ANSI, marks that turn or hide text, NUL, surrogates. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  html: '<img src="https://evil.example/x.png" onerror="document.title=\'pwned\'"><script>document.title="pwned"</script></td></style>',
  links: '[y](command:workbench.action.closeWindow) <a href="command:foo">x</a> ![z](https://evil.example/x.png) javascript:alert(1) https://evil.example @octocat #1',
  markdown: '```\n# heading\n| a | b |\n| --- | --- |\n<!-- --> ~~~ $$x$$ %%{init: {}}%% ; click a call b()',
  icons: '$(trash) $(sync~spin) \u{1F4A3} :tada: {{7*7}} ${7*7}',
  shell: '\'; touch pwned; echo \' " $(touch pwned) `touch pwned` \\ \n&& ',
  controls: 'a\u0000b\u0007c\u001B[31mred\u001B]0;title\u0007\r\nx\u0085y\u009B2J\u2028z',
  marks: '\u202Egnp.exe\u2066hidden\u2069\u200B\u200E\uFEFF\u{E0041}\u061C',
  surrogates: '\uD800a\uDC00\uD83D',
};

/** All of them in one. */
export const HOSTILE_TEXT = Object.values(HOSTILE_TEXTS).join(' ');

/** What no line of ours may have: what moves a cursor, turns or hides what follows, or is half a character. */
export const NOT_INERT = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;

/** The value with every text in it exchanged. */
export function withTexts(value: unknown, exchange: (text: string, path: string) => unknown, path = ''): unknown {
  if (typeof value === 'string') return exchange(value, path);
  if (Array.isArray(value)) return value.map((item, index) => withTexts(item, exchange, `${path}.${String(index)}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item, exchange, `${path}.${key}`)]));
}

/** The paths of the texts in a value, as {@link withTexts} has them. */
export function pathsOfTexts(value: unknown): readonly string[] {
  const paths: string[] = [];
  withTexts(value, (text, path) => {
    paths.push(path);
    return text;
  });
  return paths;
}

/** The answer of the legs resource with so many legs at the *from* end, none of them answered, and one at the other. */
export function manyLegs(count: number, text = 'Asha'): unknown {
  const leg = (index: number): unknown => ({ sid: `leg${String(index)}`, name: `${text} ${String(index)}`, contact_uri: `sip:a${String(index)}@agents.example`, status: ['no-answer', 'busy', 'failed', null][index % 4], group_id: 'g', group_name: text, date_created: '2024-06-15 16:00:02+05:30', date_updated: '2024-06-15 16:01:02+05:30' });
  return { response: { leg_details: { from: Array.from({ length: count }, (_, index) => leg(index)), to: [{ ...Object(leg(0)), status: 'completed' }] } } };
}
