import { oneLine } from '../../check/one-line.ts';
import type { Identity } from '../../publish/git/commit-identity.ts';
import type { FileDifference } from './push-errors.ts';

export interface CommitMessageFacts {
  readonly name: string;
  readonly version: string;
  /** What the pack is, in the author's words. */
  readonly displayName?: string;
  readonly layer?: string;
  /** The version before it, and what is different. */
  readonly previous?: { readonly version: string; readonly differences: readonly FileDifference[] };
  /** Whether it takes the place of the version before it. */
  readonly replaces: boolean;
}

/** Paths that a message names. */
const NAMED = 20;

/** Subject and body, without trailers. */
export function commitMessage({ name, version, displayName, layer, previous, replaces }: CommitMessageFacts): string {
  const subject = replaces ? `Update ${name} to ${version}` : `Add ${name} ${version}`;
  if (previous === undefined) {
    const what = [displayName, layer === undefined ? undefined : `layer ${layer}`].filter((each) => each !== undefined);
    return what.length === 0 ? subject : `${subject}\n\nThe first version of a pack: ${oneLine(what.join(', '))}.`;
  }
  const { differences } = previous;
  const marks = { added: '+', removed: '-', changed: '~' } as const;
  const named = differences.slice(0, NAMED).map(({ path, kind }) => `  ${marks[kind]} ${oneLine(path)}`);
  const more = differences.length > NAMED ? [`  and ${differences.length - NAMED} more`] : [];
  return [`${subject}\n`, `Since ${previous.version}: ${counted(differences)}.\n`, ...named, ...more].join('\n');
}

function counted(differences: readonly FileDifference[]): string {
  if (differences.length === 0) return 'no file is different';
  const parts = (['added', 'changed', 'removed'] as const).flatMap((kind) => {
    const count = differences.filter((each) => each.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? 'file' : 'files'} ${kind}`];
  });
  return parts.join(', ');
}

/** A message with the author's sign-off, unless that stands in it. */
export function signedOff(message: string, { name, email }: Identity): string {
  const trailer = `Signed-off-by: ${name} <${email}>`;
  const text = message.trimEnd();
  if (text.split('\n').includes(trailer)) return `${text}\n`;
  const lastLine = text.split('\n').at(-1) ?? '';
  // Trailers stand together; a line alone is the subject.
  const together = text.includes('\n\n') && /^[A-Za-z][A-Za-z-]*: \S/u.test(lastLine);
  return `${text}${together ? '\n' : '\n\n'}${trailer}\n`;
}
