import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../icon';
import { COMMANDS, keysOf, SHEET } from './commands';

/** All keys of the player. Escape closes it, and the focus goes back to where it was. */
export function ShortcutSheet({ onClose }: { onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => (before instanceof HTMLElement ? before.focus({ preventScroll: true }) : undefined);
  }, []);
  return (
    <dialog ref={dialog} class="sheet" aria-label="Keyboard shortcuts" onClose={onClose} onKeyDown={(event) => event.stopPropagation()} onClick={({ target }) => (target === dialog.current ? onClose() : undefined)}>
      <div class="sheet-body">
        <div class="title">
          <h2>Keyboard shortcuts of the player</h2>
          <button type="button" class="tool" aria-label="Close" title="Close (Esc)" onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <div class="sheet-groups">
          {SHEET.map(({ title, commands }) => (
            <div key={title}>
              <h3>{title}</h3>
              <dl>
                {commands.map((id) => (
                  <div key={id}>
                    <dt>{COMMANDS[id].name}</dt>
                    <dd>
                      {keysOf(id).map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </div>
          ))}
        </div>
        <p class="quiet">In the recording; most of them also in the timeline. In the waveform a click seeks, a drag marks A to B, the wheel with Ctrl or Cmd zooms.</p>
      </div>
    </dialog>
  );
}
