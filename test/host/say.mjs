/** What the scripts tell the person who started them. */
import { writeFileSync } from 'node:fs';

/** Says one line on standard output. Written at once, so that nothing is lost when the process ends. */
export function say(/** @type {string} */ line) {
  writeFileSync(1, `${line}\n`);
}

/** `4.2 s`, from milliseconds. */
export function seconds(/** @type {number} */ milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The message of whatever was thrown. */
export function messageOf(/** @type {unknown} */ thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
