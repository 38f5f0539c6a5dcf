/** Asks the run outside of VS Code for what only it can see: the window. */
import { get } from 'node:http';
import type { UseFigures, WindowFigures } from '../host/outside.mjs';

/** Null everywhere: the window is none of a browser, and nobody can look into it. */
export interface Outside {
  /** Waits until so many webviews are there, then looks. */
  window(webviews: number): Promise<WindowFigures | null>;
  /** Waits until so many webviews are there. `filled`: of a call, showing what came. */
  webviews(count: number, filled?: 'filled'): Promise<void>;
  /** Opens the view and one of its calls with the mouse. */
  use(sid: string): Promise<UseFigures | null>;
  /** What was said of listeners that are added and never removed; empty where nobody can tell. */
  leakWarnings(): Promise<readonly string[]>;
}

export function outside(address: string): Outside {
  return {
    window: (webviews) => ask<WindowFigures | null>(address, `/window?webviews=${String(webviews)}`),
    async webviews(count, filled) {
      await ask(address, `/webviews?webviews=${String(count)}${filled === undefined ? '' : '&filled'}`);
    },
    use: (sid) => ask<UseFigures | null>(address, `/use?sid=${sid}`),
    leakWarnings: async () => (await ask<readonly string[] | null>(address, '/warnings')) ?? [],
  };
}

/** By a connection of its own, which is gone with the answer. */
function ask<T>(address: string, path: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = get({ socketPath: address, path, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('end', () => (response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(text))));
    });
    request.on('error', reject);
  });
}
