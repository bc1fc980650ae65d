import type { BuildPlan } from './plan.ts';
import { releaseAt } from '../model/release-path.ts';

/** The releases whose archives a plan takes away, as `name@version`, in the plan's order. */
export function removedReleases({ remove }: Pick<BuildPlan, 'remove'>): string[] {
  return remove.flatMap((path) => {
    const release = releaseAt(path);
    return release === undefined ? [] : [`${release.name}@${release.version}`];
  });
}
