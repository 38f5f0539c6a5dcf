import { Fragment, type JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { plainText } from '../call/text';
import { MAX_COPIED } from '../shared/protocol';
import { useHost } from './host';
import { Icon } from './icon';
import { elideMiddle, startOf } from './text';

const COPIED_SHOWS_MS = 1200;
const TITLE_AT_MOST = 2000;

interface CopyButtonProps {
  /** What is copied, for its name: `call SID`. */
  readonly what: string;
  /** As shown. */
  readonly text: string;
  /** As it came: copied with Alt. */
  readonly raw?: string | undefined;
  /** The `id` of what says more about the value. */
  readonly describedBy?: string;
}

/** Copies a value as shown, with Alt as it came. */
export function CopyButton({ what, text, raw = text, describedBy }: CopyButtonProps): JSX.Element {
  const host = useHost();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_SHOWS_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = (event: MouseEvent): void => {
    const chosen = event.altKey ? raw : text;
    if (chosen.length > MAX_COPIED) {
      host.announce(`The ${what} is too long to copy here. Raw JSON has all of it.`);
      return;
    }
    setCopied(true);
    host.announce(`Copied ${what}`);
    void host.ask('copy', chosen);
  };
  return (
    <button type="button" class="copy" aria-label={`Copy ${what}`} aria-describedby={describedBy} title={raw === text ? 'Copy' : 'Copy (Alt: as it came)'} onClick={copy}>
      <Icon name={copied ? 'check' : 'copy'} />
    </button>
  );
}

interface ValueProps extends CopyButtonProps {
  /** Stands for the text, which is on hover and is what is copied. */
  readonly shown?: string;
  /** Small, tied to the last word of the value: its unit or zone. */
  readonly after?: string;
  /** Longer texts lose their middle; the whole is on hover. */
  readonly elideAt?: number;
  /** Longer texts are cut, with a button that shows all. */
  readonly cutAt?: number;
  readonly mono?: boolean;
}

/** A value of the record as text that can be selected, with its copy button. */
export function Value({ what, text, raw, describedBy, shown: short = text, after, elideAt, cutAt, mono = false }: ValueProps): JSX.Element {
  const plain = useMemo(() => plainText(text, Number.POSITIVE_INFINITY), [text]);
  const whole = short === text ? plain : plainText(short, Number.POSITIVE_INFINITY);
  const shown = elideAt === undefined ? whole : elideMiddle(whole, elideAt);
  return (
    <span class="value">
      <span class={mono ? 'mono' : undefined} title={shown === plain ? undefined : startOf(plain, TITLE_AT_MOST)}>
        {cutAt === undefined ? <Whole text={shown} /> : <CutText text={shown} max={cutAt} />}
        {after !== undefined && <small>{`\u00A0${after}`}</small>}
      </span>
      <CopyButton what={what} text={text} raw={raw} {...(describedBy === undefined ? {} : { describedBy })} />
    </span>
  );
}

const BREAKS = /(?<=\S[@/_?&=])(?=\S)|(?<=\S[:,])(?=[^\s\d])/;

/** A text that breaks behind the punctuation of addresses, paths and codes before it breaks inside a word. */
function Whole({ text }: { text: string }): JSX.Element {
  const pieces = text.split(BREAKS);
  return (
    <bdi>
      {pieces.map((piece, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </bdi>
  );
}

/** A text that may be a megabyte: its start, and a button that shows all. */
function CutText({ text, max }: { text: string; max: number }): JSX.Element {
  const [whole, setWhole] = useState(false);
  if (text.length <= max) return <Whole text={text} />;
  return (
    <>
      <bdi class={whole ? 'whole' : undefined}>{whole ? text : `${startOf(text, max)}…`}</bdi>{' '}
      <button type="button" class="link" aria-expanded={whole} onClick={() => setWhole(!whole)}>
        {whole ? 'Show less' : `Show all (${text.length} characters)`}
      </button>
    </>
  );
}
