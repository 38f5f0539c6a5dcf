/** What the suite inside VS Code asks of the window around it, which it cannot see: by HTTP, over a socket. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { newAddress } from './report.mjs';

const TIMEOUT_MS = 60_000;

/** What VS Code and Node say of listeners that are added and never removed. */
const LEAK = /potential listener LEAK|MaxListenersExceeded/;

/**
 * The window after a collection of garbage.
 * @typedef {{
 *   readonly heapBytes: number, readonly nodes: number, readonly listeners: number, readonly frames: number, readonly webviews: number,
 *   readonly ports: number,
 * }} WindowFigures `heapBytes`: of the workbench and of the webviews in its process. `frames`: with those of webviews. `ports`: that the
 *   window forwards, as the status bar says.
 *
 * @typedef {{ readonly listMs: number, readonly openMs: number }} UseFigures from the click on the view's icon to its first call, and
 *   from the click on a call to its panel with what came.
 */

/**
 * Listens for questions until it is closed. The answer is `null` where VS Code's window is none of a browser.
 * @param {string} logs a folder with VS Code's logs somewhere in it
 */
export async function listenForQuestions(logs) {
  const place = newAddress();
  /** @type {import('playwright-core').Page | undefined} */
  let page;
  /** @type {import('playwright-core').CDPSession | undefined} */
  let session;
  /** @type {string[]} */
  const warnings = [];
  const answer = async (/** @type {URL} */ { pathname, searchParams }) => {
    if (!page || !session) return null;
    const webviews = Number(searchParams.get('webviews'));
    if (pathname === '/window') return figuresOf(page, session, webviews);
    if (pathname === '/webviews') return waitForWebviews(page, webviews, searchParams.has('filled'));
    if (pathname === '/use') return use(page, searchParams.get('sid') ?? '');
    if (pathname === '/warnings') return [...warnings, ...linesIn(logs)];
    throw new Error(`Nobody knows what ${pathname} means.`);
  };
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://outside')).then(
      (result) => response.end(JSON.stringify(result ?? null)),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise((resolve) => server.listen(place.address, () => resolve(undefined)));
  return {
    address: place.address,
    async lookAt(/** @type {import('playwright-core').Page} */ window) {
      window.on('console', (message) => {
        if (LEAK.test(message.text())) warnings.push(message.text());
      });
      session = await window.context().newCDPSession(window);
      page = window;
    },
    close() {
      server.close();
      server.closeAllConnections();
      place.dispose();
    },
  };
}

/** Waits until so many webviews are there. `filled`: and each call's panel among them shows what came. */
async function waitForWebviews(/** @type {import('playwright-core').Page} */ page, /** @type {number} */ count, /** @type {boolean} */ filled) {
  await page.waitForFunction(
    (wanted) => {
      const frames = [...document.querySelectorAll('iframe.webview')];
      return frames.length === wanted && frames.every((frame) => frame.classList.contains('ready'));
    },
    count,
    { timeout: TIMEOUT_MS },
  );
  if (filled) await filledPanel(page).waitFor({ timeout: TIMEOUT_MS });
}

function filledPanel(/** @type {import('playwright-core').Page} */ page) {
  const inside = page.locator('iframe.webview.ready:visible').contentFrame().locator('iframe#active-frame').contentFrame();
  return inside.locator('main[data-phase="filled"]');
}

/** @returns {Promise<WindowFigures>} */
async function figuresOf(/** @type {import('playwright-core').Page} */ page, /** @type {import('playwright-core').CDPSession} */ session, /** @type {number} */ webviews) {
  await waitForWebviews(page, webviews, false);
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  const ports = await page.locator('.statusbar-item:has(.codicon-radio-tower)').allInnerTexts();
  return { ports: Number(ports[0]?.trim() ?? 0), heapBytes: usedSize, nodes, listeners: jsEventListeners, frames: page.frames().length, webviews: await page.locator('iframe.webview').count() };
}

/** @returns {Promise<UseFigures>} */
async function use(/** @type {import('playwright-core').Page} */ page, /** @type {string} */ sid) {
  const began = performance.now();
  await page.locator('.activitybar').getByRole('tab', { name: 'Exotel', exact: true }).click();
  const rows = page.locator('.part.sidebar').getByRole('treeitem', { name: /^Call / });
  await rows.first().waitFor({ timeout: TIMEOUT_MS });
  await page.locator('.part.sidebar .monaco-progress-container.active').waitFor({ state: 'detached', timeout: TIMEOUT_MS });
  const listMs = performance.now() - began;
  const clicked = performance.now();
  await rows.filter({ hasText: sid.slice(0, 8) }).first().click();
  await filledPanel(page).waitFor({ timeout: TIMEOUT_MS });
  return { listMs, openMs: performance.now() - clicked };
}

/** The lines of warnings in the logs of a folder. */
function linesIn(/** @type {string} */ folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.log'));
  return files.flatMap(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'utf8').split('\n').filter((line) => LEAK.test(line)));
}
