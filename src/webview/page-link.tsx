import type { JSX } from 'preact';
import type { DocsPage } from '../call/docs';
import { useHost } from './host';

/** A link to a web page. The host opens it, and asks first where it is not Exotel's; VS Code, which opens links of pages by itself, must not hear of it. */
export function PageLink({ page: { label, url } }: { page: DocsPage }): JSX.Element {
  const host = useHost();
  const open = (event: MouseEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    void host.ask('openLink', url);
  };
  return (
    <a class="page-link" href={url} title={url} onClick={open}>
      {label}
    </a>
  );
}
