/** What is asked of a `fetch`: the host's own, so that its proxy and certificate settings hold. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
