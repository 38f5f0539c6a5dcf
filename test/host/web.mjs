/** VS Code for a person's own browser: code-server's front end, which also keeps secrets from one page load to the next. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { linkExtension } from './extensions.mjs';
import { packageOf } from './hosts.mjs';
import { startService, withoutVSCode } from './processes.mjs';
import { temporaryFolder } from './repository.mjs';
import { NO_GALLERY } from './server.mjs';

const START_TIMEOUT_MS = 60_000;

/** Secrets belong to an origin, port included: it should be the same in each run. */
const USUAL_PORT = 8154;

async function isFree(/** @type {number} */ port) {
  const server = net.createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/**
 * Starts it.
 * @param {import('./server.mjs').Host} host
 * @param {{ profile: string, folder: string, keepPort: boolean }} options `keepPort`: the usual port when it is free, else any.
 * @returns {Promise<{ url: string, ended: Promise<string> }>} `ended`: how, in words.
 */
export async function startWeb(host, { profile, folder, keepPort }) {
  linkExtension(path.join(profile, 'extensions'));
  rmSync(path.join(profile, 'user-data', 'CachedProfilesData'), { recursive: true, force: true });
  const port = keepPort && (await isFree(USUAL_PORT)) ? USUAL_PORT : 0;
  // The path of a socket must be short, so it cannot be in the profile.
  const socket = path.join(temporaryFolder(), 's');
  const { said: origin, ended } = await startService(
    host.node,
    [
      path.join(packageOf(host.name), 'out', 'node', 'entry.js'),
      '--auth=none',
      '--host=127.0.0.1',
      `--port=${port}`,
      `--config=${path.join(profile, 'code-server.yaml')}`,
      `--session-socket=${socket}`,
      `--user-data-dir=${path.join(profile, 'user-data')}`,
      `--extensions-dir=${path.join(profile, 'extensions')}`,
      '--disable-getting-started-override',
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-workspace-trust',
    ],
    {
      name: 'VS Code’s server',
      ready: /HTTP server listening on (http:\/\/[^\s/]+)/,
      timeoutMs: START_TIMEOUT_MS,
      env: { ...withoutVSCode(process.env), ...NO_GALLERY },
    },
  );
  return { url: `${origin}/?${new URLSearchParams({ folder })}`, ended };
}

/** Opens a URL in the person's browser where there is one. That browser is theirs: it does not end with this run. */
export function openInBrowser(/** @type {string} */ url) {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY)) return;
  const [command, ...args] =
    process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler', url] : ['xdg-open', url];
  if (command === undefined) return;
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
