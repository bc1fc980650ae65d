import type { BuildPlan } from './plan.ts';
import { artifactPath } from './release-path.ts';

/** The releases whose archives a plan takes away, as `name@version`, in the plan's order. */
export function removedReleases({ remove }: BuildPlan): string[] {
  return remove.flatMap((path) => {
    const [, name = '', version = ''] = path.split('/');
    return path === artifactPath({ name, version }) ? [`${name}@${version}`] : [];
  });
}
