/** Which resource an account asks for the details of its calls, as a question. */
import { type DetailsResource, resourceName } from '../../call/request';
import { askChoice, type Choice } from '../quickInput';
import type { KeptAccount } from './account';

type Answer = DetailsResource | 'auto';

const CHOICES: readonly (Choice<Answer> & { readonly value: Answer })[] = [
  { value: 'auto', label: 'Automatic', detail: 'The one that answered for this account before, else v2; where that refuses, the others in turn', icon: 'list-ordered' },
  { value: 'v2', label: 'v2 alone', detail: 'Calls placed through the CCM Make Call API, with agent and customer told apart', icon: 'pin' },
  { value: 'v3', label: 'v3 alone', detail: 'The same calls, also with the flow and the keys that were pressed', icon: 'pin' },
  { value: 'v1', label: 'v1 alone', detail: 'Every call of the account, those of flows and of the v1 API too; for accounts without CCM', icon: 'pin' },
];

/** Asks which resource the account is to ask. Gives what was chosen, undefined in it for *Automatic*; undefined when it was given up. */
export async function askResource(account: KeptAccount): Promise<{ readonly resource: DetailsResource | undefined } | undefined> {
  const now: Answer = account.resource ?? 'auto';
  const move = await askChoice<Answer>({
    title: `Choose Resource: ${account.name}`,
    placeholder: 'Which resource of the API is asked for the details of a call?',
    choices: CHOICES.map((choice) => (choice.value === now ? { ...choice, description: 'now', icon: 'check' } : choice)),
    active: now,
  });
  if (move.kind !== 'answer') return undefined;
  return { resource: move.value === 'auto' ? undefined : move.value };
}

/** What was chosen, for a person. */
export function resourceSentence(resource: DetailsResource | undefined): string {
  return resource === undefined ? 'From now on the account is asked for whichever details it has' : `From now on the account is asked for ${resourceName(resource)} alone`;
}
