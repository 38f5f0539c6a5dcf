import assert from 'node:assert/strict';
import type { Request } from 'playwright-core';
import { SAMPLES, type SampleName } from '../../src/sandbox/samples';
import { framesOf, MP3S, readMp3, repeated, withoutInfo } from '../support/audioFiles';
import { useSandbox } from '../support/sandbox';
import { toneOf, toneSample } from '../support/tones';
import { wavFile } from '../support/wavFiles';
import { addAccount } from './accounts';
import { assertNear, Player } from './player';
import { withWindow } from './vscode';

/** Where pages hear recordings: a port of this machine and a path that cannot be guessed. */
const MEDIA = /^http:\/\/(?:127\.0\.0\.1|localhost):\d+\/(?:proxy\/\d+\/)?[\w-]{32}$/;

/** Off by more than this, a seek is not exact. In seconds. */
const EXACT = 0.2;

const FORMATS = [
  ['WAV in mono', 'inbound'],
  ['WAV in stereo', 'dualChannel'],
  ['MP3', 'completed'],
  ['MP3 of a changing bit rate', 'recordingVbr'],
  ['WAV in µ-law', 'recordingMuLaw'],
] as const satisfies readonly (readonly [string, SampleName])[];

describe('The recording player', () => {
  const sandbox = useSandbox();
  const vscode = withWindow({ settings: { 'exotel.recording.limitMegabytes': 500 } });
  const player = () => new Player(vscode().panel);
  /** What the page of a panel asked the network for, other than the parts of the page. */
  const requests: Request[] = [];

  before('an account is there', async () => {
    await addAccount(vscode().workbench, sandbox().credentials, 'Loopback');
    vscode().page.on('request', (request) => requests.push(request));
  });

  async function open(name: SampleName): Promise<void> {
    await vscode().lookUp(SAMPLES[name].sid);
    await player().ready();
  }

  async function playsAndSeeks(): Promise<void> {
    await player().play();
    await player().goesOn();
    await player().isHeard();
    await player().clickAt(0.5);
    assertNear(await player().position(), (await player().length) / 2, (await player().length) / 20);
    await player().goesOn();
    await player().isHeard();
    await player().pause();
  }

  describe('by an address on this machine', () => {
    for (const [format, name] of FORMATS) {
      it(`plays ${format}: sound comes out, its time goes on, and both do where it is clicked`, async () => {
        await open(name);
        assert.match(await vscode().panel.audio.evaluate((audio: HTMLAudioElement) => audio.src), MEDIA);
        await playsAndSeeks();
      });
    }
  });

  describe('where no address on this machine can be reached', () => {
    before(() => vscode().page.context().route(MEDIA, (route) => route.abort()));
    after(() => vscode().page.context().unroute(MEDIA));

    for (const [format, name] of FORMATS) {
      it(`plays ${format} all the same`, async () => {
        await vscode().workbench.runCommand('View: Close All Editors');
        await open(name);
        assert.match(await vscode().panel.audio.evaluate((audio: HTMLAudioElement) => audio.src), /^blob:/);
        await playsAndSeeks();
      });
    }
  });

  describe('seeks to where it says, to a fifth of a second', () => {
    const RATE = 16_000;
    const wav = (): Buffer => wavFile({ encoding: 'pcm16', sampleRate: RATE, channels: 1, frames: 24 * RATE, amplitude: (frame) => toneSample(frame, 0, RATE) });
    const vbr = (): Buffer => readMp3(MP3S.vbr16k);
    const frames = framesOf(withoutInfo(vbr())).length;
    /** Of the file that the long ones repeat, in seconds: whole frames. */
    const lap = (frames * 576) / RATE;
    const long = (hasInfo: boolean): Buffer => repeated(vbr(), frames * 5, { hasInfo });

    for (const [what, name, bytes, laps] of [
      ['WAV', 'transfer', wav, 1],
      ['an MP3 of one bit rate', 'parallelRinging', () => readMp3(MP3S.cbr8k), 1],
      ['a stereo MP3 of one bit rate', 'retries', () => readMp3(MP3S.cbr16kStereo), 1],
      ['an MP3 of a changing bit rate that says how long it is', 'inboundQueue', () => long(true), 5],
      ['an MP3 of a changing bit rate that does not say how long it is', 'shapeB', () => long(false), 5],
    ] as const) {
      it(`in ${what}`, async () => {
        const undo = sandbox().fail({ kind: 'answer', on: 'recordings', status: 200, headers: { 'Content-Type': 'audio/mpeg' }, body: bytes() });
        await open(name);
        undo();
        await player().play();
        const tones = Array.from({ length: 24 }, (_, second) => toneOf(second, 0));
        for (const [round, second] of [[laps - 1, 21], [0, 12], [Math.floor(laps / 2), 3]] as const) assertNear(await player().offAt(second, tones, round * lap), 0, EXACT);
        await player().pause();
      });
    }
  });

  describe('asks the network', () => {
    const ofPages = (): readonly Request[] => requests.filter((request) => request.frame().parentFrame()?.parentFrame() === vscode().page.mainFrame());
    const isPartOfThePage = (url: string): boolean => /\/dist\/(?:panel\.(?:js|css)|codicon\.ttf)(?:$|\?)/.test(url) || new URL(url).pathname.endsWith('/fake.html');

    it('for the parts of its page and for recordings on this machine, and for nothing else', async () => {
      const asked = ofPages().map((request) => request.url());
      assert.ok(asked.some((url) => MEDIA.test(url)));
      assert.deepEqual(asked.filter((url) => !MEDIA.test(url) && !isPartOfThePage(url) && !url.startsWith('blob:')), []);
    });

    it('without credentials', async () => {
      for (const request of ofPages().filter((each) => MEDIA.test(each.url()))) {
        const headers = await request.allHeaders();
        assert.equal(headers['authorization'] ?? headers['cookie'], undefined);
      }
    });
  });
});
