import type { Statuses } from './assemble-registry.ts';
import type { Statuses as LoadedStatuses } from './load-statuses.ts';
import type { PublishedRegistry } from './published-registry.ts';
import { statusOf } from './release-status.ts';

/** What status files say of packs. Of a file that cannot be read stays what is published. */
export function packStatuses(
  { statuses, broken, unusable }: LoadedStatuses,
  published: PublishedRegistry | undefined,
): Statuses {
  const isBroken = (name: string): boolean => unusable === true || broken.has(name);
  return {
    hashOf: (name) => (isBroken(name) ? published?.sources.get(name)?.status : statuses.get(name)?.hash),
    statusOf: (name, release) => (isBroken(name) ? release.status : statusOf(release, statuses.get(name))),
  };
}
