import { closeSync, lstatSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { PackyardError } from '../../errors.ts';
import type { Entry } from '../../model/entry.ts';
import { HOST_FILES } from '../../model/host-file.ts';
import { stampOf, type FileStamp, type OutputFiles } from '../../remote/output-files.ts';
import { MADE_HERE } from './host-files.ts';

/**
 * The files for hosts that a build left in an output directory, which is everything of that kind that it may change or
 * remove. Throws `output-foreign` where somebody else's stands in the place of one that is wanted.
 */
export function foundHostFiles(out: string, wanted: readonly Entry[]): OutputFiles {
  const found = new Map<string, FileStamp>();
  for (const path of HOST_FILES) {
    const full = join(out, path);
    const isWanted = wanted.some((entry) => entry.path === path);
    const state = stateOf(out, path);
    // An empty one says nothing that could be lost; but it goes only with whoever put it there.
    if (state === 'made here' || (state === 'empty' && isWanted)) found.set(path, stampOf(full));
    else if (state === 'foreign' && isWanted) throw foreign(full);
  }
  return found;
}

function stateOf(out: string, path: string): 'absent' | 'empty' | 'made here' | 'foreign' {
  const folder = dirname(path);
  if (folder !== '.') {
    const above = lstatSync(join(out, folder), { throwIfNoEntry: false });
    if (above === undefined) return 'absent';
    // A link could lead anywhere.
    if (!above.isDirectory()) return 'foreign';
  }
  const stats = lstatSync(join(out, path), { throwIfNoEntry: false });
  if (stats === undefined) return 'absent';
  if (!stats.isFile()) return 'foreign';
  if (stats.size === 0) return 'empty';
  return beginning(join(out, path), MADE_HERE.length) === MADE_HERE ? 'made here' : 'foreign';
}

function beginning(path: string, length: number): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, length, 0));
  } finally {
    closeSync(file);
  }
}

function foreign(path: string): PackyardError {
  return new PackyardError({
    code: 'output-foreign',
    message: `${path} was not made by a build, and \`outputs.hosts\` of registry.yaml asks for one.`,
    hint: 'Move it away, or take its host out of `outputs.hosts`; nothing was touched.',
  });
}
