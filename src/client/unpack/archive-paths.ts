import { foldedPath, notPortable } from '../../model/portable-path.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { ArchiveProblem, shownPath } from './archive-problem.ts';

type Kind = 'file' | 'folder';

/** The paths of one archive: each is one that every file system can hold, and none is in the way of another. */
export class ArchivePaths {
  readonly #root: string;
  readonly #limits: ArchiveLimits;
  /** What is there already, by the path as a file system that ignores case sees it. */
  readonly #taken = new Map<string, { readonly path: string; readonly kind: Kind }>();
  readonly #folders = new Set<string>(['']);
  readonly #named = new Set<string>();
  #entries = 0;

  constructor(root: string, limits: ArchiveLimits) {
    this.#root = root;
    this.#limits = limits;
  }

  /** The path inside the root folder, which itself is ''. Throws where it cannot be used. */
  add(bytes: Buffer, kind: Kind): string {
    this.#entries += 1;
    if (this.#entries > this.#limits.entries)
      throw new ArchiveProblem(`it holds more than ${this.#limits.entries} files`);
    const whole = decoded(bytes);
    const path = this.#inside(kind === 'folder' ? whole.replace(/\/$/u, '') : whole, kind);
    if (path !== '') {
      for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
        this.#addFolder(path.slice(0, at), path);
      if (kind === 'folder') this.#addFolder(path, path);
      else this.#take(path, 'file', path);
    }
    if (kind === 'folder') {
      if (this.#named.has(path)) throw new ArchiveProblem(`${shownPath(whole)} is in it twice`);
      this.#named.add(path);
    }
    return path;
  }

  #inside(whole: string, kind: Kind): string {
    const shown = shownPath(whole);
    const unsafe = leadsOut(whole);
    if (unsafe !== undefined) throw new ArchiveProblem(`${shown} ${unsafe}`);
    if (whole === this.#root && kind === 'folder') return '';
    if (!whole.startsWith(`${this.#root}/`))
      throw new ArchiveProblem(`${shown} does not lie in ${shownPath(`${this.#root}/`)}`);
    const path = whole.slice(this.#root.length + 1);
    const reason = notPortable(path);
    if (reason !== undefined) throw new ArchiveProblem(`${shown} cannot be a path: ${reason}`);
    if (path.split('/').length - 1 > this.#limits.levels) {
      throw new ArchiveProblem(`${shown} lies more than ${this.#limits.levels} folders deep`);
    }
    return path;
  }

  #addFolder(path: string, below: string): void {
    if (this.#folders.has(path)) return;
    this.#take(path, 'folder', below);
    this.#folders.add(path);
    if (this.#folders.size > this.#limits.folders)
      throw new ArchiveProblem(`it holds more than ${this.#limits.folders} folders`);
  }

  #take(path: string, kind: Kind, wanted: string): void {
    const folded = foldedPath(path);
    const other = this.#taken.get(folded);
    this.#taken.set(folded, { path, kind });
    if (other === undefined) return;
    const [shown, there] = [shownPath(wanted), shownPath(other.path)];
    if (other.path !== path)
      throw new ArchiveProblem(`${shown} and ${there} are one name where case and composition do not count`);
    if (kind === 'file' && other.kind === 'file') throw new ArchiveProblem(`${shown} is in it twice`);
    if (kind === 'file') throw new ArchiveProblem(`${shown} is in it as a file and as a folder`);
    throw new ArchiveProblem(`${shown} needs a folder where ${there} is a file`);
  }
}

function decoded(bytes: Buffer): string {
  if (bytes.length === 0) throw new ArchiveProblem('an entry in it has no name');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ArchiveProblem(`the path ${shownPath(bytes.toString('utf8'))} is not UTF-8`);
  }
}

/** What would lead out of the folder, on whatever system. */
function leadsOut(path: string): string | undefined {
  if (path.startsWith('/')) return 'is an absolute path';
  if (/^[A-Za-z]:/u.test(path)) return 'begins with a drive letter';
  if (/^[\\/]{2}/u.test(path)) return 'is a path on another machine';
  if (path.includes('\\')) return 'holds a backslash, which divides names on Windows';
  if (path.split('/').includes('..')) return 'leads out of its folder';
  return undefined;
}
