import { compareText } from '../../model/compare-text.ts';
import { compareUtf8 } from '../../model/compare-utf8.ts';

/**
 * What can be wrong: a file is `missing`, cannot be read (`unreadable`), is a link, a folder or a special file
 * (`not-a-file`), has another `size` or other bytes (`hash`); a `document` is not what its schema says; two documents
 * say different things (`disagreement`), `tags` are not those that the releases have, releases are not in their `order`;
 * a stable copy is not its twin (`stale-copy`); an `archive` cannot be unpacked, its tar is another (`content`), a
 * file in it is not what documents say (`archive-file`), its `pack.json` names another pack or version (`identity`); a
 * `logo` is no image of its size; nothing leads to a file (`orphan`); a `schema` is not the one of this Packyard; the
 * same tar was compressed otherwise (`recompressed`). Of unpacked packs: a file was `changed`, is `extra`, or is `junk`,
 * which no pack has and systems and editors leave behind, or its `executable` bit is another.
 */
export type VerifyFindingKind =
  | 'missing'
  | 'unreadable'
  | 'not-a-file'
  | 'size'
  | 'hash'
  | 'document'
  | 'disagreement'
  | 'tags'
  | 'order'
  | 'stale-copy'
  | 'archive'
  | 'content'
  | 'archive-file'
  | 'identity'
  | 'logo'
  | 'orphan'
  | 'schema'
  | 'recompressed'
  | 'changed'
  | 'extra'
  | 'junk'
  | 'executable';

/** What does no harm to whoever follows the hashes. */
const WARNINGS: ReadonlySet<VerifyFindingKind> = new Set(['orphan', 'schema', 'recompressed', 'junk']);

/** One thing that is wrong, and where. */
export interface VerifyFinding {
  readonly kind: VerifyFindingKind;
  readonly severity: 'error' | 'warning';
  /** From the base of the registry, or from the folder of the pack, with `/`. */
  readonly path: string;
  /** In the file: a key of a document (`packs["demo"].latest`), or a file of an archive. */
  readonly place?: string;
  readonly expected?: string;
  readonly found?: string;
  /** What follows the path and the place in a sentence, without a full stop. */
  readonly message: string;
}

export type FindingParts = Pick<VerifyFinding, 'place' | 'expected' | 'found'>;

export function verifyFinding(
  kind: VerifyFindingKind,
  path: string,
  message: string,
  parts: FindingParts = {},
): VerifyFinding {
  return { kind, severity: WARNINGS.has(kind) ? 'warning' : 'error', path, ...parts, message };
}

/** By path, then by place: the same order however the work was shared out. */
export function sortedFindings(findings: readonly VerifyFinding[]): VerifyFinding[] {
  return findings.toSorted(
    (a, b) =>
      compareUtf8(a.path, b.path) ||
      compareText(a.place ?? '', b.place ?? '') ||
      compareText(a.kind, b.kind) ||
      compareText(a.message, b.message),
  );
}

export function hasErrors(findings: readonly VerifyFinding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
