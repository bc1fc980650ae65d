import { withCheckDefaults, type CheckConfig, type CheckConfigFile } from './check-config.ts';
import type { Host } from './host-file.ts';
import { parseBytes } from './parse-bytes.ts';

/** Which releases there are: those of the tree as it is, or those that the branch ever carried. */
export type HistoryMode = 'head' | 'all';

/** What becomes of a release that is published and no longer in the tree. */
export type OnRemove = 'keep' | 'drop';

/** `registry.yaml` with its defaults filled in. */
export interface RegistryConfig {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly homepage?: string;
  /** Public address of the Git repository; written into the index, so it is configured and never guessed. */
  readonly repository?: string;
  /** Globs of pack directories, from the root of the repository. */
  readonly packs: readonly string[];
  /** Side lengths of the logos, in pixels, ascending. */
  readonly logoSizes: readonly number[];
  /** Globs of the names of packs that other registries have. */
  readonly external: readonly string[];
  readonly history: HistoryMode;
  readonly onRemove: OnRemove;
  readonly limits: RegistryLimits;
  readonly outputs: OutputsConfig;
  readonly check: CheckConfig;
}

/** What the place where the registry is published allows. */
export interface RegistryLimits {
  /** Most bytes of the whole registry; absent for no limit. */
  readonly site?: number;
}

/** What a build makes besides the registry's own documents and files. */
export interface OutputsConfig {
  /** Where it is going to be published: files are added that make these hosts send the right headers. */
  readonly hosts: readonly Host[];
}

/** `registry.yaml` as written, after it passed `schemas/registry.schema.json`. */
export interface RegistryConfigFile {
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  readonly homepage?: string;
  readonly repository?: string;
  readonly packs?: readonly string[];
  readonly logos?: { readonly sizes?: readonly number[] };
  readonly external?: readonly string[];
  readonly history?: HistoryMode;
  readonly onRemove?: OnRemove;
  /** In bytes, or in words: `1GB`, `900 MiB`. */
  readonly limits?: { readonly site?: number | string };
  readonly outputs?: { readonly hosts?: readonly Host[] };
  readonly check?: CheckConfigFile;
}

export const CONFIG_FILE = 'registry.yaml';

export function withDefaults(file: RegistryConfigFile): RegistryConfig {
  const { name = 'packs', title = name, packs = ['packs/*', 'packs/*/*'], logos, ...facts } = file;
  const logoSizes = [...new Set(logos?.sizes ?? [48, 128, 256])].toSorted((a, b) => a - b);
  const { description, homepage, repository } = facts;
  return {
    name,
    title,
    ...(description !== undefined && { description }),
    ...(homepage !== undefined && { homepage }),
    ...(repository !== undefined && { repository }),
    packs,
    logoSizes,
    external: file.external ?? [],
    history: file.history ?? 'head',
    onRemove: file.onRemove ?? 'keep',
    limits: limitsOf(file.limits?.site),
    outputs: { hosts: file.outputs?.hosts ?? [] },
    check: withCheckDefaults(file.check),
  };
}

function limitsOf(site: number | string | undefined): RegistryLimits {
  const bytes = typeof site === 'string' ? parseBytes(site) : site;
  return bytes === undefined ? {} : { site: bytes };
}
