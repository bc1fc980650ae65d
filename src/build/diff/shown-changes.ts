import { LIMITS } from '../../model/limits.ts';
import { decodeText } from '../../pack/text.ts';
import { parseYaml } from '../../pack/yaml-document.ts';
import type { Part, ValueChange } from './registry-diff.ts';
import { valueShower } from './shown-value.ts';
import { pathText, valueChanges } from './value-changes.ts';

/** How many changed values are kept, and characters of one path. */
const MOST = { values: 200, path: 200 };

/** A `values.yaml` as text and as what it says. */
export interface ReadValues {
  readonly text: string;
  readonly value: unknown;
}

/** Undefined where it is no YAML. */
export function readValues(data: Buffer | undefined): ReadValues | undefined {
  const decoded = data === undefined ? undefined : decodeText(data);
  if (decoded === undefined || !('text' in decoded)) return undefined;
  const parsed = parseYaml(decoded.text, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  // An empty document is one without keys.
  return 'document' in parsed ? { text: decoded.text, value: parsed.document.value ?? {} } : undefined;
}

/** The values that differ, as they may be shown. */
export function shownChanges(before: ReadValues, after: ReadValues): Part<ValueChange> {
  const changes = valueChanges(before.value, after.value).filter(({ path }) => !isImage(path));
  const shower = valueShower([before.text, after.text]);
  const items = changes.slice(0, MOST.values).map(({ path, key, before: old, after: now }): ValueChange => {
    const text = pathText(shower.path(path));
    return {
      path: text.length > MOST.path ? `${text.slice(0, MOST.path - 1)}…` : text,
      ...(old !== undefined && { before: shower.show(old.value, key) }),
      ...(now !== undefined && { after: shower.show(now.value, key) }),
    };
  });
  return { items, more: changes.length - items.length };
}

/** Images are compared as such. */
function isImage(path: readonly (string | number)[]): boolean {
  return IMAGES.every((name, index) => path[index] === name);
}

const IMAGES = ['pack', 'content', 'images'];
