import type { JSX } from 'preact';
import { type DocsPage, isPlainlyExotels } from '../call/docs';
import { useHost } from './host';

/** A link to a web page. VS Code opens one of Exotel's as it opens every link of a page; of any other the host asks first. */
export function PageLink({ page: { label, url } }: { page: DocsPage }): JSX.Element {
  const host = useHost();
  const open = (event: MouseEvent): void => {
    if (isPlainlyExotels(url)) return;
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
