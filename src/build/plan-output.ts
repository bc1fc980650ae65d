import type { Entry } from '../model/entry.ts';
import type { MadeEntry, Registry, RegistryPack } from '../model/registry.ts';
import type { Cache } from './cache.ts';
import { foundHostFiles } from './hosts/found-host-files.ts';
import { hostFiles } from './hosts/host-files.ts';
import { nativeIndex } from './native-index.ts';
import { outputError } from './output-directory.ts';
import { listOutput, type OutputListing } from '../remote/output-files.ts';
import { loadOutputState } from './output-state.ts';
import type { PublishedRegistry } from './published-registry.ts';
import { reconcile, type OutputPack, type Reconciled } from './reconcile.ts';

export interface PlannedOutput extends Reconciled {
  /** What is in the output directory. */
  readonly listing: OutputListing;
}

export interface OutputOptions {
  /** Absolute path of the output directory. */
  readonly out: string;
  readonly cache: Cache;
  /** Where files come from that are published already. */
  readonly published: PublishedRegistry | undefined;
  /** Leave those files out. */
  readonly changesOnly: boolean;
}

/** Compares a registry with its output directory. */
export async function planOutput(registry: Registry, options: OutputOptions): Promise<PlannedOutput> {
  const { out, cache, published, changesOnly } = options;
  const extra = hostFiles(registry.config.outputs.hosts);
  const shared = [...extra, ...(await nativeIndex(registry))];
  const packs = changesOnly
    ? registry.packs.filter((pack) => !isPublished(pack, published)).map((pack) => outputPack(pack, undefined))
    : registry.packs.map((pack) => outputPack(pack, published));
  const state = await loadOutputState(cache, out);
  const listing = listed(out, extra);
  const reconciled = await reconcile({ packs, shared }, out, listing, state);
  // What an output for changes holds besides is not known to be stale.
  const plan = changesOnly ? { ...reconciled.plan, remove: [] } : reconciled.plan;
  return { ...reconciled, plan, listing };
}

function isPublished({ name, index }: RegistryPack, published: PublishedRegistry | undefined): boolean {
  return published?.documents.get(name)?.sha256 === index.document.sha256;
}

/** Without `published`, what is published already is left out. */
function outputPack({ name, index, files }: RegistryPack, published: PublishedRegistry | undefined): OutputPack {
  return {
    name,
    document: index.document.sha256,
    async entries(): Promise<MadeEntry[]> {
      const { made, published: taken } = await files();
      const entries = new Map(made.map((entry) => [entry.path, entry]));
      for (const file of taken) {
        const entry = entries.has(file.path) ? undefined : await published?.entry(file);
        if (entry !== undefined) entries.set(file.path, entry);
      }
      return [...entries.values()];
    },
  };
}

function listed(out: string, wanted: readonly Entry[]): OutputListing {
  try {
    const { packs, shared } = listOutput(out);
    return { packs, shared: new Map([...shared, ...foundHostFiles(out, wanted)]) };
  } catch (error) {
    throw outputError(error, out);
  }
}
