import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { SAMPLES, type SampleName } from '../../src/sandbox/samples';
import type { Fault, SeenRequest } from '../../src/sandbox/server';
import { sampleAccount } from '../host/settings.mjs';
import { useSandbox } from '../support/sandbox';
import { addAccount } from './accounts';
import { areBothDrawn, assertNear, Player } from './player';
import { assertSoon } from './soon';
import { withWindow } from './vscode';

/** Such a process ended long ago, or never was. */
const DEAD_PROCESS = 4_194_303;

/** Chromium reads 256 kB of a WAV before it knows what it plays. */
const ENOUGH_TO_PLAY = 300_000;

describe('A recording on its way to the panel', () => {
  const sandbox = useSandbox();
  const vscode = withWindow({ settings: sampleAccount });
  const player = () => new Player(vscode().panel);
  const askedFor = (name: SampleName): readonly SeenRequest[] => sandbox().requests.filter(({ path: asked }) => asked.includes(SAMPLES[name].sid));
  const transfers = (name: SampleName): readonly SeenRequest[] => askedFor(name).filter(({ resource }) => resource === 'recording');
  const rows = () => player().section;
  const faults: (() => void)[] = [];
  const fail = (fault: Fault): void => void faults.push(sandbox().fail(fault));
  const mend = (): void => {
    for (const undo of faults.splice(0)) undo();
  };

  before('an account is there', () => addAccount(vscode().workbench, sandbox().credentials, 'Loopback'));
  afterEach(mend);

  async function show(name: SampleName): Promise<void> {
    await vscode().lookUp(SAMPLES[name].sid);
    await vscode().panel.reached('filled');
  }

  /** All of it is here. */
  async function whole(): Promise<void> {
    await player().ready();
    await rows().getByRole('progressbar').waitFor({ state: 'detached' });
    await rows().locator('.standing').waitFor({ state: 'detached' });
  }

  describe('that takes its time', () => {
    let undo: (() => void) | undefined;
    before(() => {
      undo = sandbox().fail({ kind: 'throttle', on: 'recordings', bytesPerSecond: 400_000 });
    });
    after(() => undo?.());

    it('plays at once, while the rest still comes, and says how much there is', async () => {
      await show('recordingHour');
      await player().ready();
      await player().play();
      await player().goesOn();
      await player().isHeard();
      await rows().getByRole('progressbar', { name: 'Loading the recording' }).waitFor();
      await player().says(/\d of 115\.\d MB/);
    });

    it('shows its waveform as far as it came, of both channels', async () => {
      await assertSoon(() => rows().locator('canvas').evaluateAll(areBothDrawn));
    });

    it('plays what was not there yet where it is sought: that part is asked for', async () => {
      assert.equal(transfers('recordingHour').length, 1);
      await player().clickAt(0.9);
      await player().goesOn();
      assertNear((await player().position()) / (await player().length), 0.9, 0.02);
      await player().isHeard();
      assert.ok(transfers('recordingHour').length > 1);
    });

    it('is no longer fetched once that is cancelled, and is when Play is pressed', async () => {
      await rows().getByRole('button', { name: 'Cancel' }).click();
      await vscode().panel.recordingReached('idle');
      await player().button('Play').click();
      await player().ready();
      await player().goesOn();
      await rows().getByRole('button', { name: 'Cancel' }).click();
      await vscode().panel.recordingReached('idle');
    });
  });

  it('that stops coming is said to be stalled within seconds, and goes on when the rest can be had', async () => {
    fail({ kind: 'freeze', on: 'recordings', afterBytes: ENOUGH_TO_PLAY });
    await show('dualChannel');
    await player().ready();
    await player().play();
    await assertSoon(() => transfers('dualChannel').length === 1);
    fail({ kind: 'silent', on: 'recordings' });
    await player().says(/^Stalled at/);
    mend();
    await whole();
    await player().goesOn();
    assert.ok(transfers('dualChannel').length > 2);
  });

  it('whose link has expired already comes by a fresh one, without keys', async () => {
    await show('recordingRenewed');
    await whole();
    assert.deepEqual(transfers('recordingRenewed').map(({ hadAuthorization }) => hadAuthorization), [false, false]);
    assert.equal(askedFor('recordingRenewed').filter(({ resource }) => resource === 'voiceLogs').length, 1);
  });

  it('whose link expires on the way comes by a fresh one, asked for once, and plays on where it is', async () => {
    fail({ kind: 'freeze', on: 'recordings', afterBytes: ENOUGH_TO_PLAY });
    await show('inbound');
    await player().ready();
    const links = () => askedFor('inbound').filter(({ resource }) => resource !== 'recording').length;
    const before = links();
    fail({ kind: 'answer', on: 'recordings', status: 403, headers: { 'Content-Type': 'application/xml' }, body: '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>' });
    fail({ kind: 'slow', on: 'calls', milliseconds: 700 });
    await player().play();
    await player().seek(8);
    await assertSoon(() => links() > before);
    mend();
    await whole();
    assert.ok((await player().position()) >= 8);
    await player().goesOn();
    await player().seek(20);
    await player().goesOn();
    await player().isHeard();
    assert.ok(transfers('inbound').every(({ hadAuthorization }) => !hadAuthorization));
  });

  it('that breaks off for good plays as far as it came, says so, and comes whole at Retry', async () => {
    await show('recordingCutOff');
    await player().says('What came can be played.');
    await player().ready();
    await player().play();
    await player().clickAt(0.3);
    await player().goesOn();
    await player().isHeard();
    fail({ kind: 'throttle', on: 'recordings', bytesPerSecond: 10_000_000 });
    await rows().getByRole('button', { name: 'Retry' }).click();
    await whole();
    assertNear(await player().length, 120, 1);
  });

  it('that leads on to a host of this machine, or is at one, is not fetched from there', async () => {
    for (const name of ['recordingRedirects', 'recordingOnS3'] as const) {
      await show(name);
      if (name === 'recordingOnS3') await player().button('Play').click();
      await rows().getByText('not https').waitFor();
      assert.deepEqual(transfers(name).filter(({ path: asked }) => asked.startsWith('/exotelrecordings/')), []);
    }
  });

  it('that leads on to another host of Exotel’s, or needs a signed link, plays from there', async () => {
    await vscode().workbench.runCommand('Exotel: Set Active Account');
    await vscode().workbench.pick('Sample');
    for (const name of ['recordingRedirects', 'recordingOnS3'] as const) {
      await show(name);
      await whole();
      await player().play();
      await player().isHeard();
      await player().pause();
    }
    await vscode().workbench.runCommand('Exotel: Set Active Account');
    await vscode().workbench.pick('Loopback');
  });

  it('comes from a server that neither says its length nor sends parts of it', async () => {
    await show('recordingInOneGo');
    await whole();
    await player().play();
    await player().clickAt(0.8);
    await player().goesOn();
  });

  describe('that cannot be had', () => {
    for (const [name, problem, sentence] of [
      ['zeroLength', 'none', 'names no recording for this call'],
      ['recordingProcessing', 'processing', /not there yet.*Tries again at/s],
      ['recordingExpired', 'expired', /link to the recording has expired.*fresh link/s],
      ['recordingRefused', 'refused', /refused the recording \(40[13]\).*allow list of IP addresses/s],
      ['recordingGone', 'gone', 'retention period'],
      ['recordingLarge', 'tooLarge', /691\.\d MB does not fit into the \d+\.\d MB/],
      ['recordingNotAudio', 'notAudio', /<!DOCTYPE html>/i],
      ['recordingGsm', 'unplayable', /WAV \(GSM.*cannot be played here.*Download it/s],
    ] as const) {
      it(`says why and what to do: ${problem}`, async () => {
        await show(name);
        await vscode().panel.recordingReached(problem);
        const said = await rows().innerText();
        assert.ok(typeof sentence === 'string' ? said.includes(sentence) : sentence.test(said), said);
      });
    }

    it('says why and what to do: offline; Retry brings it', async () => {
      fail({ kind: 'reset', on: 'recordings' });
      await show('recordingClipping');
      await vscode().panel.recordingReached('offline');
      mend();
      await rows().getByRole('button', { name: 'Retry' }).click();
      await whole();
    });
  });

  describe('once it is here', () => {
    it('is not fetched again when its call is opened again', async () => {
      await show('completed');
      await whole();
      const before = transfers('completed').length;
      await vscode().workbench.runCommand('View: Close All Editors');
      await show('completed');
      await whole();
      assert.equal(transfers('completed').length, before);
    });

    it('plays on behind another tab, until the recording there is played', async () => {
      await player().play();
      await player().isHeard();
      const behind = await vscode().panel.frame();
      const audio = behind.locator('audio');
      const positionBehind = (): Promise<number> => audio.evaluate((element: HTMLAudioElement) => element.currentTime);
      await show('dualChannel');
      await whole();
      const before = await positionBehind();
      await assertSoon(async () => (await positionBehind()) > before + 0.3);
      await player().play();
      await assertSoon(() => audio.evaluate((element: HTMLAudioElement) => element.paused));
      await player().goesOn();
      await player().pause();
    });

    it('lies in a file that its user alone can read, in a folder of the window alone, under a name that says nothing', () => {
      const [folder, ...others] = vscode().recordingFolders();
      assert.ok(folder !== undefined && others.length === 0, String(others));
      assert.equal(statSync(folder).mode & 0o777, 0o700);
      const files = readdirSync(folder);
      assert.ok(files.some((file) => /^[0-9a-f]{32}-[0-9a-f]{8}\.audio$/.test(file)));
      for (const file of files) assert.equal(statSync(path.join(folder, file)).mode & 0o777, 0o600, file);
      assert.ok(!files.some((file) => Object.values(SAMPLES).some(({ sid }) => file.includes(sid))));
    });

    it('is where it was left, paused, after Reload Window; its file and those of dead windows are gone, those of living ones are not', async () => {
      await player().seek(17.5);
      await player().isAt(17.5);
      const [folder = ''] = vscode().recordingFolders();
      const [dead, living] = [['dead', DEAD_PROCESS] as const, ['living', process.pid] as const].map(([name, pid]) => {
        const other = path.join(folder, '..', name);
        mkdirSync(other);
        writeFileSync(path.join(other, 'owner.json'), JSON.stringify({ pid, host: hostname() }));
        return other;
      });
      await vscode().workbench.reload();
      await whole();
      await player().isAt(17.5, 0.1);
      assert.ok(await player().isPaused);
      await assertSoon(() => !existsSync(folder) && dead !== undefined && !existsSync(dead));
      assert.ok(living !== undefined && existsSync(living));
    });

    it('goes with its account', async () => {
      const files = (): readonly string[] => vscode().recordingFolders().flatMap((folder) => readdirSync(folder)).filter((file) => file.endsWith('.audio'));
      assert.ok(files().length > 0);
      await vscode().workbench.contextMenu(vscode().workbench.treeRow('Account Loopback'), 'Remove Account');
      await vscode().workbench.dialog.getByRole('button', { name: 'Remove' }).click();
      await assertSoon(() => files().length === 0);
    });
  });
});

