/** What a file system refused, in words for a person: its own words name places of the machine, and are for the log. */

/** Why nothing could be written or read, as the end of a sentence, and what helps: a sentence. */
export interface DiskTrouble {
  readonly why: string;
  readonly remedy: string;
}

/** Names what a file system threw. */
export function diskTrouble(error: unknown): DiskTrouble {
  return TROUBLES.find(({ codes }) => codes.includes(codeOf(error) ?? '')) ?? UNKNOWN;
}

/** The same in sentences of their own; undefined for what is none of a file system's usual words. */
export function diskSentences(error: unknown): string | undefined {
  const { why, remedy } = diskTrouble(error);
  return codeOf(error) === undefined || why === UNKNOWN.why ? undefined : `${why.charAt(0).toUpperCase()}${why.slice(1)}. ${remedy}`;
}

/** The code of a system call that failed, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const TROUBLES: readonly (DiskTrouble & { readonly codes: readonly string[] })[] = [
  { codes: ['ENOSPC', 'EDQUOT', 'EFBIG'], why: 'the disk is full', remedy: 'Make room on it, then try again.' },
  { codes: ['EROFS', 'EACCES', 'EPERM'], why: 'this user may not write there', remedy: 'Check the permissions of the folder, then try again.' },
  { codes: ['ENOENT', 'ENOTDIR'], why: 'its folder is not there any more', remedy: 'Try again.' },
];

const UNKNOWN: DiskTrouble = { why: 'the file system refused', remedy: 'The log says more.' };
