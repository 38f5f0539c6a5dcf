/** The player in a real VS Code, as a person meets it; beside it, in the same browser, a plain `<audio>` at the same server; and WebCodecs. */
import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import { messageOf, say } from '../host/say.mjs';
import { readFrameHeader } from '../../src/recording/mp3';
import { SAMPLES } from '../../src/sandbox/samples';
import { framesOf } from '../support/audioFiles';
import { toneOf } from '../support/tones';
import { addAccount } from '../ui/accounts';
import { VSCodeWindow } from '../ui/vscode';
import type { Front } from './front';
import type { HostPart } from './hostPart';
import { act, type Act, type Acted, decodeByWebCodecs, listen, type Listening, rewind, settle } from './inPage';
import { type Growth, watchChildren } from './memory';
import { type BenchRecording, ROUND_SECONDS } from './recordings';
import type { Figure, Floor, Target } from './table';

/** What is still coming takes about so long, and comes no slower than a bad line. */
const COMING_SECONDS = 20;
const SLOWEST_BYTES_PER_SECOND = 250_000;
const OPENED_TIMEOUT_MS = 10_000;
const MOST_OPENINGS = 3;
/** Where the tones are listened to, as shares of the length, a run each. */
const LISTENED_AT = [0.9, 0.37, 0.62, 0.11, 0.78];
const SID = SAMPLES.completed.sid;

/** Recordings are fetched by *Play*, so that it is clear when they begin. */
const SETTINGS = { 'exotel.recording.loadAutomatically': false };

export async function measureWindow(front: Front, recordings: readonly BenchRecording[], runs: number, host: HostPart | undefined): Promise<readonly Figure[]> {
  front.offer(recordings[0] ?? noRecording());
  const window = await VSCodeWindow.open({ settings: SETTINGS });
  try {
    await addAccount(window.workbench, front.credentials, 'Bench');
    const plain = await window.page.context().newPage();
    const figures: Figure[] = [];
    for (const recording of recordings) {
      try {
        figures.push(...(await measureRecording(window, plain, front, recording, runs)));
        if (recording.kind === 'MP3') figures.push(...(await measureWebCodecs(plain, front, recording, runs, host)));
        say(`${recording.name}: done`);
      } catch (error) {
        await window.keepEvidence(`bench ${recording.name}`);
        say(`${recording.name}: ${messageOf(error)}`);
      }
    }
    return figures;
  } finally {
    await window.close();
  }
}

async function measureRecording(window: VSCodeWindow, plain: Page, front: Front, recording: BenchRecording, runs: number): Promise<readonly Figure[]> {
  const rounds: Round[] = [];
  for (let index = 0; index < runs; index += 1) {
    const at = LISTENED_AT[index % LISTENED_AT.length] ?? 0.5;
    rounds.push({ player: await playInPanel(window, front, recording, at), plain: await playPlainly(plain, front, recording, at) });
  }
  return figuresOf(recording, rounds);
}

function noRecording(): never {
  throw new Error('There is nothing to measure.');
}

/** One way to play one recording, once: by the player or by a plain element. */
interface Played {
  /** Play, when nothing of it was asked for: the rest still comes when it is heard. */
  readonly coming: Acted;
  readonly firstBytesAt: number;
  readonly seekComing: Acted;
  readonly here: Acted;
  readonly seekHere: Acted;
  readonly error: number;
  readonly growth: readonly Growth[];
}

interface Round {
  readonly player: Played;
  readonly plain: Played;
}

async function playInPanel(window: VSCodeWindow, front: Front, recording: BenchRecording, listenedAt: number): Promise<Played> {
  await window.page.bringToFront();
  front.offer(recording, rateOf(recording));
  for (let attempt = 1; !(await opens(window)); attempt += 1) if (attempt === MOST_OPENINGS) throw new Error('The panel stayed empty.');
  return play(await window.panel.frame(), front, recording, listenedAt);
}

/** Opens the call's panel anew. False: it stayed empty, as webviews in a browser's window sometimes do. */
async function opens(window: VSCodeWindow): Promise<boolean> {
  await window.workbench.runCommand('View: Close All Editors');
  await window.lookUp(SID);
  return window.panel
    .section('Recording')
    .and(window.panel.document.locator('[data-recording="idle"]'))
    .waitFor({ timeout: OPENED_TIMEOUT_MS })
    .then(
      () => true,
      () => false,
    );
}

async function playPlainly(page: Page, front: Front, recording: BenchRecording, listenedAt: number): Promise<Played> {
  await page.bringToFront();
  await page.goto('about:blank');
  await page.goto(front.plainPage(front.offer(recording, rateOf(recording))));
  return play(page.mainFrame(), front, recording, listenedAt);
}

async function play(frame: Frame, front: Front, recording: BenchRecording, listenedAt: number): Promise<Played> {
  const isPlayer = frame.parentFrame() !== null;
  const growth = watchChildren();
  const does = (kind: Act['kind'], isDrawn = false): Promise<Acted> => frame.evaluate(act, { kind, to: 0.9, isDrawn });
  const coming = await does('play', isPlayer);
  const { firstBytesAt } = front;
  const seekComing = await does('seek');
  front.hurry();
  await frame.evaluate(settle);
  await frame.evaluate(rewind);
  const here = await does('play');
  const seekHere = await does('seek');
  const error = await frame.evaluate(listen, listeningTo(recording, listenedAt));
  await frame.evaluate(rewind);
  return { coming, firstBytesAt, seekComing, here, seekHere, error, growth: growth() };
}

function rateOf({ bytes }: BenchRecording): number {
  return Math.max(SLOWEST_BYTES_PER_SECOND, bytes / COMING_SECONDS);
}

/** Seeks to half a second before a third second begins. */
function listeningTo({ round, delay, minutes }: BenchRecording, share: number): Listening {
  const rounds = Math.floor((minutes * 60 * share) / round);
  const SECOND = 12;
  return { to: rounds * round + delay + SECOND - 0.5, tones: Array.from({ length: ROUND_SECONDS }, (_, second) => toneOf(second, 0)), round, delay };
}

function figuresOf({ name: subject, kind, minutes, channels, isSteady }: BenchRecording, rounds: readonly Round[]): readonly Figure[] {
  const of = (value: (played: Played) => number, whose: keyof Round = 'player'): readonly number[] => rounds.map((round) => value(round[whose]));
  const timed = (what: string, value: (played: Played) => number, target?: Target): Figure => ({ subject, what, unit: 'ms', values: of(value), floor: plainly(of(value, 'plain')), ...(target && { target }) });
  const isLargest = kind === 'WAV' && minutes === 60 && channels === 2;
  const most = mostGrown(rounds);
  return [
    timed('page: Play to sound, here already', ({ here }) => here.took, { value: 300, ratio: 1.5 }),
    timed('page: Play to sound, nothing fetched yet', ({ coming }) => coming.took, { ratio: 1.5 }),
    timed('page: first bytes to sound', ({ coming, firstBytesAt }) => coming.soundAt - firstBytesAt, isLargest ? { value: 1000, ratio: 1.5 } : { ratio: 1.5 }),
    { subject, what: 'page: first bytes to waveform', unit: 'ms', values: of(({ coming, firstBytesAt }) => coming.waveAt - firstBytesAt), target: { value: 300 } },
    timed('page: seek to 90 %, here already', ({ seekHere }) => seekHere.took, { value: 500 }),
    timed('page: seek to 90 %, still coming', ({ seekComing }) => seekComing.took, isSteady ? { value: 500 } : undefined),
    { subject, what: 'page: seek error, at most', unit: 's', shown: 'most', values: of(({ error }) => Math.abs(error)), floor: plainly(of(({ error }) => Math.abs(error), 'plain')), target: { value: 0.2 } },
    { subject, what: 'growth of any process', unit: 'MB', values: of(({ growth }) => mostOf(growth)), note: most, floor: plainly(of(({ growth }) => mostOf(growth), 'plain')), target: { value: 100 } },
  ];
}

const plainly = (values: readonly number[]): Floor => ({ name: '<audio>', values });

function mostOf(growth: readonly Growth[], role?: string): number {
  return Math.max(...growth.filter((each) => role === undefined || each.role === role).map(({ megabytes }) => megabytes));
}

/** The most that each kind of process grew in any run. */
function mostGrown(rounds: readonly Round[]): string {
  const roles = [...new Set(rounds.flatMap(({ player }) => player.growth.map(({ role }) => role)))].filter((role) => role !== 'other');
  return `at most ${roles.map((role) => `${role} ${Math.max(...rounds.map(({ player }) => mostOf(player.growth, role))).toFixed(0)}`).join(', ')}`;
}

async function measureWebCodecs(page: Page, front: Front, recording: BenchRecording, runs: number, host: HostPart | undefined): Promise<readonly Figure[]> {
  const bytes = readFileSync(recording.file);
  const frames = framesOf(bytes);
  const samples = readFrameHeader(bytes, 0)?.samples ?? 0;
  let end = 0;
  const offsets = [0, ...frames.map((frame) => (end += frame.length))];
  const times: number[] = [];
  const grown: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const address = front.offer(recording);
    await page.goto('about:blank');
    await page.goto(front.plainPage(''));
    const growth = watchChildren();
    const took = await page.evaluate(decodeByWebCodecs, { address, offsets, samples, sampleRate: recording.sampleRate, channels: recording.channels });
    times.push(took ?? Number.NaN);
    grown.push(mostOf(growth(), 'renderer'));
  }
  const worker = { name: 'the worker', values: host?.waveforms.get(recording.name) ?? [], ...(host === undefined ? { missing: 'not measured' } : {}) };
  return [
    { subject: recording.name, what: 'for comparison, WebCodecs in a page: full waveform', unit: 'ms', values: times, floor: worker },
    { subject: recording.name, what: 'for comparison, WebCodecs in a page: growth of the renderer', unit: 'MB', values: grown },
  ];
}
