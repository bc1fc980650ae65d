import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { sha256 } from '../model/content.ts';
import { isMapping } from '../model/json-value.ts';
import { sameStamp, type FileStamp } from '../remote/output-files.ts';
import { makeFolder } from '../remote/make-folder.ts';

/** What publishers keep below the folder of the cache. */
export const PUBLISH_FOLDER = 'publish';

/** SHA-256 of files by their stamps, so that those of a folder are not read at each run. */
export interface KnownHashes {
  /** Undefined where the file has another stamp than it had. */
  get(path: string, stamp: FileStamp): string | undefined;
  set(path: string, stamp: FileStamp, hash: string): string;
  /** What cannot be kept costs time only. */
  save(): void;
}

const FORMAT = 'packyard-published/1';

/** Those of the files in `folder`, kept below `state` where it is given. */
export function openKnownHashes(state: string | undefined, folder: string): KnownHashes {
  const file = state === undefined ? undefined : join(state, PUBLISH_FOLDER, `${sha256(folder)}.json`);
  const known = file === undefined ? new Map<string, Known>() : load(file, folder);
  let news = false;
  return {
    get(path, stamp) {
      const found = known.get(path);
      return found !== undefined && sameStamp(found.stamp, stamp) ? found.sha256 : undefined;
    },
    set(path, stamp, hash) {
      known.set(path, { stamp, sha256: hash });
      news = true;
      return hash;
    },
    save() {
      if (file === undefined || !news) return;
      const temporary = `${file}.${randomUUID()}`;
      try {
        makeFolder(dirname(file));
        writeFileSync(temporary, JSON.stringify({ format: FORMAT, folder, files: [...known] }), { mode: 0o600 });
        renameSync(temporary, file);
      } catch {
        rmSync(temporary, { force: true });
      }
    },
  };
}

interface Known {
  readonly stamp: FileStamp;
  readonly sha256: string;
}

function load(file: string, folder: string): Map<string, Known> {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as { format: unknown; folder: unknown; files: unknown };
    if (value.format !== FORMAT || value.folder !== folder || !Array.isArray(value.files)) return new Map();
    return new Map((value.files as unknown[]).filter(isKnown));
  } catch {
    return new Map();
  }
}

function isKnown(entry: unknown): entry is [string, Known] {
  const [path, known] = Array.isArray(entry) ? (entry as unknown[]) : [];
  if (typeof path !== 'string' || !isMapping(known) || typeof known['sha256'] !== 'string') return false;
  const stamp = known['stamp'];
  return isMapping(stamp) && ['size', 'mtimeMs', 'ctimeMs', 'inode'].every((key) => typeof stamp[key] === 'number');
}
