import type { JSX } from 'preact';
import { resourceName } from '../call/request';
import type { SnippetLanguage } from '../call/snippets';
import type { PanelState } from '../shared/protocol';
import { useHost, type Host } from './host';
import { Icon } from './icon';
import { Menu, type MenuItem } from './menu';

/** What can be done with the call as a whole: the same place and order in every phase. */
export function Toolbar({ state }: { state: PanelState }): JSX.Element {
  const host = useHost();
  const { lookup, raw, masksNumbers } = state;
  const loading = lookup.phase === 'loading';
  const copyAs = LANGUAGES.map(({ language, label }) => ({ label: `Copy as ${label}`, run: () => void host.ask('copyAs', language) }));
  const rawJson = raw.map((resource) => ({ label: resource === 'legs' ? 'Legs' : resourceName(resource), run: () => void host.ask('openRawJson', resource) }));
  return (
    <div class="tools" role="group" aria-label="Call actions">
      <button type="button" class="tool" aria-label="Refresh" title="Refresh" aria-disabled={loading} onClick={() => (loading ? undefined : void host.ask('refresh'))}>
        <Icon name="refresh" spin={loading} />
      </button>
      <Menu name="Copy as" title="Copy as code" icon="code" items={copyAs} />
      <Menu name="Raw JSON" title="Raw JSON" icon="json" items={rawJson} chevron={false} direct />
      <button
        type="button"
        class="tool"
        aria-label="Mask numbers and names"
        title={masksNumbers ? 'Numbers and names are masked: show them' : 'Mask numbers and names'}
        aria-pressed={masksNumbers}
        onClick={() => void host.ask('toggleMask')}
      >
        <Icon name={masksNumbers ? 'eye-closed' : 'eye'} />
      </button>
      <Menu name="More actions" title="More actions" icon="ellipsis" chevron={false} items={moreActions(host, state)} />
      {loading && (
        <button type="button" class="tool cancel" onClick={() => void host.ask('cancel')}>
          Cancel
        </button>
      )}
    </div>
  );
}

/** What *Ask All Resources* does, for its hover. */
export const ASKS_ALL = 'Asks v2, v3, v1 and the legs for this call, and compares what they say';

function moreActions(host: Host, { lookup, hasDashboard }: PanelState): readonly MenuItem[] {
  const report: readonly MenuItem[] = [
    { label: 'Copy Report', title: 'The call as Markdown, to the clipboard', run: () => void host.ask('copyReport') },
    { label: 'Save Report…', title: 'The call as Markdown, in a file', run: () => void host.ask('saveReport') },
  ];
  return [
    ...(lookup.reply === undefined ? [] : report),
    { label: 'Ask All Resources', title: ASKS_ALL, run: () => void host.ask('askAllResources') },
    ...(hasDashboard ? [{ label: 'Open Dashboard', run: () => void host.ask('openDashboard') }] : []),
  ];
}

const LANGUAGES: readonly { readonly language: SnippetLanguage; readonly label: string }[] = [
  { language: 'curl', label: 'cURL' },
  { language: 'python', label: 'Python' },
  { language: 'node', label: 'Node.js' },
];
