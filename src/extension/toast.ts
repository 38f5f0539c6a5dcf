/** Texts from elsewhere for VS Code's own notifications, lists and status bar, which make more of some characters than text. */
import { plainText } from '../call/text';

/** The longest notification there is has a failure's sentence and all that can be done about it. In UTF-16 units. */
const MAX_NOTIFICATION = 1000;
const MAX_STATUS = 150;
const MAX_NAME_IN_STATUS = 40;

/**
 * For a notification, which reads `[label](command:…)` as a link that runs a command: the text on one line, not longer than anybody
 * reads, with every link in it shown as it stands, because what a server says must not become something to click.
 */
export function withoutLinks(text: string): string {
  return plainText(text, MAX_NOTIFICATION).replaceAll('](', '] (');
}

/** For a row of a list, which reads `$(name)` as an icon: the text as it stands, because what a server says must not look like a word of ours. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}

/** What was done, for the status bar, with a tick: the same, and on one short line, for a name or a file in it may be anything. */
export function doneStatus(text: string): string {
  return `$(check) ${withoutIcons(plainText(text, MAX_STATUS))}`;
}

/** A name within a sentence of the status bar, cut so that the end of the sentence is seen. */
export function shortName(name: string): string {
  return plainText(name, MAX_NAME_IN_STATUS);
}
