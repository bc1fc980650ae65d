import type { ListedPack } from '../../check/lint-registry.ts';
import { byPlace } from '../../check/by-place.ts';
import type { FileChange } from '../../check/fix/file-changes.ts';
import { applyLevels } from '../../check/levels.ts';
import { loadLintPack } from '../../check/lint-pack.ts';
import { openFindings } from '../../check/open-findings.ts';
import { REGISTRY_RULES } from '../../check/rules/registry.ts';
import { relocate, type Finding } from '../../model/finding.ts';
import { LIMITS } from '../../model/limits.ts';
import { withDefaults } from '../../model/registry-config.ts';
import { parseJson } from '../../pack/json-document.ts';
import { MANIFEST_FILE, type PackFile } from '../../pack/pack.ts';
import type { RegistryRepository } from '../registry-repository.ts';

/**
 * What `check` would say about a pack that is not there yet, by the levels of the repository: about itself, and about
 * it among the others.
 */
export async function newPackFindings(
  changes: readonly FileChange[],
  directory: string,
  repository: Pick<RegistryRepository, 'packs' | 'config'> | undefined,
): Promise<Finding[]> {
  const files = changes.flatMap(({ path, executable, data }): PackFile[] =>
    data === undefined ? [] : [{ path, executable, data }],
  );
  const pack = await loadLintPack(new Map(files.map((file) => [file.path, file])));
  const { findings } = await openFindings(pack);
  const own = findings.map((finding) => relocate(finding, directory));
  const together = repository === undefined ? [] : amongOthers(files, directory, repository);
  return applyLevels([...own, ...together], (repository?.config ?? withDefaults({})).check).toSorted(byPlace);
}

function amongOthers(
  files: readonly PackFile[],
  directory: string,
  { packs, config }: Pick<RegistryRepository, 'packs' | 'config'>,
): Finding[] {
  const own = files.find(({ path }) => path === MANIFEST_FILE)?.data.toString('utf8') ?? '';
  const listed = [
    ...packs.flatMap((pack) => listedPack(pack.directory, JSON.stringify(pack))),
    ...listedPack(directory, own),
  ];
  const found = REGISTRY_RULES.flatMap((rule) => [...rule({ packs: listed, external: config.external })]);
  return found.filter(({ file }) => file.startsWith(`${directory}/`));
}

function listedPack(directory: string, text: string): ListedPack[] {
  const parsed = parseJson(text, LIMITS.depth);
  return 'document' in parsed ? [{ directory, manifest: parsed.document }] : [];
}
