/** Texts from elsewhere for VS Code's own notifications and lists, which make more of some characters than text. */

/**
 * For a notification, which reads `[label](command:…)` as a link that runs a command: the text with every link in it shown as it stands,
 * because what a server says must not become something to click.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** For a row of a list, which reads `$(name)` as an icon: the text as it stands, because what a server says must not look like a word of ours. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
