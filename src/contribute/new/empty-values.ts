import { basename, extname } from 'node:path/posix';

import { LIMITS } from '../../model/limits.ts';
import { parseYaml } from '../../pack/yaml-document.ts';
import type { Decision } from '../draft-part.ts';
import type { AskedValue } from './manifest-values.ts';

/** Values that are named one by one for each manifest. */
const MOST_NAMED = 20;

/** The key below `manifests:` that holds the values of a manifest. */
export function blockOf(path: string): string {
  return basename(path, extname(path));
}

/** Values of manifests that nothing says, where they stand in the text of `values.yaml`. */
export function emptyValues(asked: ReadonlyMap<string, readonly AskedValue[]>, values: string): Decision[] {
  const parsed = parseYaml(values, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  return [...asked].flatMap(([manifest, all]) => {
    const empty = all.filter(({ fallback }) => fallback === undefined);
    const left = empty.length - MOST_NAMED;
    const more = left > 0 ? [{ file: 'values.yaml', text: `${left} more values of ${manifest} are empty.` }] : [];
    return [
      ...empty.slice(0, MOST_NAMED).map(({ path, line }): Decision => {
        const keys = ['manifests', blockOf(manifest), ...path];
        const text = `${keys.join('.')} is empty, and line ${line} of ${manifest} reads it.`;
        return {
          file: 'values.yaml',
          ...('document' in parsed && { line: parsed.document.place(keys, 'key').line }),
          text,
        };
      }),
      ...more,
    ];
  });
}
