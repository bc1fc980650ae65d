import { propertyOf } from '../model/json-value.ts';

/** How far a dotted path leads into values. */
export interface PathLookup {
  readonly found: boolean;
  /** The longest part of the path that leads to something; empty for the values as a whole. */
  readonly deepest: string;
  /** What stands at that part. */
  readonly value: unknown;
}

/** How much may still be looked at. Shared by many look-ups, it bounds them all; once used up, everything is found. */
export interface LookupBudget {
  steps: number;
}

/** YAML is not read deeper than this, and keys with more dots are none that people write. */
const MOST_SEGMENTS = 200;
const MOST_CHARACTERS = 1000;

/**
 * Follows a path such as `charts.demo.servers.$[].name`: keys are joined by dots, `$[]` is any item of a list, a number
 * is one item. A key may hold dots itself, the longest that fits is tried first. In an empty list anything is found.
 */
export function lookUpPath(root: unknown, path: string, budget: LookupBudget = { steps: 10_000 }): PathLookup {
  const segments = path.split('.', MOST_SEGMENTS + 1);
  const search: Search = { segments, budget, depth: 0, value: root };
  const found = segments.length <= MOST_SEGMENTS && path.length <= MOST_CHARACTERS && leads(search, root, 0);
  return { found, deepest: segments.slice(0, search.depth).join('.'), value: search.value };
}

/** Follows a path in several values until it is found; otherwise tells where it led furthest. */
export function lookUpPathIn(roots: readonly unknown[], path: string, budget?: LookupBudget): PathLookup {
  let furthest: PathLookup = { found: false, deepest: '', value: roots[0] };
  for (const root of roots) {
    const lookup = lookUpPath(root, path, budget);
    if (lookup.found) return lookup;
    if (lookup.deepest.length > furthest.deepest.length) furthest = lookup;
  }
  return furthest;
}

interface Search {
  readonly segments: readonly string[];
  readonly budget: LookupBudget;
  depth: number;
  value: unknown;
}

function leads(search: Search, value: unknown, from: number): boolean {
  if (from > search.depth) Object.assign(search, { depth: from, value });
  if (from === search.segments.length || search.budget.steps <= 0) return true;
  search.budget.steps -= 1;
  return Array.isArray(value) ? leadsIntoList(search, value, from) : leadsIntoMapping(search, value, from);
}

function leadsIntoList(search: Search, items: readonly unknown[], from: number): boolean {
  const segment = search.segments[from] ?? '';
  if (/^\d{1,9}$/u.test(segment))
    return Number(segment) < items.length && leads(search, items[Number(segment)], from + 1);
  return segment === '$[]' && (items.length === 0 || items.some((item) => leads(search, item, from + 1)));
}

function leadsIntoMapping(search: Search, value: unknown, from: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (let end = search.segments.length; end > from; end -= 1) {
    search.budget.steps -= 1;
    const key = search.segments.slice(from, end).join('.');
    if (Object.hasOwn(value, key) && leads(search, propertyOf(value, key), end)) return true;
  }
  return false;
}
