import { useMemo } from 'preact/hooks';
import type { KeptByPage, PanelState } from '../../shared/protocol';
import { useHost } from '../host';

/** What is kept of a call besides which one it is. */
export type Kept = Omit<KeptByPage, 'sid' | 'account'>;

/** What was kept of the panel's call, and how to keep more; what is kept belongs to the call it was kept for. */
export function useKeptOf({ sid, account: { id: account } }: Pick<PanelState, 'sid' | 'account'>): { readonly now: Kept; readonly keep: (changed: Kept) => void } {
  const host = useHost();
  return useMemo(() => {
    const ours = (): KeptByPage | undefined => (host.kept?.sid === sid && host.kept.account === account ? host.kept : undefined);
    return { now: ours() ?? {}, keep: (changed) => host.keep({ ...ours(), ...changed, sid, account }) };
  }, [host, sid, account]);
}
