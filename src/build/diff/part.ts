import type { Part } from './registry-diff.ts';

/** The first ones of a list. */
export function firstOf<Item>(items: readonly Item[], most: number): Part<Item> {
  return { items: items.slice(0, most), more: Math.max(0, items.length - most) };
}

/** How many there are in all. */
export function countOf({ items, more }: Part<unknown>): number {
  return items.length + more;
}
