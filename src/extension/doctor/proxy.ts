/** Which proxy requests are meant to go through, as far as settings and environment tell. */
import * as vscode from 'vscode';
import { hostAlone } from '../../exotel/secrets';

const VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'] as const;

/** Where it is set and its host, without user info: `http.proxy, proxy.example:8080`; undefined when none is set. */
export function proxyThatIsSet(): string | undefined {
  const setting = vscode.workspace.getConfiguration('http').get<unknown>('proxy');
  const places = [['http.proxy', setting] as const, ...VARIABLES.map((name) => [name, process.env[name]] as const)];
  const [place] = places.flatMap(([name, value]) => (typeof value === 'string' && value !== '' ? [`${name}, ${hostAlone(value) ?? 'an address that cannot be read'}`] : []));
  return place;
}
