import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { basicAuthorization } from '../../src/exotel/secrets';
import type { ApiErrorKind } from '../../src/exotel/errors';
import { shortSid } from '../../src/call/sid';
import { SAMPLES } from '../../src/sandbox/samples';
import type { Fault } from '../../src/sandbox/server';
import type { HostMethods } from '../../src/shared/protocol';
import { temporaryFolder } from '../host/repository.mjs';
import { type Canary, CANARY_KEY, CANARY_TOKEN, canariesOf } from '../support/canary';
import { useElsewhere } from '../support/elsewhere';
import { useSandbox } from '../support/sandbox';
import { typeAccount } from './accounts';
import { everyDocument, everyProcess, hearMessages, Ledger, storedByPage } from './ledger';
import { type Done, OtherExtension } from './other';
import { assertSoon } from './soon';
import { dataDirIn, withWindow } from './vscode';

/** Its link is signed, and its customer's number and name must not show while they are masked. */
const { inbound, active, completed } = SAMPLES;
/** Nobody looked them up before: what is kept already is not asked for again. */
const BAD_RECORDINGS = { echo: SAMPLES.recordingMuLaw, redirect: SAMPLES.recordingShorter } as const;
const MASKED: readonly Canary[] = [{ name: 'a number', text: '5555010020' }];
/** Where masking holds: the history keeps numbers as they came. */
const SHOWN = /^(?:screen|clipboard|message to page|saved report|raw JSON)/;
const KEYS = canariesOf({ apiKey: CANARY_KEY, apiToken: CANARY_TOKEN });
const ADDRESSES_LOGGED = /^.*ProxyResolver#resolveProxy .*$/gm;
/** For the end of an extension host, and a search through all that a browser keeps. */
const LONG_TIMEOUT_MS = 120_000;

const manifest = v.parse(v.object({ contributes: v.object({ commands: v.array(v.object({ command: v.string() })) }) }), JSON.parse(readFileSync('package.json', 'utf8')));

describe('A secret gets out by nothing that the product does', () => {
  const sandbox = useSandbox({ apiKey: CANARY_KEY, apiToken: CANARY_TOKEN });
  const elsewhere = useElsewhere();
  const ledger = new Ledger();
  const home = temporaryFolder();
  const reports = temporaryFolder();
  writeFileSync(path.join(reports, 'there.md'), 'There');
  let other: OtherExtension | undefined;
  before(async () => {
    other = await OtherExtension.make();
  });
  after(() => other?.close());
  const vscode = withWindow(() => ({
    home,
    logLevel: 'trace',
    settings: { 'exotel.privacy.maskNumbers': true, 'exotel.requestTimeoutSeconds': 2 },
    others: other === undefined ? [] : [other.folder],
    prepare: (browser) => hearMessages(browser, ledger),
  }));

  const theOther = (): OtherExtension => {
    assert.ok(other);
    return other;
  };

  /** Runs a command as another extension does, and keeps what it is told. */
  async function run(command: string, ...args: readonly unknown[]): Promise<Done> {
    const done = await theOther().run(command, ...args);
    ledger.add(`result of ${command}`, done.text);
    return done;
  }

  /** Keeps all that can be seen and heard at this moment. */
  async function look(at: string, { isRaw = false } = {}): Promise<void> {
    ledger.add(isRaw ? `raw JSON ${at}` : `screen ${at}`, await everyDocument(vscode().page));
    ledger.add(`clipboard ${at}`, await vscode().clipboard());
    addStored(at);
  }

  async function openRaw(answer: string): Promise<void> {
    const opened = run('exotel.openRawJson');
    await vscode().workbench.pick(answer);
    await opened;
  }

  let asked = 0;

  /** Asks the extension host for something as the page's own script does, and waits for the answer. */
  async function ask<K extends keyof HostMethods>(method: K, ...args: Parameters<HostMethods[K]>): Promise<void> {
    const id = 700_000 + ++asked;
    await vscode().panel.post([{ type: 'call', caller: id, id, method, args }]);
    const answers = (): readonly string[] => ledger.textsOf(/^message to page/).filter((text) => text.includes('"type":"answer"') && text.includes(`"id":${String(id)}`));
    await assertSoon(() => answers().length > 0);
    assert.ok(answers().every((text) => !text.includes('"err"')), `${method} was refused`);
  }

  /** Saves what is asked for under a name of one's own, and keeps it. */
  async function saved(title: string, file: string, asking: Promise<unknown>): Promise<void> {
    const { workbench } = vscode();
    await workbench.question(title).waitFor();
    await assertSoon(async () => (await workbench.quickInputBox.inputValue()).endsWith(path.extname(file)));
    await look(`with a name for ${file}`);
    await workbench.saveAs(title, path.join(reports, file));
    await asking;
    await assertSoon(() => existsSync(path.join(reports, file)));
    ledger.add(`saved ${file}`, readFileSync(path.join(reports, file)));
  }

  /** Keeps what came, in the editor that shows it and as a document, and closes the editor. */
  async function lookAtRaw(at: string, text: string): Promise<void> {
    await vscode().workbench.editorText.filter({ hasText: text }).waitFor();
    await look(at, { isRaw: true });
    ledger.add(`raw JSON ${at}, as a document`, (await theOther().read('exotel-raw')).text);
    await run('workbench.action.closeActiveEditor');
  }

  const storedBefore = new Map<string, Buffer>();

  /** Keeps what is new in the extension's own files, by name too: some of it is gone in the end. */
  function addStored(at: string): void {
    for (const { file, content } of vscode().storedFiles()) {
      if (storedBefore.get(file)?.equals(content) === true) continue;
      storedBefore.set(file, content);
      ledger.add(`name of a file ${at}`, file);
      ledger.add(`stored file ${path.basename(file)} ${at}`, content);
    }
  }

  /** Keeps what can be seen from outside of VS Code. */
  function lookFromOutside(at: string): void {
    ledger.add(`output of the server ${at}`, vscode().serverOutput());
    ledger.add(`process ${at}`, everyProcess());
  }

  /** At its levels for finding bugs VS Code itself logs the address of every request, a signed link's too: these lines are kept apart. */
  function addFile(file: string, content: Buffer): void {
    const text = content.toString('latin1');
    const own = file.includes('logs') ? text.match(ADDRESSES_LOGGED) : null;
    ledger.add(`file ${file}`, own === null ? content : text.replaceAll(ADDRESSES_LOGGED, ''));
    if (own !== null) ledger.add(`VS Code’s own lines in ${file}`, own.join('\n'));
  }

  /** The signature of the sandbox's links, which is in a record that it gives. */
  async function signature(): Promise<Canary> {
    const { origin, credentials } = sandbox();
    const answer = await fetch(`${origin}/v2/accounts/${credentials.accountSid}/calls/${inbound.sid}`, { headers: { Authorization: basicAuthorization(credentials) } });
    const [, text] = /X-Amz-Signature=(\w+)/.exec(await answer.text()) ?? [];
    assert.ok(text);
    return { name: 'signature of a link', text };
  }

  before('an account with the secrets is typed in, and a call with a signed link is shown', async function () {
    this.timeout(60_000);
    const { workbench, panel } = vscode();
    await typeAccount(workbench, sandbox().credentials, 'Canary');
    await workbench.openView('Exotel');
    await workbench.treeRow('Account Canary').waitFor();
    await vscode().lookUp(inbound.sid);
    await panel.reached('filled');
    await panel.recordingReached('ready');
    await look('after the first call');
    lookFromOutside('after the first call');
  });

  /** Each command of the manifest, run with all that it asks: in this order, so that what one leaves is there for the next. */
  const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
    async 'exotel.lookupCall'() {
      const { workbench, panel } = vscode();
      assert.ok((await run('exotel.lookupCall', { sid: completed.sid })).ok);
      const asked = run('exotel.lookupCall');
      await workbench.question('Call SID, or text with one in it').waitFor();
      await workbench.quickInputBox.fill(`curl -u '${CANARY_KEY}:${CANARY_TOKEN}' https://exotel.example/calls/${inbound.sid}`);
      await assertSoon(async () => !(await workbench.quickInputBox.inputValue()).includes('cnry'));
      await look('with a pasted request');
      await workbench.quickInputBox.fill(inbound.sid);
      await workbench.answer('Call SID, or text with one in it');
      await asked;
      await panel.openAllFields();
      await run('exotel.calls.focus');
      await run('list.focusFirst');
      await run('list.showHover');
      await workbench.page.locator('.monaco-hover').filter({ hasText: 'Account SID' }).waitFor();
      await look('with a tooltip');
    },
    'exotel.openCall': async () => void (await run('exotel.openCall', { sid: inbound.sid, account: sandbox().credentials.accountSid })),
    'exotel.refreshCall': async () => void (await run('exotel.refreshCall')),
    'exotel.askAllResources': async () => void (await run('exotel.askAllResources')),
    'exotel.pinCall': async () => void (await run('exotel.pinCall')),
    'exotel.unpinCall': async () => void (await run('exotel.unpinCall')),
    'exotel.copySid': async () => void (await run('exotel.copySid')),
    'exotel.copyAsCurl': async () => void (await run('exotel.copyAsCurl')),
    'exotel.copyAsPython': async () => void (await run('exotel.copyAsPython')),
    'exotel.copyAsNode': async () => void (await run('exotel.copyAsNode')),
    'exotel.copyReport': async () => void (await run('exotel.copyReport')),
    async 'exotel.saveReport'() {
      const asking = run('exotel.saveReport');
      await vscode().workbench.pick('Masked (recommended)');
      await saved('Save Report', 'report.md', asking);
    },
    async 'exotel.openRawJson'() {
      await openRaw('v2 details');
      await lookAtRaw('of the call', 'call_details');
      await vscode().panel.reached('filled');
    },
    'exotel.openDashboard': async () => void (await run('exotel.openDashboard')),
    async 'exotel.showLiveCalls'() {
      const { workbench } = vscode();
      await run('exotel.lookupCall', { sid: active.sid });
      await workbench.statusBar.getByText(/\blive\b/i).first().waitFor();
      const shown = run('exotel.showLiveCalls');
      await workbench.question('Choose a call to show it').waitFor();
      await look('with live calls');
      await workbench.page.keyboard.press('Escape');
      await shown;
    },
    async 'exotel.chooseResource'() {
      const chosen = run('exotel.chooseResource');
      await vscode().workbench.quickInputRow('v2').first().waitFor();
      await look('with resources');
      await vscode().page.keyboard.press('Escape');
      await chosen;
    },
    async 'exotel.renameAccount'() {
      const renamed = run('exotel.renameAccount');
      await vscode().workbench.answer('A name for this account', 'Canary');
      await renamed;
    },
    async 'exotel.rotateKeys'() {
      const { workbench } = vscode();
      const rotated = run('exotel.rotateKeys');
      await workbench.question('The API key').waitFor();
      await look('with the key to change');
      await workbench.answer('The API key');
      await workbench.question('The API token').waitFor();
      await look('with the token to change');
      await workbench.answer('The API token');
      await rotated;
    },
    async 'exotel.editAccount'() {
      const { workbench } = vscode();
      const edited = run('exotel.editAccount');
      await workbench.answer('Where does the account live?');
      await workbench.answer('The endpoint’s address');
      await workbench.answer('The account SID');
      await workbench.answer('The API key');
      await workbench.answer('The API token');
      await workbench.answer('A name for this account');
      await edited;
    },
    async 'exotel.diagnoseAccount'() {
      const { panel } = vscode();
      await run('exotel.diagnoseAccount');
      await panel.document.locator('main[data-phase="done"]').waitFor();
      await panel.document.getByRole('button', { name: 'Copy Report' }).click();
      await assertSoon(async () => (await vscode().clipboard()).includes('## Exotel account diagnosis'));
    },
    async 'exotel.showLog'() {
      await run('exotel.showLog');
      await run('exotel.lookupCall', { sid: inbound.sid });
      await vscode().workbench.outputHas(`/calls/${inbound.sid}/legs · 200 ·`);
    },
    async 'exotel.addAccount'() {
      const { workbench } = vscode();
      const { origin, credentials } = sandbox();
      const added = run('exotel.addAccount');
      await workbench.pick('Paste URL or cURL');
      // Nobody speaks TLS there.
      await workbench.answer('Paste a request', `curl -u '${CANARY_KEY}:${CANARY_TOKEN.replace("'", `'\\''`)}' '${origin.replace('http:', 'https:')}/v2/accounts/${credentials.accountSid}/calls/x'`);
      await workbench.answer('A name for this account', 'No TLS');
      await workbench.quickInputRow('Keep').first().waitFor();
      await look('with keys that were not confirmed');
      await workbench.pick('Keep');
      await added;
      await workbench.treeRow('Account No TLS').waitFor();
    },
    async 'exotel.setActiveAccount'() {
      const set = run('exotel.setActiveAccount');
      await vscode().workbench.pick('Canary');
      await set;
    },
    'exotel.exploreSampleCalls': async () => void (await run('exotel.exploreSampleCalls')),
    'exotel.refreshView': async () => void (await run('exotel.refreshView')),
    'exotel.showMoreCalls': async () => void (await run('exotel.showMoreCalls')),
    async 'exotel.removeAccount'() {
      const { workbench } = vscode();
      const removed = run('exotel.removeAccount');
      await workbench.pick('Sample');
      await workbench.dialog.getByRole('button', { name: 'Remove' }).click();
      await removed;
    },
    async 'exotel.removeCall'() {
      await run('exotel.lookupCall', { sid: inbound.sid, account: sandbox().credentials.accountSid });
      await run('exotel.removeCall');
    },
    async 'exotel.clearCalls'() {
      const cleared = run('exotel.clearCalls');
      await vscode().workbench.dialog.getByRole('button', { name: 'Clear' }).click();
      await cleared;
    },
    async 'exotel.toggleMask'() {
      await run('exotel.toggleMask');
      await run('exotel.toggleMask');
    },
  };

  describe('by no command, whatever it shows, copies, writes and gives to other extensions:', () => {
    it('every one that the manifest has is among these', () => {
      assert.deepEqual(Object.keys(COMMANDS).toSorted(), manifest.contributes.commands.map(({ command }) => command).toSorted());
    });

    for (const [command, runs] of Object.entries(COMMANDS)) {
      if (command === 'exotel.toggleMask') it('and a number that is masked, by none of these', () => assert.deepEqual(ledger.find(MASKED, SHOWN), []));
      it(command, async () => {
        await runs();
        await look(`after ${command}`);
        assert.deepEqual(ledger.find(KEYS), []);
      });
    }

    after(() => lookFromOutside('after all commands'));
  });

  /** Asks for something that asks the person in turn, who leaves it at that. */
  async function leave(question: string, asking: Promise<void>): Promise<void> {
    const { page, workbench } = vscode();
    await workbench.question(question).waitFor();
    await look(`with the question ${question}`);
    await page.keyboard.press('Escape');
    await asking;
  }

  /** Each thing that the page may ask of the extension host. */
  const ASKED: { readonly [K in keyof HostMethods]: () => Promise<void> } = {
    getState: () => ask('getState'),
    refresh: () => ask('refresh'),
    cancel: () => ask('cancel'),
    copy: () => ask('copy', inbound.sid),
    copyAs: () => ask('copyAs', 'node'),
    async openRawJson() {
      await ask('openRawJson', 'v2');
      await lookAtRaw('asked for by the page', 'call_details');
      await vscode().panel.reached('filled');
    },
    askAllResources: () => ask('askAllResources'),
    async toggleMask() {
      await ask('toggleMask');
      await look('without masks');
      await ask('toggleMask');
    },
    copyReport: () => ask('copyReport'),
    async saveReport() {
      const asking = ask('saveReport');
      await vscode().workbench.pick('Masked (recommended)');
      await saved('Save Report', 'page-report.md', asking);
    },
    async diagnose() {
      const { panel } = vscode();
      await ask('diagnose');
      await panel.document.locator('main[data-phase="done"]').waitFor();
      await look('with a diagnosis');
      await run('workbench.action.closeActiveEditor');
      await panel.reached('filled');
    },
    openDashboard: () => ask('openDashboard'),
    async openLink() {
      const asking = ask('openLink', 'https://evil.example/');
      await vscode().workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
      await asking;
    },
    updateCredentials: () => leave('The API key', ask('updateCredentials')),
    async openProxySettings() {
      const { page, panel } = vscode();
      await ask('openProxySettings');
      await page.locator('.settings-editor [data-key="http.proxy"]').waitFor();
      await look('with settings');
      // Newer versions show settings above the editors, older ones among them.
      const isAbove = (await page.locator('.monaco-modal-editor-block').count()) > 0;
      await run(isAbove ? 'workbench.action.closeModalEditor' : 'workbench.action.closeActiveEditor');
      await panel.reached('filled');
    },
    lookUpElsewhere: () => leave('Lookup Exotel Call', ask('lookUpElsewhere')),
    showLog: () => ask('showLog'),
    loadRecording: () => ask('loadRecording'),
    cancelRecording: () => ask('cancelRecording'),
    allowRecordingHost: () => ask('allowRecordingHost'),
    openRecording: async () => ask('openRecording', (await vscode().panel.recordingNow()).id, 'vscode-webview://canary'),
    recordingPiece: async () => ask('recordingPiece', (await vscode().panel.recordingNow()).id, 0),
    recordingLevels: async () => ask('recordingLevels', (await vscode().panel.recordingNow()).id, 0),
    downloadRecording: () => saved('Download Recording', 'recording.wav', ask('downloadRecording')),
    saveClip: () => saved('Save Clip', 'clip.wav', ask('saveClip', 0, 1)),
    startsPlaying: () => ask('startsPlaying'),
    swapChannels: () => ask('swapChannels'),
  };

  describe('by nothing that its page can ask for:', () => {
    before(async () => {
      await run('exotel.lookupCall', { sid: inbound.sid, account: sandbox().credentials.accountSid });
      await vscode().panel.recordingReached('ready');
    });

    for (const [method, asks] of Object.entries(ASKED)) {
      it(method, async () => {
        await asks();
        await look(`after ${method}`);
        assert.deepEqual(ledger.find(KEYS), []);
      });
    }
  });

  /** What brings about each kind of failure of a lookup, and whatever else a server can do with what it was sent. */
  const FAULTS: Readonly<Record<Exclude<ApiErrorKind, 'tls'> | 'echo' | 'echoInAnAnswer' | 'redirect' | 'keepsMethod' | 'cut' | 'tooLarge', () => Fault>> = {
    auth: () => ({ kind: 'refuse', status: 401, code: 1010, message: 'Authentication failed' }),
    forbidden: () => ({ kind: 'refuse', status: 403, message: 'Forbidden' }),
    notFound: () => ({ kind: 'refuse', status: 404, code: 10_744, message: 'Call not found' }),
    accountNotFound: () => ({ kind: 'refuse', status: 404, code: 1017, message: 'Tenant not found' }),
    rateLimited: () => ({ kind: 'answer', status: 429, headers: { 'Retry-After': '1' } }),
    server: () => ({ kind: 'html', status: 502 }),
    network: () => ({ kind: 'reset' }),
    timeout: () => ({ kind: 'silent' }),
    cancelled: () => ({ kind: 'silent' }),
    badReply: () => ({ kind: 'answer', status: 200, body: '<html>' }),
    echo: () => ({ kind: 'echo', status: 400 }),
    echoInAnAnswer: () => ({ kind: 'answer', status: 200, headers: { 'X-Request-Id': Buffer.from(CANARY_TOKEN).toString('base64') }, body: echo() }),
    redirect: () => ({ kind: 'redirect', status: 302, location: withKeys() }),
    keepsMethod: () => ({ kind: 'redirect', status: 308, location: withKeys() }),
    cut: () => ({ kind: 'cut', body: echo() }),
    tooLarge: () => ({ kind: 'endless' }),
  };

  function withKeys(): string {
    return `${elsewhere().origin}/?key=${encodeURIComponent(CANARY_KEY)}&token=${encodeURIComponent(CANARY_TOKEN)}`;
  }

  /** A good answer with the keys wherever a text can stand, and with links that lead elsewhere. */
  function echo(): string {
    const said = `you sent ${CANARY_KEY} and ${CANARY_TOKEN} as ${basicAuthorization(sandbox().credentials)}`;
    const details = { sid: inbound.sid, state: said, status: said, direction: said, virtual_number: said, customer_details: { name: said, number: said }, custom_field: said, legs: withKeys(), recording: { available: true, url: withKeys() }, [said]: said };
    return JSON.stringify({ request_id: said, http_code: 200, response: { code: 200, status: said, call_details: details } });
  }

  describe('by no failure, nor by a server that repeats what it was sent or leads elsewhere:', () => {
    const account = (): string => sandbox().credentials.accountSid;

    for (const [kind, fault] of Object.entries(FAULTS)) {
      it(kind, async () => {
        const { panel, workbench } = vscode();
        const mend = sandbox().fail(fault());
        const asked = run('exotel.lookupCall', { sid: inbound.sid, account: account() });
        await workbench.selectedTab(shortSid(inbound.sid)).waitFor();
        if (kind === 'cancelled') await panel.button('Cancel').click();
        const { ok } = await asked;
        mend();
        assert.equal(ok, kind === 'echoInAnAnswer');
        await look(`with the fault ${kind}`);
        if (kind === 'echo' || kind === 'echoInAnAnswer') {
          if (ok) await openRaw('v2 details');
          else await panel.button('Raw Reply').click();
          await lookAtRaw(`with the fault ${kind}`, 'request_id');
        }
        assert.deepEqual(ledger.find(KEYS), []);
      });
    }

    it('tls', async () => {
      const { ok, text } = await run('exotel.lookupCall', { sid: inbound.sid, account: `${account()}-2` });
      assert.equal(ok, false);
      assert.match(text, /TLS|encrypt|certificate|secure/i);
      await look('without TLS');
      lookFromOutside('without TLS');
    });

    for (const [kind, { sid }] of Object.entries(BAD_RECORDINGS)) {
      it(`${kind} of a recording`, async () => {
        const { panel, workbench } = vscode();
        const mend = sandbox().fail(kind === 'echo' ? { kind, status: 403, on: 'recordings' } : { kind: 'redirect', location: withKeys(), on: 'recordings' });
        await run('exotel.lookupCall', { sid, account: account() });
        await workbench.selectedTab(shortSid(sid)).waitFor();
        await panel.recordingReached('refused');
        mend();
        await look(`with a recording’s ${kind}`);
        assert.deepEqual(ledger.find(KEYS), []);
      });
    }

    it('and nothing at all arrives where they lead', () => assert.deepEqual(elsewhere().received, []));
  });

  describe('by nothing else:', () => {
    it('what another extension can see, a failure that nobody hears of, the end of the extension host', async function () {
      this.timeout(LONG_TIMEOUT_MS);
      const looked = await theOther().look();
      assert.match(looked.text, /exports: undefined/);
      ledger.add('what other extensions are given', looked.text);
      const { accountSid } = sandbox().credentials;
      const mend = sandbox().fail({ kind: 'echo', status: 400 });
      await theOther().fail('neglect', 'exotel.lookupCall', { sid: inbound.sid, account: accountSid });
      await theOther().fail('throw', 'exotel.lookupCall', { sid: inbound.sid, account: accountSid });
      await vscode().panel.reached('failed');
      await look('with an unhandled failure');
      mend();
      const slow = sandbox().fail({ kind: 'silent' });
      const before = sandbox().requests.length;
      await theOther().fail('neglect', 'exotel.lookupCall', { sid: inbound.sid, account: accountSid });
      await assertSoon(() => sandbox().requests.length > before);
      const lives = theOther().die();
      await vscode().workbench.reload();
      await lives;
      slow();
      assert.ok((await run('exotel.lookupCall', { sid: inbound.sid, account: accountSid })).ok);
      await look('after the end of the extension host');
      lookFromOutside('after the end of the extension host');
      assert.deepEqual(ledger.find(KEYS), []);
    });

    it('and so is nowhere but in the secret storage and in headers to the account’s own origin', async function () {
      this.timeout(LONG_TIMEOUT_MS);
      const { page } = vscode();
      const secrets = [...KEYS, await signature()];
      const { rest } = await storedByPage(page, home);
      ledger.add('what the page keeps', rest);
      for (const { file, content } of vscode().files()) {
        ledger.add('name of a file', file);
        addFile(path.relative(home, file), content);
      }
      for (const line of vscode().consoleLines) ledger.add('console', line);
      for (const { path: asked } of sandbox().requests) ledger.add('address asked for', asked);
      for (const received of elsewhere().received) ledger.add('request elsewhere', received);

      assert.deepEqual(ledger.find(KEYS, /^(?:raw JSON|address asked for|VS Code’s own)/), []);
      assert.deepEqual(ledger.find(secrets, /^(?!raw JSON|address asked for|VS Code’s own)/), []);
    });

    it('this search looked where there is something, and finds the keys where they are', async () => {
      const { secrets: kept } = await storedByPage(vscode().page, home);
      const secretStorage = new Ledger();
      secretStorage.add('secret storage', kept);
      assert.deepEqual(secretStorage.find(KEYS), ['secret storage: API key plain', 'secret storage: API token plain']);
      assert.ok(sandbox().requests.some(({ hadAuthorization }) => hadAuthorization));
      assert.notDeepEqual(ledger.find([await signature()], /^raw JSON/), []);
      for (const place of [/^screen/, /^message to page/, /^message from page/, /^clipboard/, /^saved report/, /^result of/, /^raw JSON of the call/, /^raw JSON with the fault echoInAnAnswer/, /^stored file history/]) {
        assert.ok(ledger.textsOf(place).some((text) => text.includes(inbound.sid)), String(place));
      }
      assert.ok(ledger.textsOf(/^file .*globalStorage/).some((text) => text.includes(sandbox().credentials.accountSid)), 'the history');
      assert.ok(ledger.textsOf(/^(?:file .*logs|what the page keeps)/).some((text) => text.includes(`/calls/${inbound.sid} · 200`)), 'the log');
      assert.ok(ledger.textsOf(/^(?:file .*logs|what the page keeps)/).some((text) => /\[trace\]/.test(text)), 'logs at trace level');
      assert.ok(ledger.textsOf(/^process/).every((text) => text.includes(dataDirIn(home))), 'the processes');
    });

    it('this search finds what is planted in a file, in the stores of the page, in a document, on a command line, at another server', async function () {
      this.timeout(LONG_TIMEOUT_MS);
      const { page, panel } = vscode();
      const planted = new Ledger();
      const text = CANARY_TOKEN;
      mkdirSync(path.join(home, 'planted'));
      writeFileSync(path.join(home, 'planted', 'file'), Buffer.from(text, 'utf16le'));
      for (const { file, content } of vscode().files()) planted.add(path.basename(file), content);
      await page.evaluate(async (secret) => {
        localStorage.setItem('planted', btoa(secret));
        const opening = indexedDB.open('planted', 1);
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('store').put(new TextEncoder().encode(secret), 'key'));
        await new Promise((resolve) => opening.addEventListener('success', resolve));
        opening.result.close();
      }, text);
      const { rest } = await storedByPage(page, home);
      planted.add('store', rest);
      await (await panel.frame()).evaluate((secret) => document.body.setAttribute('title', secret), text);
      planted.add('document', await everyDocument(page));
      const child = spawn(process.execPath, ['-e', 'process.stdin.resume()', text]);
      await once(child, 'spawn');
      planted.add('process', everyProcess());
      child.kill();
      await fetch(`${elsewhere().origin}/`, { headers: { Authorization: basicAuthorization(sandbox().credentials) } });
      planted.add('elsewhere', elsewhere().received.join('\n'));
      const found = planted.find(KEYS);
      for (const where of ['file: API token plain, in UTF-16', 'store: API token in Base64', 'store: API token plain', 'document: API token plain', 'process: API token plain', 'elsewhere: API token in Base64']) {
        assert.ok(found.includes(where), `${where}: ${found.join('; ')}`);
      }
    });
  });
});
