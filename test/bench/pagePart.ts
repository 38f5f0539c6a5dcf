/** The page by itself, in the browser alone: its script, until a call is painted; beside it a page with nothing in it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../host/browser.mjs';
import { root } from '../host/repository.mjs';
import { panelState, replyWith } from '../support/panelState';
import type { Figure } from './table';

const ORIGIN = 'http://bench.test';
const SUBJECT = 'page';

/** What VS Code gives to a page: here the state is answered at once. */
const HOST = `
  const state = ${JSON.stringify(panelState({ lookup: { phase: 'filled', reply: replyWith({}) } })).replaceAll('<', String.raw`\u003c`)};
  window.acquireVsCodeApi = () => ({
    getState: () => undefined,
    setState: () => undefined,
    postMessage: (message) => window.postMessage({ type: 'answer', id: message.id, ok: message.method === 'getState' ? state : null }),
  });
`;

interface Painted {
  /** Compiling and running it, in milliseconds. */
  readonly scriptMs: number;
  /** All that the page's thread did: styles, layout and painting with it. */
  readonly taskMs: number;
}

export async function measurePage(home: string, runs: number): Promise<readonly Figure[]> {
  const browser = await launchBrowser({ profile: path.join(home, 'page') });
  try {
    const rounds: { readonly panel: Painted; readonly empty: Painted }[] = [];
    for (let run = 0; run < runs; run += 1) rounds.push({ panel: await paint(await browser.newPage(), true), empty: await paint(await browser.newPage(), false) });
    const of = (what: string, value: (painted: Painted) => number): Figure => ({
      subject: SUBJECT,
      what,
      unit: 'ms',
      values: rounds.map(({ panel }) => value(panel)),
      floor: { name: 'an empty page', values: rounds.map(({ empty }) => value(empty)) },
    });
    return [{ ...of('script until a call is painted', ({ scriptMs }) => scriptMs), target: { value: 60 } }, of('all work of its thread until then', ({ taskMs }) => taskMs)];
  } finally {
    await browser.close();
  }
}

async function paint(page: Page, isPanel: boolean): Promise<Painted> {
  await page.route(`${ORIGIN}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '') return route.fulfill({ contentType: 'text/html', body: htmlOf(isPanel) });
    return route.fulfill({ contentType: name.endsWith('.css') ? 'text/css' : name.endsWith('.js') ? 'text/javascript' : 'font/ttf', body: readFileSync(path.join(root, 'dist', name)) });
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(`${ORIGIN}/`);
  await page.locator(isPanel ? 'main[data-phase=filled] section' : 'main').first().waitFor({ state: 'attached' });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  const { metrics } = await session.send('Performance.getMetrics');
  const secondsOf = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  await page.close();
  return { scriptMs: secondsOf('ScriptDuration') * 1000, taskMs: secondsOf('TaskDuration') * 1000 };
}

function htmlOf(isPanel: boolean): string {
  const head = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bench</title>';
  if (!isPanel) return `${head}</head><body><main>Call</main></body></html>`;
  return `${head}<link rel="stylesheet" href="panel.css"></head><body><div id="root" data-page="call"></div><script>${HOST}</script><script src="panel.js"></script></body></html>`;
}
