/** The account form: one question a step, back and forth, with everything typed so far kept. */
import { type Endpoint, endpointLabel, isAccountSid, type Region, regionName } from '../../exotel/account';
import { apiHost, dashboardUrl, readOrigin } from '../../exotel/origin';
import { readPastedRequest } from '../../exotel/pasted';
import { askChoice, askText, type Choice, type Framing, type Move } from '../quickInput';
import type { AccountDraft } from './accounts';
import { type Filled, type StepId, stepAfterPaste } from './steps';

export interface FormOptions {
  readonly title: string;
  readonly steps: readonly StepId[];
  readonly filled: Filled;
  readonly startAt: StepId;
}

export type FormEnd = { readonly kind: 'done'; readonly filled: Filled } | { readonly kind: 'closed' };

/** Asks the steps in turn, from `startAt`. Going back keeps what was typed; at the first step there is no back. */
export async function fillForm({ title, steps, filled: before, startAt }: FormOptions): Promise<FormEnd> {
  let filled = before;
  let index = Math.max(0, steps.indexOf(startAt));
  for (let step = steps[index]; step !== undefined; step = steps[index]) {
    const framing = { title, step: index + 1, totalSteps: steps.length, hasBack: index > 0 };
    const leave = (partly: Filled): void => {
      filled = { ...filled, ...partly };
    };
    const move = await STEPS[step](filled, framing, leave);
    if (move.kind === 'closed') return { kind: 'closed' };
    if (move.kind === 'back') index = Math.max(0, index - 1);
    else {
      filled = { ...filled, ...move.value.filled };
      index = move.value.isPasted === true ? stepAfterPaste(steps, move.value.filled) : index + 1;
    }
  }
  return { kind: 'done', filled };
}

/** The form's values when nothing is missing. */
export function complete({ name, endpoint, accountSid, apiKey, apiToken }: Filled): AccountDraft | undefined {
  if (name === undefined || endpoint === undefined || accountSid === undefined || apiKey === undefined || apiToken === undefined)
    return undefined;
  return { name, endpoint, accountSid, apiKey, apiToken };
}

interface StepAnswer {
  readonly filled: Filled;
  /** Goes on at the first step that this did not answer. */
  readonly isPasted?: boolean;
}

type Step = (filled: Filled, framing: Framing, leave: (partly: Filled) => void) => Promise<Move<StepAnswer>>;

const STEPS: Readonly<Record<StepId, Step>> = {
  endpoint: askEndpoint,
  accountSid: textStep('accountSid', {
    prompt: 'The account SID. In the Exotel dashboard: Settings → API Settings.',
    placeholder: 'Account SID',
    problemOf: accountSidProblem,
  }),
  apiKey: textStep('apiKey', {
    prompt: 'The API key. In the Exotel dashboard: Settings → API Settings.',
    placeholder: 'API key',
    // A browser keeps what stands in a box that can be read on its disk.
    isSecret: true,
    problemOf: (text) =>
      keyProblem('API key', text) ?? (text.includes(':') ? 'An API key has no colon: is this the key and the token in one?' : undefined),
  }),
  apiToken: textStep('apiToken', {
    prompt: 'The API token that belongs to this key. It is kept in VS Code’s secret storage only.',
    placeholder: 'API token',
    isSecret: true,
    problemOf: (text) => keyProblem('API token', text),
  }),
  name: askName,
};

interface TextStep {
  readonly prompt: string;
  readonly placeholder: string;
  readonly isSecret?: boolean;
  readonly problemOf: (text: string) => string | undefined;
}

function textStep(field: 'accountSid' | 'apiKey' | 'apiToken' | 'name', question: TextStep): Step {
  return async (filled, framing, leave) => {
    const value = filled[field];
    const move = await askText({
      ...framing,
      ...question,
      ...(value === undefined ? {} : { value }),
      onLeave: (text) => leave({ [field]: text }),
    });
    return move.kind === 'answer' ? { kind: 'answer', value: { filled: { [field]: move.value } } } : move;
  };
}

async function askName(filled: Filled, framing: Framing, leave: (partly: Filled) => void): Promise<Move<StepAnswer>> {
  const suggestion = filled.name ?? filled.accountSid;
  return textStep('name', NAME_QUESTION)(suggestion === undefined ? filled : { ...filled, name: suggestion }, framing, leave);
}

export const NAME_QUESTION: TextStep = {
  prompt: 'A name for this account, as you want to see it in lists.',
  placeholder: 'Name',
  problemOf: nameProblem,
};

/** As long as an account SID, which is what a name is to begin with. */
const MAX_NAME = 128;

function nameProblem(text: string): string | undefined {
  if (text === '') return 'Type a name.';
  return text.length <= MAX_NAME ? undefined : `A name has at most ${String(MAX_NAME)} characters.`;
}

type EndpointChoice = Region | 'custom' | 'paste';

/** `typedOrigin` is what stood in the box for a custom endpoint when it was left by its back button. */
async function askEndpoint(filled: Filled, framing: Framing, leave: (partly: Filled) => void, typedOrigin?: string): Promise<Move<StepAnswer>> {
  const move = await askChoice<EndpointChoice>({
    ...framing,
    placeholder: 'Where does the account live?',
    choices: endpointChoices(filled.endpoint),
    ...(filled.endpoint === undefined ? {} : { active: filled.endpoint.kind === 'custom' ? 'custom' : filled.endpoint.region }),
  });
  if (move.kind !== 'answer') return move;
  if (move.value === 'custom') return askOrigin(filled, framing, leave, typedOrigin);
  if (move.value === 'paste') return askPaste(filled, framing, leave, typedOrigin);
  return { kind: 'answer', value: { filled: { endpoint: { kind: 'region', region: move.value } } } };
}

function endpointChoices(current: Endpoint | undefined): readonly Choice<EndpointChoice>[] {
  const custom = current?.kind === 'custom' ? endpointLabel(current) : undefined;
  return [
    regionChoice('singapore'),
    regionChoice('mumbai'),
    {
      value: 'custom',
      label: 'Custom endpoint…',
      ...(custom === undefined ? {} : { description: custom }),
      detail: 'One https address that serves everything of the account; http on this machine only',
      icon: 'server',
    },
    {
      value: 'paste',
      label: 'Paste URL or cURL…',
      detail: 'A request you already have: region, account SID, key and token are read from it',
      icon: 'clippy',
    },
  ];
}

function regionChoice(region: Region): Choice<EndpointChoice> {
  const endpoint: Endpoint = { kind: 'region', region };
  const dashboard = dashboardUrl(endpoint);
  return {
    value: region,
    label: regionName(region),
    description: apiHost(endpoint, 'v2'),
    ...(dashboard === undefined ? {} : { detail: `The dashboard is at ${new URL(dashboard).host}` }),
    icon: 'globe',
  };
}

/** Back leads to the list of regions, which is the same step. */
async function askOrigin(filled: Filled, framing: Framing, leave: (partly: Filled) => void, typedOrigin?: string): Promise<Move<StepAnswer>> {
  let left = typedOrigin ?? (filled.endpoint?.kind === 'custom' ? filled.endpoint.origin : '');
  const move = await askText({
    ...framing,
    hasBack: true,
    prompt: 'The endpoint’s address: scheme, host and, where needed, port. Key and token go there and nowhere else.',
    placeholder: 'https://exotel.example.com',
    value: left,
    onLeave: (text) => {
      left = text;
    },
    problemOf: (text) => {
      const read = readOrigin(text);
      return read.ok ? undefined : read.reason;
    },
  });
  if (move.kind === 'back') return askEndpoint(filled, framing, leave, left);
  if (move.kind === 'closed') return move;
  const read = readOrigin(move.value);
  return read.ok
    ? { kind: 'answer', value: { filled: { endpoint: { kind: 'custom', origin: read.origin } } } }
    : askOrigin(filled, framing, leave, move.value);
}

async function askPaste(filled: Filled, framing: Framing, leave: (partly: Filled) => void, typedOrigin?: string): Promise<Move<StepAnswer>> {
  const move = await askText({
    ...framing,
    hasBack: true,
    isSecret: true,
    takesCredentials: true,
    prompt: 'Paste a request: https://key:token@host/v2/accounts/… or a cURL command. What you paste is not shown and not kept.',
    placeholder: 'URL or cURL command',
    problemOf: (text) => (isEmpty(readPastedRequest(text)) ? 'No host, account SID, key or token was found in this.' : undefined),
  });
  if (move.kind === 'back') return askEndpoint(filled, framing, leave, typedOrigin);
  if (move.kind === 'closed') return move;
  return { kind: 'answer', value: { filled: readPastedRequest(move.value), isPasted: true } };
}

function isEmpty(filled: Filled): boolean {
  return Object.keys(filled).length === 0;
}

function accountSidProblem(text: string): string | undefined {
  if (text === '') return 'Type the account SID.';
  return isAccountSid(text) ? undefined : 'An account SID has letters, digits, dots, dashes and underscores only.';
}

function keyProblem(what: string, text: string): string | undefined {
  if (text === '') return `Type the ${what}.`;
  return /[\s\p{Cc}]/u.test(text) ? `The ${what} has a space or a line end in it.` : undefined;
}
