/** Chooses the VS Code that runs the tests or the demo. */
import { findDesktop } from './desktop.mjs';
import { hostName } from './hosts.mjs';
import { say } from './say.mjs';

/** @typedef {{ kind: 'desktop', executable: string, why: string } | { kind: 'server', why: string }} Choice */

/**
 * Desktop VS Code where one can be had, else the server. `VSCODE_TEST_HOST=desktop` or `server` asks for one of them.
 * @param {{ name?: import('./hosts.mjs').HostName, wanted?: string | undefined }} [options]
 * @returns {Promise<Choice>}
 * @throws {Error} when the one that was asked for cannot be had.
 */
export async function chooseHost({ name = hostName(), wanted = process.env['VSCODE_TEST_HOST'] } = {}) {
  if (wanted === 'server') return { kind: 'server', why: 'as asked for' };
  const desktop = await findDesktop(name);
  if ('executable' in desktop) return { kind: 'desktop', ...desktop };
  if ('problem' in desktop) {
    if (wanted === 'desktop') throw new Error(`Desktop VS Code was asked for: ${desktop.problem}.`);
    return { kind: 'server', why: desktop.problem };
  }
  say('Getting desktop VS Code …');
  try {
    return { kind: 'desktop', executable: await desktop.fetch(), why: desktop.why };
  } catch (error) {
    if (wanted === 'desktop') throw error;
    return { kind: 'server', why: `the download of desktop VS Code failed: ${String(error)}` };
  }
}
