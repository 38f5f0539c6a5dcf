/** Texts for VS Code's notifications, which read `[label](command:…)` as a link that runs a command. */

/** The text with every link in it shown as it stands: what a server says must not become something to click. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
