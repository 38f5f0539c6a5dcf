/** Adding, editing and rotating: the form, the trial, and what is kept in the end. */
import { endpointLabel } from '../../exotel/account';
import { askChoice, askText, type Choice } from '../quickInput';
import { AccountError, accountRemedy, type KeptAccount } from './account';
import type { AccountDraft, Accounts } from './accounts';
import { complete, fillForm, type FormOptions, NAME_QUESTION } from './form';
import { type Probe, tryKeys } from './probe';
import type { StepId } from './steps';

const ALL_STEPS: readonly StepId[] = ['endpoint', 'accountSid', 'apiKey', 'apiToken', 'name'];

/** Guides through a new account. Gives the account that is there in the end; undefined when it was given up. */
export function addAccount(accounts: Accounts, probe: Probe): Promise<KeptAccount | undefined> {
  return addFrom({ title: 'Add Exotel Account', steps: ALL_STEPS, filled: {}, startAt: 'endpoint' }, accounts, probe);
}

async function addFrom(form: FormOptions, accounts: Accounts, probe: Probe): Promise<KeptAccount | undefined> {
  const draft = await fillAndTry(form, probe);
  if (draft === undefined) return undefined;
  const looked = await keep(form.title, async () => ({ twin: await accounts.twinOf(draft) }));
  if (looked === undefined) return undefined;
  const { twin } = looked;
  if (twin === undefined) return keep(form.title, () => accounts.add(draft));
  const answer = await askAboutTwin(form.title, twin);
  if (answer === 'back') return addFrom({ ...form, filled: draft, startAt: 'accountSid' }, accounts, probe);
  if (answer === undefined) return undefined;
  return keep(form.title, async () => ((await isUpdated(accounts, twin.id, draft)) ? { ...twin, name: draft.name } : accounts.add(draft)));
}

/** Keeping fails where the system's keyring is locked: it can be tried again without typing anything twice. Undefined: given up. */
async function keep<T>(title: string, store: () => Promise<T>): Promise<T | undefined> {
  try {
    return await store();
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    const move = await askChoice<'again'>({ title, ...questionAfter(error) });
    return move.kind === 'answer' ? keep(title, store) : undefined;
  }
}

function questionAfter(error: AccountError): { readonly placeholder: string; readonly choices: readonly Choice<'again'>[] } {
  const detail = accountRemedy(error);
  if (error.kind === 'secretsPending') return { placeholder: 'The system’s keyring has not answered yet', choices: [{ value: 'again', label: 'Keep Waiting', detail, icon: 'watch' }] };
  return { placeholder: 'VS Code’s secret storage failed: nothing is kept yet', choices: [{ value: 'again', label: 'Try Again', detail, icon: 'refresh' }] };
}

/** Everything of a kept account, from the start. Gives false when it was given up. */
export async function editAccount(accounts: Accounts, id: string, probe: Probe): Promise<boolean> {
  return change(accounts, id, 'Edit Exotel Account', ALL_STEPS, probe);
}

/** New key and token for a kept account. Gives false when it was given up. */
export async function rotateKeys(accounts: Accounts, id: string, probe: Probe): Promise<boolean> {
  return change(accounts, id, 'Update Exotel API Key and Token', ['apiKey', 'apiToken'], probe);
}

/** Another name for a kept account; nothing when it was given up. Rejects when the account is gone or cannot be written. */
export async function renameAccount(accounts: Accounts, account: KeptAccount): Promise<void> {
  const move = await askText({ ...NAME_QUESTION, title: 'Rename Exotel Account', value: account.name });
  if (move.kind === 'answer') await accounts.update(account.id, { name: move.value });
}

async function change(accounts: Accounts, id: string, title: string, steps: readonly StepId[], probe: Probe): Promise<boolean> {
  const { name, endpoint, accountSid, apiKey, apiToken } = await accounts.withKeys(id);
  const [startAt = 'apiKey'] = steps;
  const draft = await fillAndTry(
    { title: `${title}: ${name}`, steps, filled: { name, endpoint, accountSid, apiKey, apiToken }, startAt },
    probe,
  );
  if (draft === undefined) return false;
  const end = await keep(title, async () => (await isUpdated(accounts, id, draft)) ? 'kept' : 'gone');
  if (end !== 'gone') return end === 'kept';
  return (await askToAddAnew(title, name)) && (await keep(title, () => accounts.add(draft))) !== undefined;
}

/** False: the account was removed meanwhile, here or in another window. */
async function isUpdated(accounts: Accounts, id: string, draft: AccountDraft): Promise<boolean> {
  try {
    await accounts.update(id, draft);
    return true;
  } catch (error) {
    if (error instanceof AccountError && error.kind === 'unknownAccount') return false;
    throw error;
  }
}

/** Nothing that was typed is lost. */
async function askToAddAnew(title: string, name: string): Promise<boolean> {
  const move = await askChoice<'add'>({
    title,
    placeholder: `“${name}” was removed meanwhile`,
    choices: [{ value: 'add', label: 'Add It Anew', detail: 'With everything that was typed', icon: 'add' }],
  });
  return move.kind === 'answer';
}

/** The form and the trial in turn, until the keys are to be kept. What has to be fixed is asked for even where the form began later. */
async function fillAndTry(form: FormOptions, probe: Probe): Promise<AccountDraft | undefined> {
  const end = await fillForm(form);
  if (end.kind === 'closed') return undefined;
  const draft = complete(end.filled);
  if (draft === undefined) return undefined;
  const tried = await tryKeys(draft, form.title, probe);
  if (tried.kind === 'closed') return undefined;
  if (tried.kind === 'keep') return { ...draft, endpoint: tried.credentials.endpoint };
  const steps = form.steps.includes(tried.what) ? form.steps : ALL_STEPS;
  return fillAndTry({ ...form, steps, filled: draft, startAt: tried.what }, probe);
}

async function askAboutTwin(title: string, twin: KeptAccount): Promise<'update' | 'back' | undefined> {
  const move = await askChoice<'update' | 'back'>({
    title: `${title}: already there`,
    placeholder: `“${twin.name}” is the same account (${twin.accountSid}, ${endpointLabel(twin.endpoint)})`,
    hasBack: true,
    choices: [
      {
        value: 'update',
        label: `Update “${twin.name}”`,
        detail: 'Its key, token and name become the ones just typed; its calls stay',
        icon: 'save',
      },
      { value: 'back', label: 'Back to the Form', icon: 'arrow-left' },
    ],
  });
  if (move.kind === 'closed') return undefined;
  return move.kind === 'back' ? 'back' : move.value;
}
