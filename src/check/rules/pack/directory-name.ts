import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import type { LintRegistry } from '../../lint-registry.ts';
import { listedReleases, type ListedRelease } from '../../listed-releases.ts';

/** Directories called neither `name-version` nor `name`, nor `version` inside a directory called `name`. */
export function* directoryName(registry: LintRegistry): Generator<Finding> {
  for (const release of [...listedReleases(registry).values()].flat()) {
    const { name, version, directory, file, manifest } = release;
    if (directory === '' || isNamedAfter(release)) continue;
    const args = { directory, expected: `${name}-${version}` };
    yield findingOf('pack/directory-name', file, args, { place: manifest.place(['name']) });
  }
}

function isNamedAfter({ name, version, directory }: ListedRelease): boolean {
  const [own = '', parent] = directory.split('/').toReversed();
  const plain = version.replace(/^v/iu, '');
  const versions = [version, plain, `v${plain}`];
  return own === name || versions.some((one) => own === `${name}-${one}` || (parent === name && own === one));
}
