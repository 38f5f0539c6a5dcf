/** Typing an account's credentials as a person does. */
import type { Credentials } from '../../src/exotel/account';
import type { Workbench } from './workbench';

/** Opens the form for a custom endpoint and types everything up to the name. */
export async function typeAccount(workbench: Workbench, { endpoint, accountSid, apiKey, apiToken }: Credentials, name: string): Promise<void> {
  if (endpoint.kind !== 'custom') throw new Error('Only a custom endpoint can be reached here.');
  await workbench.runCommand('Exotel: Add Account');
  await workbench.pick('Custom endpoint');
  await workbench.answer('The endpoint’s address', endpoint.origin);
  await workbench.answer('The account SID', accountSid);
  await workbench.answer('The API key', apiKey);
  await workbench.answer('The API token', apiToken);
  await workbench.answer('A name for this account', name);
}

/** Adds an account and waits until it is in the view. */
export async function addAccount(workbench: Workbench, credentials: Credentials, name: string): Promise<void> {
  await typeAccount(workbench, credentials, name);
  // Until then it is being tried out, which another quick input would end.
  await workbench.statusBar.getByText(`Account “${name}” is kept`).waitFor();
  await workbench.openView('Exotel');
  await workbench.treeRow(`Account ${name}`).waitFor();
}
