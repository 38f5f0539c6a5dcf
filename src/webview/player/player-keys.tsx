import type { ComponentChildren, JSX, RefObject } from 'preact';
import { actOf } from './commands';
import { useActs } from './use-acts';
import { ShortcutSheet } from './shortcut-sheet';
import { usePlayer } from './use-player';

/** Around the timeline: the keys of the player that the timeline leaves free steer the player from here too. */
export function PlayerKeys({ element, children }: { element: RefObject<HTMLDivElement | null>; children: ComponentChildren }): JSX.Element {
  const player = usePlayer();
  const acts = useActs(player);
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = player.recording.phase === 'problem' ? undefined : actOf(event, 'chart');
    if (act === undefined) return;
    event.preventDefault();
    acts.performByKey(act);
  };
  return (
    <div ref={element} onKeyDown={onKeyDown}>
      {children}
      {acts.isSheetOpen && <ShortcutSheet onClose={() => acts.setSheetOpen(false)} />}
    </div>
  );
}
