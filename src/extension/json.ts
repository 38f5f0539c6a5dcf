/** JSON that this extension wrote, perhaps damaged since. */

/** The value of a JSON text; undefined for what is no JSON. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
