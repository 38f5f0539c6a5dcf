import type { ComponentChildren, JSX } from 'preact';
import { useChanges } from './use-playback';
import { COMMANDS, titleOf, type CommandId } from './commands';
import type { Acts } from './use-acts';
import { usePlayer } from './use-player';

interface ActButtonProps {
  readonly id: CommandId;
  readonly acts: Acts;
  /** A toggle, and how it stands. */
  readonly pressed?: boolean;
  /** Off for another reason than that nothing can be played yet. */
  readonly off?: boolean;
  /** In place of the command's own. */
  readonly name?: string;
  readonly class?: string;
  /** Shown to those who see, in place of children: the others hear the name. */
  readonly text?: string;
  readonly children?: ComponentChildren;
}

/** A button that does what a key of the player does, with its name and its key. */
export function ActButton({ id, acts, pressed, off = false, name = COMMANDS[id].name, class: more = '', text, children }: ActButtonProps): JSX.Element {
  const { playback } = usePlayer();
  useChanges(playback);
  return (
    <button
      type="button"
      class={`tool ${more}`}
      aria-label={text === undefined ? name : undefined}
      title={titleOf(id, name)}
      disabled={off || !playback.ready}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={() => acts.perform(COMMANDS[id].act)}
    >
      {text !== undefined && <span class="unseen">{name}</span>}
      {text === undefined ? children : <span aria-hidden="true">{text}</span>}
    </button>
  );
}
