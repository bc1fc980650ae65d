import { extname } from 'node:path/posix';

import type { Finding } from '../../../model/finding.ts';
import type { MissingArgs } from '../../../model/rules/args.ts';
import { suggest } from '../../../model/suggest.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { stringsAt } from '../../../model/json-value.ts';
import { pathInPack } from '../../../pack/pack-path.ts';
import { MANIFEST_FILE, type Pack } from '../../../pack/pack.ts';
import { firstFindings } from '../../first-findings.ts';

const KEYS = [
  { key: 'charts', rule: 'chart/missing-file' },
  { key: 'kubeManifests', rule: 'manifest/missing-file' },
  { key: 'ansibleRoles', rule: 'role/missing-directory' },
] as const;

const MOST_SUGGESTIONS = 10;

/** Every file and directory that `pack.json` names must be in the pack. */
export function referencedFiles(pack: Pack): Iterable<Finding> {
  return firstFindings(missingFiles(pack));
}

function* missingFiles({ manifest, files }: Pack): Generator<Finding> {
  if (manifest === undefined) return;
  const directories = directoriesOf(files.keys());
  let suggestions = 0;
  for (const { key, rule } of KEYS) {
    const there = key === 'ansibleRoles' ? directories : new Set(files.keys());
    for (const [index, path] of stringsAt(manifest.value, key).entries()) {
      if (path === '') continue;
      const inPack = pathInPack(path);
      if (inPack === undefined)
        yield findingOf('pack/path-outside', MANIFEST_FILE, { key, path }, { place: manifest.place([key, index]) });
      else if (!there.has(inPack)) {
        // Each suggestion compares with every file: a thousand missing names would take minutes.
        suggestions += 1;
        const args = suggestions > MOST_SUGGESTIONS ? { path } : missing(path, there);
        yield findingOf(rule, MANIFEST_FILE, args, { place: manifest.place([key, index]) });
      }
    }
  }
}

function missing(path: string, there: ReadonlySet<string>): MissingArgs {
  const alike = [...there].filter((candidate) => extname(candidate) === extname(path));
  const suggestion = suggest(path, alike);
  return { path, ...(suggestion !== undefined && { suggestion }) };
}

function directoriesOf(paths: Iterable<string>): Set<string> {
  const directories = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
      directories.add(path.slice(0, end));
  }
  return directories;
}
