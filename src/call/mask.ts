/**
 * Phone numbers and names masked, for a shared screen and for what is handed on. What tells a call and its course stays as it is:
 * SIDs and ids, times, lengths, statuses, hosts. The same value has the same mask wherever it stands; masking twice is masking once.
 */
import type { Call, Citation, Leg, Party, ReportedField } from './call';
import { createPersonMask } from './mask-people';
import { createTextMask, maskText } from './mask-tokens';
import { ADDRESS, BETWEEN_DIGITS, DIGIT, LONGEST_PERSON, maskAddresses, maskKeys } from './mask-values';
import type { LegsReply } from './request';

export { maskText } from './mask-tokens';
export { maskPerson } from './mask-values';

/** Masks what belongs to one call. */
export interface Mask {
  /** A text in which its people may stand, and anybody's number or address: a server's words, a field that nobody knows. */
  readonly text: (text: string) => string;
  /** A name, number or address, of its people or of anybody. */
  readonly person: (value: string) => string;
  /** A value, going by the name of its field: a path as in {@link ReportedField}. What is known to be a time or an id stays. */
  readonly value: (path: string, value: string) => string;
}

/** The mask of a call; without one, for what is about none in particular. */
export function createMask(call?: Call): Mask {
  const people = call === undefined ? [] : peopleOf(call);
  const person = createPersonMask(people);
  const text = call === undefined ? maskText : createTextMask({ people, mask: person, ids: idsOf(call) });
  const known: Known = { text, person, kindAt: createKinds(), people: new Set(people) };
  return { text, person, value: (path, value) => maskedValue(path, value, known) };
}

/** The call with every value masked that names or reaches somebody. */
export function maskedCall(call: Call): Call {
  const mask = createMask(call);
  const { agent, customer, virtualNumber, customField, digits, appName, answeredBy, recording, legs, disagreements } = call;
  return {
    ...call,
    ...maskedFacts(call, FACTS_OF_A_CALL, mask),
    ...(agent === undefined ? {} : { agent: maskedParty(agent, mask) }),
    ...(customer === undefined ? {} : { customer: maskedParty(customer, mask) }),
    ...(virtualNumber === undefined ? {} : { virtualNumber: mask.person(virtualNumber) }),
    ...(customField === undefined ? {} : { customField: mask.value('custom_field', customField) }),
    ...(digits === undefined ? {} : { digits: maskKeys(digits) }),
    ...(appName === undefined ? {} : { appName: mask.value('app_name', appName) }),
    ...(answeredBy === undefined ? {} : { answeredBy: mask.value('answered_by', answeredBy) }),
    ...(recording?.location === undefined ? {} : { recording: { ...recording, location: mask.text(recording.location) } }),
    ...(legs === undefined ? {} : { legs: legs.map((leg) => maskedLeg(leg, mask)) }),
    ...(disagreements === undefined
      ? {}
      : { disagreements: disagreements.map(({ field, values }) => ({ field, values: values.map((citation) => maskedCitation(citation, mask)) })) }),
    reported: call.reported.map((leaf) => maskedLeaf(leaf, mask)),
  };
}

/** What became of the legs, with the path masked that a record names in vain. */
export function maskedLegs(reply: LegsReply, mask: Mask): LegsReply {
  return reply.kind === 'refusedPath' ? { ...reply, sentence: mask.text(reply.sentence) } : reply;
}

type FactOfACall = 'state' | 'status' | 'direction' | 'legsPath' | 'appId' | 'price' | 'parentSid';

/** By the names that answers give them. */
const FACTS_OF_A_CALL: Readonly<Record<FactOfACall, string>> = { state: 'state', status: 'status', direction: 'direction', legsPath: 'legs', appId: 'app_id', price: 'price', parentSid: 'parent_sid' };

const FACTS_OF_A_LEG: Readonly<Record<'sid' | 'status' | 'groupId', string>> = { sid: 'sid', status: 'status', groupId: 'group_id' };

/** What stays as it is, unless somebody stands in its place. */
function maskedFacts<Field extends string>(from: Readonly<Partial<Record<Field, string>>>, names: Readonly<Record<Field, string>>, mask: Mask): Partial<Record<Field, string>> {
  const masked: Partial<Record<Field, string>> = {};
  for (const field in names) if (from[field] !== undefined) masked[field] = mask.value(names[field], from[field]);
  return masked;
}

function maskedParty({ name, number, contactUri, userId }: Party, { person }: Mask): Party {
  return {
    ...(name === undefined ? {} : { name: person(name) }),
    ...(number === undefined ? {} : { number: person(number) }),
    ...(contactUri === undefined ? {} : { contactUri: person(contactUri) }),
    ...(userId === undefined ? {} : { userId: maskedId(userId, person) }),
  };
}

function maskedLeg(leg: Leg, mask: Mask): Leg {
  const { party, groupName } = leg;
  return {
    ...leg,
    ...maskedFacts(leg, FACTS_OF_A_LEG, mask),
    ...(party === undefined ? {} : { party: maskedParty(party, mask) }),
    ...(groupName === undefined ? {} : { groupName: mask.value('group_name', groupName) }),
  };
}

function maskedCitation({ field, value }: Citation, mask: Mask): Citation {
  return { field, value: mask.value(field, value) };
}

/** The name of a field that nobody knows may itself be a number: in a table of contacts, for instance. */
function maskedLeaf(leaf: ReportedField, mask: Mask): ReportedField {
  return { ...leaf, path: leaf.known ? leaf.path : maskedPath(leaf.path), value: mask.value(leaf.path, leaf.value) };
}

function maskedPath(path: string): string {
  return maskAddresses(path).split('.').map(maskText).join('.');
}

/** What a field holds, going by its name. */
type Kind = 'person' | 'keys' | 'fact' | 'group' | 'text';

const GROUP = /(?:^|[._])(?:group|app|flow|account|campaign|queue|event|file|host|field|service|product|template|applet|company)s?[._]name$/;
const PERSON =
  /^(?:from|to|caller|callee|called|contact|cli|did|msisdn|username|number)$|(?:^|_)(?:name|phone|mobile|telephone|email|e_mail|contact_uri|caller_id|phone_number_sid)$|^(?:phone|mobile|contact|virtual|caller|callee|called|calling|customer|agent|from|to|alternate)_number$/;
const KEYS = /(?:^|_)(?:digits|dtmf)$/;
const FACT =
  /(?:^|_)(?:sid|id|ids|uuid|time|date|at|timestamp|created|updated|duration|seconds|secs|ms|price|cost|count|score|status|state|direction|code)$/;

/** An answer has few names and many values. */
const MAX_KINDS = 500;

/** What is found of a path is kept, for the next value that stands under the same name. */
function createKinds(): (path: string) => Kind {
  const kinds = new Map<string, Kind>();
  return (path) => {
    const kind = kinds.get(path) ?? kindOf(path);
    if (kinds.size < MAX_KINDS) kinds.set(path, kind);
    return kind;
  };
}

function kindOf(path: string): Kind {
  const names = path.replace(/^\w+:/, '').split('.').filter((name) => !/^\d+$/.test(name)).map(inSnakeCase);
  const last = names.at(-1) ?? '';
  if (GROUP.test(names.slice(-2).join('.'))) return 'group';
  if (PERSON.test(last)) return 'person';
  if (KEYS.test(last)) return 'keys';
  return FACT.test(last) ? 'fact' : 'text';
}

/** `PhoneNumberSid` as `phone_number_sid`. */
function inSnakeCase(name: string): string {
  return name.replace(/([a-z\d])(?=[A-Z])/g, '$1_').toLowerCase();
}

interface Known {
  readonly kindAt: (path: string) => Kind;
  readonly text: (text: string) => string;
  readonly person: (value: string) => string;
  readonly people: ReadonlySet<string>;
}

function maskedValue(path: string, value: string, { text, person, people, kindAt }: Known): string {
  if (DATE_TIME.test(value)) return value;
  switch (kindAt(path)) {
    case 'person':
      return person(value);
    case 'keys':
      return maskKeys(value);
    case 'fact':
      return /\s/.test(value.trim()) ? text(value) : maskedId(value, person);
    case 'group':
      return text(value);
    case 'text':
      return people.has(value.trim()) ? person(value) : text(value);
  }
}

/** A date-time that stands alone is one, whatever its field is called. */
const DATE_TIME = /^\s*\d{4}-\d\d-\d\d(?:[T ][\d:.,]{5,18} ?(?:Z|[+-]\d\d:?\d\d)?)?\s*$/i;

/** An id stays, unless it is an address or a number of a telephone: an international one, or digits alone that are no instant. */
function maskedId(value: string, person: Known['person']): string {
  return REACHES_SOMEBODY.test(value) ? person(value) : value;
}

const REACHES_SOMEBODY = new RegExp(String.raw`^\s*(?:${ADDRESS}|(?:(?:sips?|tel):)?\+${DIGIT}(?:[${BETWEEN_DIGITS}]*${DIGIT}){6,18}|(?!(?:1\d{9}(?:\d{3})?|(?:19|20)\d{12})\s*$)\d{10,15})\s*$`, 'iu');

/** Everything by which somebody is named or reached in the call. */
function peopleOf(call: Call): readonly string[] {
  const values = partiesOf(call).flatMap(({ name, number, contactUri }) => [name, number, contactUri]);
  return [...values, call.virtualNumber].flatMap((value) => (value === undefined || value.length > LONGEST_PERSON || value.trim() === '' ? [] : [value.trim()]));
}

/** What is shorter may be a word or a count, and what is longer is no id. */
const SHORTEST_ID = 8;
const LONGEST_ID = 200;

function idsOf(call: Call): readonly string[] {
  const legs = (call.legs ?? []).flatMap(({ sid, groupId }) => [sid, groupId]);
  const ids = [call.sid, call.parentSid, call.appId, ...legs, ...partiesOf(call).map(({ userId }) => userId)];
  return ids.flatMap((id) => (id === undefined || id.length < SHORTEST_ID || id.length > LONGEST_ID || REACHES_SOMEBODY.test(id) ? [] : [id]));
}

function partiesOf({ agent, customer, legs = [] }: Call): readonly Party[] {
  return [agent, customer, ...legs.map(({ party }) => party)].flatMap((party) => party ?? []);
}
