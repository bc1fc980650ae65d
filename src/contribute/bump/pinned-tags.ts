import { isScalar, type Scalar } from 'yaml';

import { quotedLike } from './quoted-like.ts';
import { readValues, type ValueTree } from './value-tree.ts';
import { withoutV } from './version-like.ts';
import { chartEntry } from './values-section.ts';

/** The software in a chart, as its `appVersion` says. */
export interface SoftwareVersions {
  readonly before: string;
  readonly after: string;
}

/** A tag that went from one version to another. */
export interface PinnedTag extends SoftwareVersions {
  /** From the root of `values.yaml`. */
  readonly path: readonly string[];
}

interface FoundTag extends PinnedTag {
  readonly node: Scalar;
}

/** Which chart is meant, with its own values. */
export interface PinnedRequest {
  readonly name: string;
  readonly base: string;
  readonly theirs: string;
  readonly software: SoftwareVersions;
}

/**
 * A `values.yaml` in which tags that the chart leaves open, so that they follow its `appVersion`, and that the author
 * wrote out, follow it again.
 */
export function withPinnedTags(
  text: string,
  { name, base, theirs, software }: PinnedRequest,
): { readonly text: string; readonly pinned: readonly PinnedTag[] } {
  const none = { text, pinned: [] };
  if (withoutV(software.before) === withoutV(software.after)) return none;
  const [values, old, next] = [readValues(text), readValues(base), readValues(theirs)];
  if ('problem' in values || 'problem' in old || 'problem' in next) return none;
  const all = pinnedIn(['charts', name], chartEntry(values, name)?.value, [old.root, next.root], software);
  // An alias leads to the same place again.
  const found = [...new Map(all.map((tag) => [tag.node, tag])).values()];
  const edited = found
    .toSorted((a, b) => (b.node.range?.[0] ?? 0) - (a.node.range?.[0] ?? 0))
    .reduce((before, { node, after }) => {
      const [start, end] = node.range ?? [0, 0];
      return before.slice(0, start) + quotedLike(node, after) + before.slice(end);
    }, text);
  if ('problem' in readValues(edited)) return none;
  return { text: edited, pinned: found.map(({ path, before, after }) => ({ path, before, after })) };
}

function pinnedIn(
  path: readonly string[],
  ours: ValueTree | undefined,
  charts: readonly (ValueTree | undefined)[],
  software: SoftwareVersions,
): FoundTag[] {
  const isDigest = [...(ours?.entries ?? [])].some(
    ([key, { value }]) => /digest|^sha(?:256)?$/iu.test(key) && !isOpen(value),
  );
  return [...(ours?.entries ?? [])].flatMap(([key, { value, written }]): FoundTag[] => {
    const own = [...path, key];
    const theirs = charts.map((chart) => chart?.entries?.get(key)?.value);
    if (value.entries !== undefined) return pinnedIn(own, value, theirs, software);
    const { node } = value;
    if (!/tag$/iu.test(key) || isDigest || written === undefined || !isScalar(node)) return [];
    const before = typeof node.value === 'string' ? node.value : (node.source ?? '');
    const isPinned = before !== '' && withoutV(before) === withoutV(software.before) && theirs.every(isOpen);
    const after = (/^v\d/iu.test(before) ? before.charAt(0) : '') + withoutV(software.after);
    return isPinned ? [{ path: own, before, after, node }] : [];
  });
}

/** There, but with nothing in it. */
function isOpen(value: ValueTree | undefined): boolean {
  return value?.identity === 'null' || value?.identity === '""';
}
