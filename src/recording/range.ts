/** Parts of a file over HTTP (RFC 9110, "Range Requests"): what a request asks for, and what the head of an answer says of the bytes that follow it. */

export interface Coming {
  /** Of the whole file: where the bytes begin. */
  readonly from: number;
  /** Where they will end, exclusive, where the answer says. */
  readonly end?: number;
  /** Bytes of the whole file, where the answer says. */
  readonly total?: number;
}

/**
 * The bytes that a good answer is about to send. A 200 holds the file from its beginning, whatever was asked for. Undefined: a 206 of
 * another part than the one that begins at `asked`, or of a file of another size than `size`.
 */
export function comingOf(response: Response, asked: number, size: number | undefined): Coming | undefined {
  if (response.status !== 206) {
    const length = lengthOf(response);
    return length === undefined ? { from: 0 } : { from: 0, end: length, total: length };
  }
  const [, first, last, whole] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(response.headers.get('content-range')?.trim() ?? '') ?? [];
  if (last === undefined || Number(first) !== asked || Number(last) < asked) return undefined;
  if (whole === undefined || whole === '*') return { from: asked, end: Number(last) + 1 };
  const total = Number(whole);
  return (size !== undefined && total !== size) || Number(last) >= total ? undefined : { from: asked, end: Number(last) + 1, total };
}

/** The size of the file that a 416 tells of: `bytes *\/1000`. */
export function sizeOutOfRange({ headers }: Response): number | undefined {
  const [, size] = /^bytes \*\/(\d{1,15})$/i.exec(headers.get('content-range')?.trim() ?? '') ?? [];
  return size === undefined ? undefined : Number(size);
}

/** An entity tag that stands for the very same bytes: a weak one does not. */
export function strongTag({ headers }: Response): string | undefined {
  const tag = headers.get('etag')?.trim() ?? '';
  return /^"[\x21\x23-\x7e]*"$/.test(tag) ? tag : undefined;
}

/** How many bytes will come; not known of a compressed answer, whose length is that before unpacking. */
function lengthOf(response: Response): number | undefined {
  const length = response.headers.get('content-length') ?? '';
  return !isPacked(response) && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

/** Whether the bytes are others than the file's. */
export function isPacked({ headers }: Response): boolean {
  return (headers.get('content-encoding') ?? 'identity') !== 'identity';
}

/** The one part that a `Range` header asks of a file of `size` bytes, end exclusive; undefined: none, or what may be ignored. */
export function askedRange(header: string | undefined, size: number): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return start >= size || end <= start ? 'unsatisfiable' : { start, end };
}
