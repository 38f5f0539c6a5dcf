/** Which account a command is about, where there are several. */
import { askChoice } from '../quickInput';
import { type Account, accountIcon, isKept, type KeptAccount, regionLabel } from './account';
import type { Accounts } from './accounts';

/** Lets one of the accounts be chosen; the only one is chosen by itself. */
export async function chooseAccount(accounts: Accounts, title: string): Promise<Account | undefined> {
  const { accounts: all, active, trouble } = await accounts.list();
  if (all.length === 0 && trouble !== undefined) throw trouble;
  return chooseFrom(all, active, title);
}

/** The same among the kept accounts. */
export async function chooseKeptAccount(accounts: Accounts, title: string): Promise<KeptAccount | undefined> {
  const { accounts: all, active, trouble } = await accounts.list();
  if (trouble !== undefined) throw trouble;
  return chooseFrom(all.filter(isKept), active, title);
}

async function chooseFrom<A extends Account>(eligible: readonly A[], active: Account | undefined, title: string): Promise<A | undefined> {
  if (eligible.length < 2) return eligible[0];
  const preferred = eligible.find(({ id }) => id === active?.id);
  const move = await askChoice<A>({
    title,
    placeholder: 'Choose an account',
    choices: eligible.map((account) => ({
      value: account,
      label: account.name,
      description: regionLabel(account),
      icon: accountIcon(account),
    })),
    ...(preferred === undefined ? {} : { active: preferred }),
  });
  return move.kind === 'answer' ? move.value : undefined;
}
