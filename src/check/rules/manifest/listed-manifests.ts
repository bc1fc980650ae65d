import { stringsAt } from '../../../model/json-value.ts';
import { pathInPack } from '../../../pack/pack-path.ts';
import type { LintPack } from '../../lint-pack.ts';

/** The paths that `kubeManifests` names, each once; some may not be there. */
export function listedManifests({ manifest }: LintPack): Set<string> {
  return new Set(stringsAt(manifest?.value, 'kubeManifests').flatMap((path) => pathInPack(path) ?? []));
}
