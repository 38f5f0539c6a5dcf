/** What of a text is somebody's number, address or name, and what only looks like it. */
import { ADDRESS, BETWEEN_DIGITS, DIGIT, DOT, maskAddresses, maskNumber } from './mask-values';

/** Whom a text is about: their names, numbers and addresses, and the ids in it that must stay. */
export interface Subjects {
  readonly people: readonly string[];
  /** Masks one of them. */
  readonly mask: (person: string) => string;
  readonly ids: readonly string[];
}

/** What looks like anybody's number or address in a text, masked. */
export function maskText(text: string): string {
  return IN_EITHER.test(text) ? replaced(text, ANYBODY, maskNumber) : text;
}

/** No number has fewer digits, and no address is without the sign. */
const IN_EITHER = new RegExp(String.raw`@|(?:${DIGIT}[^\p{Nd}${DOT}]*){7}`, 'u');

/** Masks a text: the names and numbers of these people, however they are written, and what looks like anybody's. */
export function createTextMask({ people, mask: maskOne, ids }: Subjects): (text: string) => string {
  const theirs = formsOf(people);
  const mask = theirs === undefined ? maskText : (text: string): string => maskText(replaced(text, theirs, maskOne));
  if (ids.length === 0) return mask;
  const known = new RegExp(`(${STARTS}(?:${ids.slice(0, MAX_FORMS).map(escaped).join('|')})${ENDS})`, 'u');
  return (text) => text.split(known).map((part, index) => (index % 2 === 1 ? part : mask(part))).join('');
}

function replaced(text: string, tokens: RegExp, mask: (found: string) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { 0: found, index, groups = {} } of text.matchAll(tokens)) {
    parts.push(text.slice(at, index), groups['kept'] ?? (groups['user'] === undefined ? mask(found) : maskAddresses(found)));
    at = index + found.length;
  }
  return parts.length === 0 ? text : [...parts, text.slice(at)].join('');
}

/** Neither a letter nor a digit stands before, unless as a percent escape. */
const STARTS = String.raw`(?:(?<![\p{L}\p{Nd}${DOT}%])(?<!%[\dA-F])|(?<=%[\dA-F]{2}))`;
const ENDS = String.raw`(?![\p{L}\p{Nd}${DOT}])`;

const CLOCK = String.raw`[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?`;
const YEAR = String.raw`(?:19|20)\d\d`;
const MONTH = String.raw`(?:0[1-9]|1[0-2])`;
const DAY = String.raw`(?:0[1-9]|[12]\d|3[01])`;

const DATE_TIME = [
  String.raw`\d{4}-\d\d-\d\d${CLOCK}`,
  `${YEAR}-${MONTH}-${DAY}`,
  String.raw`${YEAR}${MONTH}${DAY}(?:T?\d{6}(?:\.\d{1,9})?Z?)?`,
  String.raw`${DAY}[./-]${MONTH}[./-]${YEAR}(?:${CLOCK})?`,
].join('|');

/** A web address up to its path. */
const URL_START = String.raw`${STARTS}[A-Za-z][A-Za-z\d+.-]{0,20}:\/\/[^\s\/?#"'<>\\]{1,255}`;

/** What has many digits and is nobody's number. */
const NO_NUMBER = [
  URL_START,
  `${STARTS}(?:${DATE_TIME})${ENDS}`,
  String.raw`${STARTS}[\dA-Fa-f]{8}-(?:[\dA-Fa-f]{4}-){3}[\dA-Fa-f]{12}${ENDS}`,
  // Seconds or milliseconds since 1970, and the call SIDs that are made of them.
  String.raw`${STARTS}1\d{9}(?:\.\d{1,9}|\d{3})?(?![\p{L}\p{Nd}${DOT}]|\p{Pd}\p{Nd})`,
  // A decimal fraction.
  String.raw`${STARTS}\d{1,3}\.\d+(?!\.?[\p{L}\p{Nd}])`,
  // Longer than any number of a telephone or a card.
  String.raw`${STARTS}\p{Nd}{20,}`,
].join('|');

const GAP = `[${BETWEEN_DIGITS}]`;

/** Seven digits or more, in groups or not; a date that follows is none of them. */
const NUMBER = String.raw`${STARTS}(?:\+[ (]{0,3})?${DIGIT}(?:${DIGIT}|${GAP}{1,3}(?!${DATE_TIME})${DIGIT}){6,30}${ENDS}`;

/** Finds, at each place in this order: what must stay, addresses, numbers. */
const ANYBODY = new RegExp(`(?<kept>${NO_NUMBER})|${ADDRESS}|${NUMBER}`, 'gu');

const NAME_STARTS = String.raw`(?<![\p{L}\p{M}\p{N}_${DOT}])`;
const NAME_ENDS = String.raw`(?![\p{L}\p{M}\p{N}_${DOT}])`;

/** Finds, at each place in this order: web addresses, numbers and names of these people; undefined where nobody has any. */
function formsOf(people: readonly string[]): RegExp | undefined {
  const numbers = numbersOf(people);
  const [short, long] = [numbers.filter(isShort), numbers.filter((number) => !isShort(number))];
  const names = namesOf(people);
  if (numbers.length === 0 && names.length === 0) return undefined;
  const forms = [
    `(?<kept>${URL_START})`,
    ...(long.length === 0 ? [] : [String.raw`(?<!\d)(?=[+\d])(?:\+?\d{1,4}${GAP}{0,2})?(?:${long.map(spaced).join('|')})(?!\d)`]),
    ...(short.length === 0 ? [] : [`${STARTS}(?:${short.join('|')})${ENDS}`]),
    ...(names.length === 0 ? [] : [`${NAME_STARTS}(?:${names.join('|')})${NAME_ENDS}`]),
  ];
  return new RegExp(forms.join('|'), 'giu');
}

/** Longer ones are found by their last digits, with whatever country code or trunk prefix before them. */
const NATIONAL = 10;

/** Shorter ones, such as an extension, are found only where nothing touches them; up to here they may be anything. */
const FEWEST_DIGITS = 5;
const FEWEST_OF_A_NUMBER = 7;

function numbersOf(people: readonly string[]): readonly string[] {
  return [...new Set(people.flatMap((person) => nationalDigits(person) ?? []))].slice(0, MAX_NUMBERS);
}

function isShort(number: string): boolean {
  return number.length < FEWEST_OF_A_NUMBER;
}

function spaced(number: string): string {
  return number.split('').join(`${GAP}{0,2}`);
}

/** The last ten digits of a number, also of one that stands before an `@`; undefined for what is none. */
export function nationalDigits(person: string): string | undefined {
  const [, number] = A_NUMBER.exec(person) ?? [];
  const digits = number?.replaceAll(/\D/g, '') ?? '';
  return digits.length < FEWEST_DIGITS ? undefined : digits.slice(-NATIONAL);
}

const A_NUMBER = new RegExp(String.raw`^(?:(?:sips?|tel):)?([+\d${BETWEEN_DIGITS}]+)(?:@.*)?$`, 'iu');

/** A call of very many legs must not make an expression without end. */
const MAX_FORMS = 300;

/** Fewer: what is left out is masked as anybody's number all the same. */
const MAX_NUMBERS = 100;

/** Each name as a whole and its words; an address by what stands before the `@`. Longest first; who comes first is not left out for others. */
function namesOf(people: readonly string[]): readonly string[] {
  return [...new Set(people.flatMap(formsOfName))]
    .slice(0, MAX_FORMS)
    .toSorted((one, other) => other.length - one.length)
    .map((form) => form.split(/\s+/).map(escaped).join(String.raw`\s+`));
}

function formsOfName(person: string): readonly string[] {
  const whole = wholeNameOf(person) ?? '';
  const isName = (fewest: number) => (form: string): boolean => lettersIn(form) >= fewest && !ROLES.has(form.toLowerCase());
  return [...[whole].filter(isName(2)), ...whole.split(/[\s._+-]+/).filter(isName(3))];
}

function wholeNameOf(person: string): string | undefined {
  const whole = person.replace(/^(?:sips?|tel|mailto):/i, '').replace(/@.*$/s, '').trim();
  return whole.includes(DOT) || nationalDigits(whole) !== undefined ? undefined : whole;
}

function lettersIn(word: string): number {
  return word.match(/\p{L}/gu)?.length ?? 0;
}

/** Words that say what somebody does, or that stand where a name should: they name nobody, and texts are full of them. */
const ROLES = new Set(
  'agent customer user caller callee admin support sales service info test demo phone call voice team desk help office unknown anonymous private and the'.split(' '),
);

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
