/** Secrets taken out of texts before they are shown, logged or kept. */

/** What follows the scheme of a URL, up to the next scheme; slashes may be escaped, as in JSON. */
const AFTER_SCHEME = /(:(?:\\{0,3}\/){2})((?:(?!:(?:\\{0,3}\/){2})[^\s"<>])+)/g;

/** A URL from its scheme's end to its own end, another URL in it included. */
const WHOLE_URL = /(:(?:\\{0,3}\/){2})([^\s"<>]+)/g;

/** Parameters that make a link a key, for where no scheme marks the URL. */
const SIGNATURE = /\b((?:X-Amz-(?:Signature|Credential|Security-Token)|Signature)=)[^\s"'<>&]+/gi;

/**
 * The text with user info, query and fragment dropped from every URL in it; `?…` stands where a query was.
 * For what an answer reported: a signed link's query is a secret.
 */
export function withoutUrlSecrets(text: string): string {
  return withoutUserInfos(text)
    .replace(WHOLE_URL, (_url, scheme: string, rest: string) => `${scheme}${withoutQuery(rest)}`)
    .replace(SIGNATURE, '$1…');
}

/**
 * Pasted text with what authenticates taken out: user info of URLs (also without a scheme), curl's `-u a:b` with its flag, and the
 * value of `Authorization` headers, of Python's `auth=(…)` and of API keys and tokens named as such, where `…` then stands. The rest stays as it was,
 * queries too. Safe to show, whatever was pasted.
 */
export function withoutCredentials(text: string): string {
  return withoutUserInfos(text)
    .replace(BARE_USER_INFO, '')
    .replace(USER_FLAG, (whole, before: string, value: string) => (value.includes(':') ? before : whole))
    .replace(BASIC, '$1…')
    .replace(AUTHORIZATION, '$1…')
    .replace(AUTH_TUPLE, '$1…)')
    .replace(NAMED_SECRET, '$1…');
}

/** `key:token@host`, as it is left when the scheme was not copied; `sip:` and `mailto:` addresses look alike. */
const BARE_USER_INFO = /(?<![^\s"'`=(</])(?!(?:sips?|mailto|tel):)[\w.%+-]{1,256}:[\w.%+-]{8,256}@(?=[\w-]+[.:])/gi;

/** `-u key:token`, `--user=key:token`, `-sukey:token`, quoted or not, a continued line's backslash between. */
const USER_FLAG = /(^|\s)(?:'-[A-Za-z]{0,8}u'|"-[A-Za-z]{0,8}u"|["']?(?:-[A-Za-z]{0,8}u|--(?:proxy-)?user(?=[\s=])))(?:=|\s+(?:\\\s+)?)?((?:'[^']*'?|"(?:[^"\\]|\\[^])*"?|\\\S|[^\s'"\\])+)/g;

const AUTHORIZATION = /(authorization["'\\]{0,4}\s{0,8}[:=]\s{0,8}["'\\]{0,4})(?:(?:basic|bearer|digest|token)\s{1,8})?[^\s"'\\,;]+/gi;

/** The value of the header, copied without its name: Base64 of key and token is never shorter. */
const BASIC = /(\bbasic\s{0,4}["']?\s{0,4}(?:\+\s{0,4})?["']?)(?<!\w)[A-Za-z0-9+/_-]{20,}={0,2}/gi;

const AUTH_TUPLE = /(\bauth\s{0,4}=\s{0,4}\()[^)\n]{1,512}\)?/g;

const NAMED_SECRET = /((?:api[_-]?(?:key|token)|auth[_-]?token|access[_-]?token|username|password)["'\\]{0,4}\s{0,8}[:=]\s{0,8}["'\\]{0,4})[^\s"'\\&,;]+/gi;

function withoutUserInfos(text: string): string {
  return text.replace(AFTER_SCHEME, (_url, scheme: string, rest: string) => `${scheme}${withoutUserInfo(rest)}`);
}

function withoutQuery(rest: string): string {
  const end = rest.search(/[?#]/);
  if (end < 0) return rest;
  return /^\?[^#]/.test(rest.slice(end)) ? `${rest.slice(0, end)}?…` : rest.slice(0, end);
}

/**
 * User info ends at the last `@` before the path. A token pasted with a raw `/`, `?` or `#` in it ends the authority too early;
 * what then follows the first colon is no port, and everything up to the last `@` goes.
 */
function withoutUserInfo(rest: string): string {
  const end = rest.search(/[/?#\\]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const at = authority.lastIndexOf('@');
  if (at >= 0) return rest.slice(at + 1);
  const looksLikeHost = authority.startsWith('[') || /^[^:]*(?::\d{0,5})?$/.test(authority);
  return looksLikeHost ? rest : rest.slice(rest.lastIndexOf('@') + 1);
}
