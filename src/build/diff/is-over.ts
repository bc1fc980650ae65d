import type { Growth } from './registry-diff.ts';

/** Whether a change takes the registry over its limit, or further over it. */
export function isOver({ limit, site, total }: Growth): boolean {
  return limit !== undefined && total > 0 && (site?.after ?? total) > limit;
}
