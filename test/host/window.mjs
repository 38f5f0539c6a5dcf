/** A window of the VS Code server: its URL, and what a page must be given before it loads. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where the server's page finds a folder of this machine. */
function remoteUri(/** @type {number} */ port, /** @type {string} */ folder) {
  return { scheme: 'vscode-remote', authority: `127.0.0.1:${port}`, path: folder };
}

/**
 * The URL of a window.
 * @param {{
 *   port: number, folder?: string, workspace?: string, logLevel?: string, extension?: string, tests?: string,
 * }} options `folder` (a path, or a URI of a scheme of its own) or `workspace` (the path of a `.code-workspace` file): what it opens;
 *   none: an empty window. `extension` (its folder) and `tests` (their entry module) are heard by a server with the test driver only.
 */
export function windowUrl({ port, folder, workspace, logLevel, extension, tests }) {
  const uri = (/** @type {string} */ file) => {
    const { scheme, authority, path: where } = remoteUri(port, file);
    return `${scheme}://${authority}${encodeURI(where)}`;
  };
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...(logLevel === undefined ? [] : [['logLevel', logLevel]]),
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', uri(extension)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', uri(tests)]]),
  ];
  const opened = folder !== undefined ? { folder } : workspace !== undefined ? { workspace } : { ew: 'true' };
  const query = new URLSearchParams(opened);
  query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query}`;
}

/**
 * Loads extensions from their folders in every window of a context, without the test driver (which hides toasts):
 * the page's configuration is edited before the workbench reads it.
 * @param {import('playwright-core').BrowserContext} context
 * @param {{ port: number, extension: string, others?: readonly string[] }} options
 */
export async function developExtension(context, { port, extension, others = [] }) {
  await context.addInitScript(
    (uris) => {
      if (window !== window.top) return;
      const observer = new MutationObserver(() => {
        const configuration = document.getElementById('vscode-workbench-web-configuration');
        const text = configuration?.getAttribute('data-settings');
        if (!configuration || !text) return;
        observer.disconnect();
        const options = JSON.parse(text);
        configuration.setAttribute('data-settings', JSON.stringify({ ...options, developmentOptions: { extensions: uris } }));
      });
      observer.observe(document, { childList: true, subtree: true });
    },
    [extension, ...others].map((folder) => ({ $mid: 1, ...remoteUri(port, folder) })),
  );
}

/**
 * Lets secrets outlive a page: it asks its server for half of the key they are encrypted with, and the bare server has none to give.
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} dataDir where the key is kept
 */
export async function keepSecrets(context, dataDir) {
  const file = path.join(dataDir, 'secret-key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  const body = readFileSync(file);
  await context.route(
    (url) => url.pathname.endsWith('/mint-key'),
    (route) => route.fulfill({ contentType: 'application/octet-stream', body }),
  );
}
