/** Web pages that a person may be led to: which open at once, and of which they are asked first. */
import { urlOf } from './links';

/** A web page outside of VS Code. */
export interface WebPage {
  /** As a browser would write it: what is asked about is what opens. */
  readonly url: string;
  /** With its port where that is not the usual one; of a name in another script the ASCII form, which cannot look like another. */
  readonly host: string;
  /** `https` at the usual port, on exotel.com or below it. */
  readonly isExotels: boolean;
}

/** No name of the internet is longer: what is would only hide its end. */
const MAX_HOST = 253;

/** Reads a link to a web page. Undefined for anything but `http` and `https`, where user info could pass for the host, and for a host that there cannot be. */
export function readWebPage(link: string): WebPage | undefined {
  const url = /^https?:\/\//i.test(link) ? urlOf(link) : undefined;
  if (url === undefined) return undefined;
  const { href, protocol, host, port, hostname, username, password } = url;
  if (username !== '' || password !== '' || hostname.length > MAX_HOST) return undefined;
  const isBelow = hostname === 'exotel.com' || hostname.endsWith('.exotel.com');
  return { url: href, host, isExotels: isBelow && protocol === 'https:' && port === '' };
}
