import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon';
import { keepInside } from './inside';

export interface MenuItem {
  readonly label: string;
  /** What it does, where the label alone does not tell. */
  readonly title?: string;
  /** It cannot be done now; its title says why. */
  readonly isOff?: boolean;
  readonly run: () => void;
}

interface MenuProps {
  /** The button's name, and the menu's. */
  readonly name: string;
  readonly title: string;
  /** The button's icon. */
  readonly icon: string;
  readonly items: readonly MenuItem[];
  /** False: none beside the icon, which keeps its width whatever there is to choose from. */
  readonly chevron?: boolean;
  /** True: a single item needs no menu, the button does it. */
  readonly direct?: boolean;
}

/** A button with a menu: arrow keys move in it, Escape and leaving it close it. Without items it is off. */
export function Menu({ name, title, icon, items, chevron = true, direct = false }: MenuProps): JSX.Element {
  const [wantsOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [first] = items;
  const hasMenu = items.length > (direct ? 1 : 0);
  const open = wantsOpen && hasMenu;

  const focusItem = (step: number | 'first' | 'last'): void => {
    const entries = [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const now = entries.findIndex((entry) => entry === document.activeElement);
    const next = step === 'first' ? 0 : step === 'last' ? entries.length - 1 : (now + step + entries.length) % entries.length;
    entries[next]?.focus();
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
    if (!hasMenu) return;
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
  const onClick = (): void => {
    if (!hasMenu) first?.run();
    else if (open) close();
    else openAt('first');
  };

  return (
    <div class="menu-anchor" ref={root} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <button
        ref={button}
        type="button"
        class="tool"
        aria-label={name}
        title={title}
        disabled={first === undefined}
        {...(hasMenu ? { 'aria-haspopup': 'menu', 'aria-expanded': open } : {})}
        onClick={onClick}
      >
        <Icon name={icon} />
        {hasMenu && chevron && <Icon name="chevron-down" />}
      </button>
      {open && (
        <Entries name={name}>
          {items.map(({ label, title: does, isOff = false, run }) => (
            <button
              key={label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              title={does}
              aria-disabled={isOff}
              onClick={() => {
                if (isOff) return;
                close();
                run();
              }}
            >
              {label}
            </button>
          ))}
        </Entries>
      )}
    </div>
  );
}

function Entries({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => keepInside(list.current), []);
  return (
    <div ref={list} class="menu" role="menu" aria-label={name}>
      {children}
    </div>
  );
}
