import type { RegistryConfig } from '../model/registry-config.ts';
import type { WantedPack } from './assemble-pack.ts';
import { codeIdentity } from './code-identity.ts';
import { sha256 } from '../model/content.ts';
import { RECIPE, RECORD_VERSION } from './recipe.ts';

/** Version of the code that puts a pack's document together. It grows when the same releases would give another one. */
const DOCUMENT_VERSION = 1;

/** Says how documents are put together: those of two registries are alike where it is the same. */
export function assemblyKey({ logoSizes }: RegistryConfig): string {
  return `${DOCUMENT_VERSION} ${logoSizes.join(' ')}`;
}

/** What, besides its releases, decides what is said of a pack. */
export interface PackInputs {
  /** Hash of what the pack's status file says. */
  readonly status: string | undefined;
  /** Hash of the pack's published document. */
  readonly before: string | undefined;
  /** Words for published content that is replaced. */
  readonly supersede: unknown;
}

/** Hash of everything that a pack is assembled from: where it is the same, so is the pack. */
export function packKey({ releases, kept }: WantedPack, inputs: PackInputs, config: RegistryConfig): string {
  const rows = [releases, kept].map((list) =>
    list.map(({ version, directory, tree, commit, removedIn }) => [
      version,
      directory,
      tree,
      commit ?? '',
      removedIn ?? '',
    ]),
  );
  const { status = null, before = null, supersede } = inputs;
  return sha256(
    JSON.stringify([
      DOCUMENT_VERSION,
      codeIdentity(),
      RECIPE,
      RECORD_VERSION,
      config.logoSizes,
      rows,
      status,
      before,
      supersede,
    ]),
  );
}
