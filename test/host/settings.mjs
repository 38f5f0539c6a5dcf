/** User settings of the VS Codes that are started here. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {Readonly<Record<string, unknown>>} Settings */

/** No prompts, tips, side bars, look-ups or traffic that a test or a picture did not ask for. */
export const quietSettings = /** @type {Settings} */ ({
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'grunt.autoDetect': 'off',
  'gulp.autoDetect': 'off',
  'jake.autoDetect': 'off',
  'npm.autoDetect': 'off',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'window.confirmBeforeClose': 'never',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.experimentalOnboarding': false,
});

/** Shows the sample accounts. */
export const sampleAccount = /** @type {Settings} */ ({ 'exotel.sampleAccount': true });

/** Writes `User/settings.json` below a user-data folder. */
export function writeSettings(/** @type {string} */ userDataDir, /** @type {Settings} */ settings) {
  const folder = path.join(userDataDir, 'User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}
