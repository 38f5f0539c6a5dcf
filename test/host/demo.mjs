/** What `npm start` shows: a small workspace that mentions sample calls, and a profile with or without the sample accounts. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { demoDir, root, sampleWorkspace } from './repository.mjs';
import { quietSettings, sampleAccount, writeSettings } from './settings.mjs';

/** The calls of the first sample account of the built sandbox. @returns {readonly { sid: string, title: string }[]} */
function sampleCalls() {
  /** @type {{ samplesOf: (account: string) => readonly { sid: string, title: string }[] }} */
  const sandbox = createRequire(path.join(root, 'package.json'))('./dist/sandbox.js');
  return sandbox.samplesOf('sample');
}

/** SIDs as they turn up in the logs of a telephony back end. @type {readonly ((sid: string) => string)[]} */
const LOG_LINES = [
  (sid) => `INFO  dialler  call placed CallSid=${sid}`,
  (sid) => `INFO  webhook  status callback {"CallSid":"${sid}","EventType":"terminal"}`,
  (sid) => `WARN  support  customer asks about call ${sid}`,
  (sid) => `DEBUG client   GET /v2/accounts/sample/calls/${sid} 200 183 ms`,
];

/** Writes the workspace anew and returns its folder. */
export function writeSampleWorkspace() {
  const calls = sampleCalls();
  const began = Date.now() - calls.length * 60_000;
  const log = calls.map(({ sid }, n) => {
    const line = LOG_LINES[n % LOG_LINES.length]?.(sid);
    return `${new Date(began + n * 60_000).toISOString()} ${line}`;
  });
  const code = calls.map(({ sid, title }) => `  // ${title}\n  '${sid}',`);
  mkdirSync(sampleWorkspace, { recursive: true });
  writeFileSync(path.join(sampleWorkspace, 'dialler.log'), `${log.join('\n')}\n`);
  writeFileSync(
    path.join(sampleWorkspace, 'follow-up.js'),
    `/** Calls to follow up: select a SID and run "Lookup Exotel Call". */\nexport const callsToFollowUp = [\n${code.join('\n')}\n];\n`,
  );
  return sampleWorkspace;
}

/**
 * The folder of a profile, with `user-data` and `extensions` in it. The one with the sample account keeps what a person does in it;
 * the empty one is new each time.
 * @param {'desktop' | 'web'} kind
 * @param {{ empty: boolean }} options
 */
export function prepareProfile(kind, { empty }) {
  const profile = path.join(demoDir, `${kind}-${empty ? 'empty' : 'sample'}`);
  if (empty) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  const userData = path.join(profile, 'user-data');
  mkdirSync(path.join(profile, 'extensions'), { recursive: true });
  writeSettings(userData, empty ? quietSettings : { ...quietSettings, ...ownSettings(userData), ...sampleAccount });
  return profile;
}

/** What the person set in an earlier run, as far as it can be read. @returns {import('./settings.mjs').Settings} */
function ownSettings(/** @type {string} */ userData) {
  const file = path.join(userData, 'User', 'settings.json');
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
