import { readdirSync, realpathSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

import { systemCode } from '../../errors.ts';
import { verifyFinding, type VerifyFinding } from './verify-finding.ts';

/** What paths below the base of a registry lead to. */
export interface LinkedPaths {
  /** Whether a document leads to a file. */
  isLinked(path: string): boolean;
  /** Whether a folder is somebody else's to look into. */
  isKnown?(path: string): boolean;
}

/**
 * What a folder of a registry holds that nothing leads to; a folder in which nothing is linked is one finding. Links are
 * not followed. `base` is a real path, `folder` one below it.
 */
export function orphansIn(base: string, folder: string, paths: LinkedPaths): VerifyFinding[] {
  const place = join(base, ...folder.split('/'));
  try {
    if (realpathSync.native(place) !== place) return [];
  } catch {
    // That it is not there is said of the files that should be in it.
    return [];
  }
  return contentOf(base, folder, paths).findings;
}

interface Content {
  readonly findings: readonly VerifyFinding[];
  /** Whether anything in it is linked, or nobody knows. */
  readonly needed: boolean;
  readonly files: number;
}

function contentOf(base: string, folder: string, paths: LinkedPaths): Content & { findings: VerifyFinding[] } {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(base, ...folder.split('/')), { withFileTypes: true });
  } catch (error) {
    const message = `cannot be looked into (${systemCode(error) ?? 'unknown error'})`;
    return { findings: [verifyFinding('unreadable', folder, message)], needed: true, files: 0 };
  }
  const inside = entries.map((entry) => describe(base, `${folder}/${entry.name}`, entry, paths));
  return {
    findings: inside.flatMap(({ findings }) => findings),
    needed: inside.some(({ needed }) => needed),
    files: inside.reduce((sum, { files }) => sum + files, 0),
  };
}

const NEEDED: Content = { findings: [], needed: true, files: 1 };

function describe(base: string, path: string, entry: Dirent, paths: LinkedPaths): Content {
  if (paths.isLinked(path) || paths.isKnown?.(path) === true) return NEEDED;
  if (!entry.isDirectory()) return { findings: [orphanFile(path, entry)], needed: false, files: 1 };
  const inside = contentOf(base, path, paths);
  return inside.needed ? inside : { ...inside, findings: [orphanFolder(path, inside.files)] };
}

function orphanFile(path: string, entry: Dirent): VerifyFinding {
  const links = entry.isSymbolicLink() ? 'is a link, and ' : 'is a special file, and ';
  const what = entry.isFile() ? '' : links;
  return verifyFinding('orphan', path, `${what}is not part of the registry: nothing leads to it`);
}

function orphanFolder(path: string, files: number): VerifyFinding {
  const many = files === 1 ? '1 file' : `${files} files`;
  const message =
    files === 0 ? 'is an empty folder' : `is not part of the registry: nothing leads to the ${many} in it`;
  return verifyFinding('orphan', path, message);
}
