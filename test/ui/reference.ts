/** Pictures that are committed and compared: what is the same each time, and how much two of them may differ. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { failuresDir, fileNameOf, root } from '../host/repository.mjs';

const FOLDER = path.join(root, 'test', 'ui', 'reference');

/** `PICTURES=1` takes them anew instead of comparing. */
const isTaking = process.env['PICTURES'] === '1';

/** How different two pixels are that count as the same, from 0 to 1: black and white. */
const SAME_COLOUR = 0.05;

/**
 * So many pixels of any square of this size, in pixels, may count as different. What another version of a browser draws otherwise lies
 * scattered: of every twentieth pixel of all the text about 20 come together. One word that is moved by a pixel, or coloured a little
 * otherwise, makes 60 and more. Smoothed edges are not counted at all.
 */
const SQUARE = 16;
const MOST_IN_SQUARE = 30;

/** What makes the files of these pictures small: no filter, for neighbouring pixels are either equal or very different. */
const SMALL = { colorType: 2, filterType: 0, deflateLevel: 9, deflateStrategy: 0 } as const;

/** Fonts that come with the tests: those of this machine may be others. */
const FONTS = [
  { family: 'Reference', weight: '400', file: '@fontsource/roboto/files/roboto-latin-400-normal.woff2' },
  { family: 'Reference', weight: '700', file: '@fontsource/roboto/files/roboto-latin-700-normal.woff2' },
  { family: 'Reference Mono', weight: '400', file: '@fontsource/roboto-mono/files/roboto-mono-latin-400-normal.woff2' },
  { family: 'Reference Mono', weight: '700', file: '@fontsource/roboto-mono/files/roboto-mono-latin-700-normal.woff2' },
] as const;

const { resolve } = createRequire(path.join(root, 'package.json'));

/** Draws a page in the fonts of the tests from its next element on. */
export async function useReferenceFonts(frame: Frame): Promise<void> {
  const fonts = FONTS.map(({ file, ...font }) => ({ ...font, bytes: readFileSync(resolve(file)).toString('base64') }));
  await frame.evaluate(async (all) => {
    const faces = all.map(({ family, weight, bytes }) => new FontFace(family, Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0)), { weight }));
    for (const face of await Promise.all(faces.map((each) => each.load()))) document.fonts.add(face);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`body { --vscode-font-family: Reference !important; --vscode-font-size: 13px !important; --vscode-editor-font-family: 'Reference Mono' !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, fonts);
}

/** Gives the page of a panel this width, in CSS pixels, and the height that its content needs. */
export async function fitPanel(page: Page, frame: Frame, width: number): Promise<void> {
  for (;;) {
    const viewport = page.viewportSize() ?? { width: 0, height: 0 };
    const inside = await frame.evaluate(async () => {
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      return { width: innerWidth, height: innerHeight, content: Math.ceil(document.querySelector('main')?.getBoundingClientRect().height ?? 0) };
    });
    const next = { width: viewport.width + width - inside.width, height: viewport.height + inside.content - inside.height };
    if (next.width === viewport.width && next.height === viewport.height) return;
    await page.setViewportSize(next);
    await frame.waitForFunction(({ was, now }) => innerWidth === was.width + now.width && innerHeight === was.height + now.height, {
      was: inside,
      now: { width: next.width - viewport.width, height: next.height - viewport.height },
    });
  }
}

/** Compares a picture with the committed one of this name, or takes its place. Gives what is the matter; undefined: nothing. */
export function compareWithReference(name: string, png: Buffer): string | undefined {
  const file = path.join(FOLDER, `${name}.png`);
  const actual = PNG.sync.read(png);
  if (isTaking) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, PNG.sync.write(actual, SMALL));
    return undefined;
  }
  if (!existsSync(file)) return `There is no ${path.relative(root, file)}: PICTURES=1 takes it.`;
  const expected = PNG.sync.read(readFileSync(file));
  const problem = difference(name, expected, actual);
  if (problem === undefined) return undefined;
  keep(`${name} as it is`, actual);
  return `${problem} See ${path.relative(root, failuresDir)}.`;
}

/** The same for a text, which is to be the same to the letter. `name`: its file's. */
export function compareTextWithReference(name: string, text: string): string | undefined {
  const file = path.join(FOLDER, name);
  const actual = `${text}\n`;
  if (isTaking) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, actual);
    return undefined;
  }
  if (existsSync(file) && readFileSync(file, 'utf8') === actual) return undefined;
  mkdirSync(failuresDir, { recursive: true });
  writeFileSync(path.join(failuresDir, name), actual);
  return `${name} is not as it was: compare it with the one in ${path.relative(root, failuresDir)}.`;
}

function difference(name: string, expected: PNG, actual: PNG): string | undefined {
  const { width, height } = expected;
  if (width !== actual.width || height !== actual.height) return `${name} is ${String(actual.width)} × ${String(actual.height)} pixels rather than ${String(width)} × ${String(height)}.`;
  const picture = new PNG({ width, height });
  const most = pixelmatch(expected.data, actual.data, picture.data, width, height, { threshold: SAME_COLOUR, windowSize: SQUARE });
  if (most <= MOST_IN_SQUARE) return undefined;
  keep(`${name} differences`, picture);
  return `${name} differs, in ${String(most)} of ${String(SQUARE)} × ${String(SQUARE)} pixels where it does most.`;
}

function keep(name: string, picture: PNG): void {
  mkdirSync(failuresDir, { recursive: true });
  writeFileSync(path.join(failuresDir, `${fileNameOf(name)}.png`), PNG.sync.write(picture));
}
