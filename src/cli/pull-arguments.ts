import { PackyardError } from '../errors.ts';
import { parseReference, type PackReference } from '../client/reference.ts';

export interface PullArguments {
  readonly references: readonly PackReference[];
  /** As written; undefined where none is named. */
  readonly directory: string | undefined;
}

/**
 * Tells packs from the folder they go to. The last argument is the folder when it is written as a path: `.`, `..`, or
 * with a slash in it, as in `./packs`. A bare word is always a pack, so that a command means the same wherever it runs;
 * where a folder of that name is there, the two are too easy to mix up, and it has to be said. Throws `usage`.
 */
export function pullArguments(
  args: readonly string[],
  to: string | undefined,
  isFolder: (path: string) => boolean,
): PullArguments {
  const last = args.at(-1);
  const isPathGiven = to === undefined && last !== undefined && isPath(last);
  const names = isPathGiven ? args.slice(0, -1) : args;
  const stray = names.find(isPath);
  if (stray !== undefined) throw strayPath(stray, to);
  if (isPathGiven && /^[a-z][a-z0-9+.-]*:\/\//iu.test(last)) {
    throw usage(`${JSON.stringify(last)} is no folder.`, `To pull from that registry, write --registry ${last}`);
  }
  if (to === undefined && names.length > 1 && last !== undefined && !isPathGiven && isBare(last) && isFolder(last)) {
    throw usage(
      `${JSON.stringify(last)} could be a pack, or the folder of that name here.`,
      `Write ./${last} for the folder, or ${last}@latest for the pack.`,
    );
  }
  return { references: names.map(parseReference), directory: to ?? (isPathGiven ? last : undefined) };
}

/** Says how to write a folder where the last bare word is no pack: other tools take it for the folder. */
export function withFolderHint<Failure>(
  error: Failure,
  args: readonly string[],
  to: string | undefined,
): Failure | PackyardError {
  const last = args.at(-1);
  const isMeant =
    error instanceof PackyardError &&
    error.code === 'unknown-pack' &&
    last !== undefined &&
    error.message.endsWith(` has no pack ${JSON.stringify(last)}.`);
  if (!isMeant || to !== undefined || args.length < 2) return error;
  const { code, message, hint = '', cause } = error;
  return new PackyardError({ code, message, hint: `${hint} If it is the folder, write ./${last}.`.trim(), cause });
}

function isPath(text: string): boolean {
  return text === '.' || text === '..' || /[/\\]/u.test(text);
}

function isBare(text: string): boolean {
  return !/[@:]/u.test(text);
}

function strayPath(path: string, to: string | undefined): PackyardError {
  if (to !== undefined) {
    return usage(`${JSON.stringify(path)} names no pack.`, `The folder is named already, with --to ${to}.`);
  }
  return usage(
    `${JSON.stringify(path)} names no pack.`,
    'A folder comes last, behind all packs: packyard pull nginx redis ./packs',
  );
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
