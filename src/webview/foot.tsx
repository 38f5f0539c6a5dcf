import type { JSX } from 'preact';
import type { PanelState } from '../shared/protocol';
import { Icon } from './icon';

/** Which account was asked, and how things are shown: known before the answer comes. */
export function Foot({ state: { account, masksNumbers, timeZoneProblem } }: { state: PanelState }): JSX.Element {
  return (
    <footer>
      {account.region !== '' && (
        <span>
          {account.name} ({account.region})
        </span>
      )}
      {masksNumbers && (
        <span>
          <Icon name="eye-closed" /> Numbers and names are masked
        </span>
      )}
      {timeZoneProblem !== undefined && (
        <span>
          <Icon name="warning" severity="warning" /> {timeZoneProblem}
        </span>
      )}
    </footer>
  );
}
