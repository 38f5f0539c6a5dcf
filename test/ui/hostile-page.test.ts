import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { SAMPLES } from '../../src/sandbox/samples';
import type { HostMethods } from '../../src/shared/protocol';
import { MAX_COPIED, MAX_LINK } from '../../src/shared/protocol';
import { useSandbox } from '../support/sandbox';
import { addAccount } from './accounts';
import { assertSoon } from './soon';
import { FORBIDDEN, withWindow } from './vscode';

const STOPPED_TIMEOUT_MS = 5000;
/** Of the calls made here: the page’s own are far below, and one may still be waiting for its answer. */
const FIRST_ID = 10_000;

interface Attempt {
  /** A directive of the policy that stops it. */
  readonly directive: string;
  /** Runs in the page. */
  readonly run: (forbidden: string) => void;
}

/** What a page that was taken over could try. */
const ATTEMPTS: Readonly<Record<string, Attempt>> = {
  'a script in the page': { directive: 'require-trusted-types-for', run: () => append('script', (script) => script.append('window.hacked = true')) },
  'a script in a link': { directive: 'script-src-elem', run: () => append('a', (link) => Object.assign(link, { href: 'javascript:window.hacked = true' }).click()) },
  'a script from elsewhere': { directive: 'require-trusted-types-for', run: (forbidden) => append('script', (script) => Object.assign(script, { src: forbidden })) },
  'a handler in an attribute': { directive: 'require-trusted-types-for', run: () => append('p', (text) => text.setAttribute('onclick', 'window.hacked = true')) },
  // Once the debugger, which may do so, is through.
  'text as a script': { directive: 'require-trusted-types-for', run: () => void setTimeout(() => void Reflect.apply(Reflect.get(window, 'eval'), window, ['window.hacked = true'])) },
  'text as HTML': { directive: 'require-trusted-types-for', run: () => document.body.insertAdjacentHTML('beforeend', '<b>hacked</b>') },
  'a style': { directive: 'style-src-elem', run: () => append('style', (style) => style.append('* { display: none }')) },
  'a request': { directive: 'connect-src', run: (forbidden) => void fetch(forbidden) },
  'a beacon': { directive: 'connect-src', run: (forbidden) => void navigator.sendBeacon(forbidden, 'x') },
  'a socket': { directive: 'connect-src', run: (forbidden) => void new WebSocket(forbidden.replace('http', 'ws')) },
  'a picture': { directive: 'img-src', run: (forbidden) => append('img', (image) => Object.assign(image, { src: forbidden })) },
  'a recording from elsewhere': { directive: 'media-src', run: (forbidden) => append('audio', (audio) => Object.assign(audio, { src: forbidden })) },
  'a frame': { directive: 'frame-src', run: (forbidden) => append('iframe', (frame) => Object.assign(frame, { src: forbidden })) },
  'an object': { directive: 'require-trusted-types-for', run: (forbidden) => append('object', (object) => Object.assign(object, { data: forbidden, type: 'text/html' })) },
  'another base': { directive: 'base-uri', run: (forbidden) => append('base', (base) => Object.assign(base, { href: forbidden })) },
  'a worker': { directive: 'require-trusted-types-for', run: () => void new Worker(URL.createObjectURL(new Blob(['1']))) },
  // Last: the browser sends nothing, and shows a page of its own that says so.
  'a form': { directive: 'form-action', run: (forbidden) => append('form', (form) => void setTimeout(() => Object.assign(form, { action: forbidden }).submit())) },
};

/** What the attempts are made of, in the page. */
declare function append<K extends keyof HTMLElementTagNameMap>(name: K, use: (element: HTMLElementTagNameMap[K]) => unknown): void;

describe('A page that was taken over', () => {
  const sandbox = useSandbox();
  const vscode = withWindow();

  before('a call is shown, with its recording', async () => {
    await addAccount(vscode().workbench, sandbox().credentials, 'Loopback');
    await vscode().lookUp(SAMPLES.completed.sid);
    await vscode().panel.reached('filled');
    await vscode().panel.recordingReached('ready');
  });

  let callers = 0;

  /** Hands messages to the extension host, calls as those of a new life of the page, and gives the answers by id. */
  async function answersTo(calls: readonly object[], others: readonly unknown[] = []): Promise<Readonly<Record<string, unknown>>> {
    const caller = ++callers;
    const inner = await vscode().panel.frame();
    await inner.evaluate((firstId) => {
      const answers: Record<string, unknown> = {};
      Object.assign(window, { answers });
      window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'answer' || !('id' in data)) return;
        if (Number(data.id) < firstId) return;
        answers[String(data.id)] = 'err' in data ? data.err : 'ok';
      });
    }, FIRST_ID);
    const last = { type: 'call', caller, id: 999_999, method: 'getState', args: [] };
    await vscode().panel.post([...others, ...calls.map((call) => ({ type: 'call', caller, ...call })), last]);
    await inner.waitForFunction((id) => Reflect.has(Object(Reflect.get(window, 'answers')), id), String(last.id));
    return inner.evaluate((): Record<string, unknown> => ({ ...Object(Reflect.get(window, 'answers')) }));
  }

  /** Makes an attempt in a page, and gives the directives that stopped it by its own word, once the console has told of that too: none where nothing did, or where the page is gone. */
  async function violatedBy(frame: Frame, { run }: Attempt): Promise<readonly string[]> {
    await frame.evaluate(() => {
      const violated: string[] = [];
      const append = (name: string, use: (element: HTMLElement) => unknown): void => {
        const element = document.createElement(name);
        use(element);
        document.body.append(element);
      };
      Object.assign(window, { violated, append });
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violated.push(effectiveDirective));
    });
    await frame.evaluate(run, FORBIDDEN).catch((error: unknown) => assert.match(String(error), /TypeError|SecurityError/));
    const isTold = (): boolean => [Reflect.get(window, 'violated')].flat().length > 0;
    await frame.waitForFunction(isTold, undefined, { timeout: STOPPED_TIMEOUT_MS }).catch(() => undefined);
    const told = vscode().page.waitForEvent('console', (message) => message.text() === 'told');
    await frame.evaluate(() => window.console.info('told'));
    await told;
    assert.equal(await frame.evaluate(() => Reflect.get(window, 'hacked')), undefined);
    return frame.evaluate((): readonly string[] => Reflect.get(window, 'violated') ?? []);
  }

  /** Everything that a message could have changed. */
  async function standing(): Promise<unknown> {
    const { page, panel, workbench } = vscode();
    return {
      requests: sandbox().requests.length,
      clipboard: await vscode().clipboard(),
      pages: page.context().pages().length,
      tabs: await page.locator('.tabs-container [role="tab"]').allInnerTexts(),
      asked: (await workbench.dialog.count()) + (await workbench.quickInput.count()),
      panel: await panel.document.locator('header, .facts').allInnerTexts(),
    };
  }

  it('gets only what the protocol lists: anything else is refused, with nothing happening', async () => {
    await vscode().page.evaluate(() => navigator.clipboard.writeText('as it was'));
    const before = await standing();
    const calls = [...UNKNOWN.map((method) => ({ method, args: [] as readonly unknown[], err: 'unknownMethod' })), ...BAD.map((bad) => ({ ...bad, err: 'badArguments' }))];
    const numbered = calls.map(({ err: _err, ...call }, index) => ({ id: FIRST_ID + index, ...call }));
    const answers = await answersTo([...numbered, ...numbered], NO_CALLS);
    const { 999999: last, ...others } = answers;
    assert.equal(last, 'ok');
    assert.deepEqual(others, Object.fromEntries(calls.map(({ err }, index) => [String(FIRST_ID + index), err])));
    assert.deepEqual(await standing(), before);
  });

  it('opens no page but Exotel’s without a question that names the true host, and nothing that is no web page', async () => {
    const { page, workbench } = vscode();
    const open = (url: string, id: number): Promise<unknown> => answersTo([{ id, method: 'openLink', args: [url] }]);
    const pages = page.context().pages().length;
    for (const [index, link] of ['command:workbench.action.closeActiveEditor', 'file:///etc/passwd', 'https://docs.exotel.com@evil.example/'].entries()) {
      assert.deepEqual(Object.keys(Object(await open(link, 20_000 + index))).includes('999999'), true);
      await workbench.statusBar.getByText('Not opened: this is no link to a web page').waitFor();
    }
    const asked = open('https://docs.exotel.com.evil.example/a?b', 20_100);
    await workbench.dialog.getByText('Open a page at docs.exotel.com.evil.example in your browser?').waitFor();
    await workbench.dialog.getByText('It is not Exotel’s: https://docs.exotel.com.evil.example/a?b').waitFor();
    await page.keyboard.press('Enter');
    await workbench.dialog.waitFor({ state: 'detached' });
    await assertSoon(async () => (await vscode().clipboard()) === 'https://docs.exotel.com.evil.example/a?b');
    await asked;
    const refused = open('https://evilexotel.com/', 20_101);
    await workbench.dialog.getByText('Open a page at evilexotel.com in your browser?').waitFor();
    await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
    await workbench.dialog.waitFor({ state: 'detached' });
    await refused;
    assert.equal(page.context().pages().length, pages);
  });

  for (const shown of ['a call', 'a diagnosis'] as const) {
    it(`can load, run and send nothing, in the panel of ${shown}, and the windows of these tests would tell of each attempt`, async () => {
      const { workbench, panel } = vscode();
      if (shown === 'a diagnosis') {
        await workbench.runCommand('Exotel: Diagnose Account');
        await panel.document.locator('main[data-phase="done"]').waitFor();
      }
      const frame = await panel.frame();
      assert.deepEqual(vscode().policyViolations, []);
      const stoppedBy = new Map<string, readonly string[]>();
      const unheard: string[] = [];
      for (const [what, attempt] of Object.entries(ATTEMPTS)) {
        const told = await violatedBy(frame, attempt);
        const heard = vscode().takePolicyViolations();
        stoppedBy.set(what, [...told, ...heard.flatMap((line) => /directive: "([\w-]+)/.exec(line)?.[1] ?? [])]);
        if (heard.length === 0) unheard.push(what);
      }
      assert.deepEqual([...stoppedBy].filter(([what, directives]) => !directives.includes(ATTEMPTS[what]?.directive ?? '')), []);
      assert.deepEqual(unheard, []);
    });
  }
});

/** No methods of the page's, though some are of objects, of VS Code or of the extension. */
const UNKNOWN = [
  '',
  'getstate',
  'getState ',
  'eval',
  'executeCommand',
  'exotel.removeAccount',
  'workbench.action.closeWindow',
  'withKeys',
  'secrets',
  'loadUnasked',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'x'.repeat(1_000_000),
];

type Bad = { readonly [K in keyof HostMethods]: readonly (readonly unknown[])[] };

const NOT_A_TEXT: readonly unknown[] = [undefined, null, 1, {}, [], ['x'], { toString: 'x' }];
const EXTRA: readonly (readonly unknown[])[] = [[null], [{}], ['x'], ['__proto__'], Array.from({ length: 10_000 }, () => 0)];
const texts = (...more: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] => [[], ...NOT_A_TEXT.map((each) => [each]), ['a', 'b'], ...more];
const WORDS = texts(['__proto__'], ['constructor'], ['V2'], ['v2 '], ['x'.repeat(100_000)]);
const places = (first: unknown): readonly (readonly unknown[])[] => [[], [first], ['x'.repeat(101), 0], [1, 0], [first, -1], [first, 0.5], [first, '0'], [first, null], [first, 2 ** 60], [first, 0, 0]];

/** Of each method the arguments that it does not take. */
const BAD_ARGUMENTS: Bad = {
  getState: EXTRA,
  refresh: EXTRA,
  cancel: EXTRA,
  copy: texts(['x'.repeat(MAX_COPIED + 1)]),
  copyAs: WORDS,
  openRawJson: WORDS,
  askAllResources: EXTRA,
  toggleMask: EXTRA,
  copyReport: EXTRA,
  saveReport: EXTRA,
  diagnose: EXTRA,
  openDashboard: EXTRA,
  openLink: texts([`https://docs.exotel.com/${'x'.repeat(MAX_LINK)}`]),
  updateCredentials: EXTRA,
  openProxySettings: EXTRA,
  lookUpElsewhere: EXTRA,
  showLog: EXTRA,
  loadRecording: EXTRA,
  cancelRecording: EXTRA,
  allowRecordingHost: [...EXTRA, ['evil.example']],
  openRecording: [[], ['id'], ['x'.repeat(101), 'y'], ['id', 'x'.repeat(301)], [1, 'x'], ['id', null], ['id', 'x', 'y']],
  recordingPiece: places('id'),
  recordingLevels: places('id'),
  downloadRecording: [...EXTRA, ['/etc/passwd']],
  saveClip: [[], [0], [-1, 1], [0, '1'], ['0', 1], [0, 1, '/etc/passwd'], [null, null]],
  startsPlaying: EXTRA,
  swapChannels: EXTRA,
};

const BAD = Object.entries(BAD_ARGUMENTS).flatMap(([method, all]) => all.map((args) => ({ method, args })));

/** No calls at all: nobody answers them. */
const NO_CALLS: readonly unknown[] = [
  null,
  1,
  'refresh',
  [],
  {},
  { type: 'call' },
  { type: 'call', id: 30_000, method: 'refresh', args: [] },
  { type: 'call', caller: '1', id: 30_007, method: 'refresh', args: [] },
  { type: 'call', caller: 1, id: '30000', method: 'refresh', args: [] },
  { type: 'call', caller: 1, id: 30_001.5, method: 'refresh', args: [] },
  { type: 'call', caller: 1, id: 30_002, method: 'refresh' },
  { type: 'call', caller: 1, id: 30_003, method: 'refresh', args: { length: 0 } },
  { type: 'call', caller: 1, id: 30_004, method: ['refresh'], args: [] },
  { type: 'Call', caller: 1, id: 30_005, method: 'refresh', args: [] },
  { type: 'answer', id: 30_006, ok: null },
  { type: 'state', state: {} },
  { command: 'exotel.refreshCall' },
];
