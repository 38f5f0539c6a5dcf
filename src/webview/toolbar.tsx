import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { SnippetLanguage } from '../call/snippets';
import type { PanelState } from '../shared/protocol';
import { useHost } from './host';
import { Icon } from './icon';

/** What can be done with the call as a whole: the same place and order in every phase. */
export function Toolbar({ state }: { state: PanelState }): JSX.Element {
  const host = useHost();
  const loading = state.lookup.phase === 'loading';
  const [resource] = state.raw;
  return (
    <div class="tools" role="group" aria-label="Call actions">
      <button type="button" class="tool" aria-label="Refresh" title="Refresh" aria-disabled={loading} onClick={() => (loading ? undefined : void host.ask('refresh'))}>
        <Icon name="refresh" spin={loading} />
      </button>
      <CopyAs />
      <button type="button" class="tool" aria-label="Raw JSON" title="Raw JSON" disabled={resource === undefined} onClick={() => resource !== undefined && void host.ask('openRawJson', resource)}>
        <Icon name="json" />
      </button>
      {state.hasDashboard && (
        <button type="button" class="tool" aria-label="Open Dashboard" title="Open Dashboard" onClick={() => void host.ask('openDashboard')}>
          <Icon name="link-external" />
        </button>
      )}
      {loading && (
        <button type="button" class="tool cancel" onClick={() => void host.ask('cancel')}>
          Cancel
        </button>
      )}
    </div>
  );
}

const LANGUAGES: readonly { readonly language: SnippetLanguage; readonly label: string }[] = [
  { language: 'curl', label: 'cURL' },
  { language: 'python', label: 'Python' },
  { language: 'node', label: 'Node.js' },
];

/** A button with a menu: arrow keys move in it, Escape and leaving it close it. */
function CopyAs(): JSX.Element {
  const host = useHost();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  const focusItem = (step: number | 'first' | 'last'): void => {
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const now = items.findIndex((item) => item === document.activeElement);
    const next = step === 'first' ? 0 : step === 'last' ? items.length - 1 : (now + step + items.length) % items.length;
    items[next]?.focus();
  };
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const openAt = (item: 'first' | 'last'): void => {
    setOpen(true);
    requestAnimationFrame(() => focusItem(item));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = open
      ? { ArrowDown: () => focusItem(1), ArrowUp: () => focusItem(-1), Home: () => focusItem('first'), End: () => focusItem('last'), Escape: close }[event.key]
      : { ArrowDown: () => openAt('first'), ArrowUp: () => openAt('last') }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const onFocusOut = (event: FocusEvent): void => {
    if (!(event.relatedTarget instanceof Node) || root.current?.contains(event.relatedTarget) !== true) setOpen(false);
  };
  const choose = (language: SnippetLanguage): void => {
    close();
    void host.ask('copyAs', language);
  };

  return (
    <div class="menu-anchor" ref={root} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <button ref={button} type="button" class="tool" aria-label="Copy as" title="Copy as code" aria-haspopup="menu" aria-expanded={open} onClick={() => (open ? close() : openAt('first'))}>
        <Icon name="code" />
        <Icon name="chevron-down" />
      </button>
      {open && (
        <div class="menu" role="menu" aria-label="Copy as">
          {LANGUAGES.map(({ language, label }) => (
            <button key={language} type="button" role="menuitem" tabIndex={-1} onClick={() => choose(language)}>
              Copy as {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
