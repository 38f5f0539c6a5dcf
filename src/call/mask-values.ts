/** One person's value at a time, masked: enough is left to tell two of them apart, too little to call or to name anybody. */

/** What stands for a letter or digit that is not shown. */
export const DOT = '•';

/** A digit of any script, or the dot that stands for one. */
export const DIGIT = String.raw`[\p{Nd}${DOT}]`;

/** Small figures behind a masked value that tell two people apart whose masks are the same. */
const MARK = '[⁰¹²³⁴-⁹]';

/** What people write between the digits of a number: one class, without its brackets. */
export const BETWEEN_DIGITS = String.raw`.() \t\u00A0\u2007-\u200F\u202F\u2060\u2212\p{Pd}`;

const IN_USER = String.raw`\p{L}\p{M}\p{N}${DOT}._%+:-`;

/** `user@host`, with the scheme before it that a SIP address has; the named groups are its parts. */
export const ADDRESS = String.raw`(?<![${IN_USER}])(?<scheme>(?:[Ss][Ii][Pp][Ss]?|mailto|tel):)?(?<user>[${IN_USER}]{1,320})@(?<host>[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,253}[\p{L}\p{N}])?)`;

/** Of fewer digits than this none is kept. */
const FEWEST_WITH_TAIL = 5;
const TAIL = 2;

/** The country code is kept only where at least so many digits are hidden all the same. */
const FEWEST_HIDDEN = 4;

/**
 * A telephone number with its digits hidden but for the country code after a `+`, the zeros it is dialled with, and the last two:
 * `+91••••••••23`, `0••••••••23`. Of less than five digits none is kept. What stands between the digits stays. Masking it again changes
 * nothing.
 */
export function maskNumber(text: string): string {
  const digits = text.match(EACH_DIGIT) ?? [];
  const count = digits.length;
  const tail = count < FEWEST_WITH_TAIL ? 0 : TAIL;
  const code = LEADING_PLUS.test(text) ? countryCodeLength(digits.join('')) : trunkPrefixLength(digits);
  const head = count - code - tail < FEWEST_HIDDEN ? 0 : code;
  let index = -1;
  return text.replace(EACH_DIGIT, (digit) => {
    index += 1;
    return index < head || index >= count - tail ? digit : DOT;
  });
}

const EACH_DIGIT = new RegExp(DIGIT, 'gu');
const LEADING_PLUS = new RegExp(String.raw`^[^\p{Nd}${DOT}]*\+`, 'u');

/** `0` before a number of the same country, `00` before one of another. */
function trunkPrefixLength([first, second]: readonly string[]): number {
  if (first !== '0') return 0;
  return second === '0' ? 2 : 1;
}

/** By the lengths of the country codes of ITU-T E.164; 0 where the digits begin with none. */
function countryCodeLength(digits: string): number {
  if (/^[17]/.test(digits)) return 1;
  if (/^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/.test(digits)) return 2;
  return /^[2-9]\d\d/.test(digits) ? 3 : 0;
}

/** A user's part and host of an address: `sip:a•••@voice.example`; a number before the `@` is masked as one. */
export function maskAddresses(text: string): string {
  return text.replace(EACH_ADDRESS, (_whole, scheme: string | undefined, user: string, host: string) => `${scheme ?? ''}${maskUser(user)}@${host}`);
}

const EACH_ADDRESS = new RegExp(ADDRESS, 'giu');

/** The part of an address before its `@`. */
export function maskUser(user: string): string {
  return ONLY_NUMBER.test(user) ? maskNumber(user) : maskWord(user);
}

const ONLY_NUMBER = new RegExp(String.raw`^[+${BETWEEN_DIGITS}]*${DIGIT}(?:[${BETWEEN_DIGITS}]*${DIGIT})*${MARK}*$`, 'u');

/**
 * Whatever names or reaches one person: each word to its first letter (`A••• K•••`), numbers and addresses as those. Masking it again
 * changes nothing.
 */
export function maskPerson(text: string): string {
  if (isNobody(text)) return text;
  if (text.length > LONGEST_PERSON) return HIDDEN;
  return (HALF_MASKED.test(text) ? text.replace(/[Xx*]/g, DOT) : text).replace(EACH_PART, (part) => {
    if (ONE_ADDRESS.test(part)) return maskAddresses(part);
    const [, scheme = '', rest = part] = /^((?:sips?|tel):)(.+)$/isu.exec(part) ?? [];
    return `${scheme}${maskUser(rest)}`;
  });
}

/** Nobody's name is as long; what is names nobody, and would take time without end to be masked. */
export const LONGEST_PERSON = 1000;

/** What stands in a person's place where there is none, or where the caller did not want to be known. */
function isNobody(text: string): boolean {
  return NOBODY.has(text.trim().toLowerCase());
}

const NOBODY: ReadonlySet<string> = new Set(['', 'null', 'true', 'false', 'anonymous', 'unknown', 'private', 'restricted', 'unavailable', 'withheld']);

/** A number of which the server itself shows only a part: `0XXXXXX4890`. */
const HALF_MASKED = /^\s*\+?\d*[Xx*]{3,}\d{0,6}\s*$/;

const ONE_ADDRESS = new RegExp(`^${ADDRESS}$`, 'iu');

const NUMBER_ALONE = String.raw`(?:(?:sips?|tel):)?[+(]*${DIGIT}(?:[${BETWEEN_DIGITS}]*${DIGIT})*${MARK}*(?=[\s<>()",;]|$)`;

const EACH_PART = new RegExp([ADDRESS, NUMBER_ALONE, String.raw`[^\s<>()"]+`].join('|'), 'giu');

/** A word that is masked already stays; one without a letter loses its digits. */
function maskWord(word: string): string {
  const [first] = /\p{L}\p{M}*/u.exec(word) ?? [];
  if (first === undefined) return word.replace(EACH_DIGIT, DOT);
  return MASKED_WORD.test(word) ? word : `${first}${HIDDEN}`;
}

const HIDDEN = DOT.repeat(3);
const MASKED_WORD = new RegExp(String.raw`^\p{L}\p{M}*${HIDDEN}${MARK}*$`, 'u');

/** Keys that somebody pressed, which may be a card's number: how many they were is all that is left, `•-•-•`. */
export function maskKeys(text: string): string {
  return isNobody(text) ? text : text.replace(/[^\s,;-]/gu, DOT);
}
