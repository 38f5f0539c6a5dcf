/** The page's frame. It starts empty and asks for what it shows: nothing of a call is ever written into HTML. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The HTML for a panel; its policy names exactly what the page needs, and takes no text for HTML or script. `mediaOrigins`: where it hears recordings, besides what it is handed. */
export function pageHtml(webview: vscode.Webview, dist: vscode.Uri, page: 'call' | 'doctor', mediaOrigins: readonly string[] = []): string {
  const nonce = randomBytes(24).toString('base64url');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `media-src ${page === 'call' ? [...mediaOrigins, 'blob:'].join(' ') : `'none'`}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${nonce}" href="${file('panel.css')}">
<title>${page === 'call' ? 'Exotel Call' : 'Exotel Account'}</title>
</head>
<body>
<div id="root" data-page="${page}"></div>
<script nonce="${nonce}" src="${file('panel.js')}"></script>
</body>
</html>`;
}
