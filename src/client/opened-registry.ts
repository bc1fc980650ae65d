import type { ClientCache } from './cache/client-cache.ts';
import { ClientRegistry } from './client-registry.ts';
import type { OpenRegistryOptions } from './open-registry-options.ts';
import { startOperation, type Operation } from './operation.ts';
import type { Places } from './places.ts';
import type { PullOptions } from './pull.ts';
import type { PullEvent, PullResult } from './pull/pull-plan.ts';
import type { PackReference } from './reference.ts';
import type { FetchedFile, FetchFileOptions, RegistryRelease } from './registry.ts';
import type { ResolveOptions } from './resolve.ts';
import type { SearchFilter, SearchResult } from './search/search.ts';
import type { InstalledPack } from './unpack/install-pack.ts';
import type { RegistryVerification, VerifyRegistryOptions } from './verify/verify-registry.ts';

export interface ExtractOptions {
  /** Takes the place of a folder that holds something else. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
}

/** How a registry was opened. */
export interface OpenedWith {
  /** As it was given: may hold credentials. */
  readonly location: string;
  readonly options: OpenRegistryOptions;
}

/**
 * A registry with what can be done with it. Each part is loaded when it is asked for; `extract`, `pull` and `verify` need
 * Node, all else runs in a browser too.
 */
export class OpenedRegistry extends ClientRegistry {
  readonly #opened: OpenedWith;

  constructor(places: Places, cache: ClientCache, opened: OpenedWith) {
    super(places, cache, opened.options);
    this.#opened = opened;
  }

  /** Packs that fit some words, best first. */
  async search(text: string, filter: SearchFilter = {}): Promise<SearchResult> {
    const [{ search }, document] = await Promise.all([import('./search/search.ts'), this.searchDocument()]);
    return search(document, text, filter);
  }

  /**
   * The release that is meant by a version, a train, a range or `latest`. Rejects with `unknown-pack`, `no-version`,
   * `yanked`, and `usage` where the selector says nothing.
   */
  async resolve(name: string, selector = 'latest', options: ResolveOptions = {}): Promise<RegistryRelease> {
    const { resolveRelease } = await import('./resolve.ts');
    return resolveRelease(this, { name, selector }, options);
  }

  /** The archive of a release, whole and verified. */
  fetchArtifact({ release }: RegistryRelease, options: FetchFileOptions = {}): Promise<FetchedFile> {
    return this.fetchFile(release.artifact.path, release.artifact, options);
  }

  /**
   * Unpacks a release into a folder. Rejects with `local-changes` where that holds something else, and with
   * `archive-refused`; then nothing was changed.
   */
  async extract(release: RegistryRelease, folder: string, options: ExtractOptions = {}): Promise<InstalledPack> {
    const { installPack } = await import('./unpack/install-pack.ts');
    const { signal } = options;
    const artifact = await this.fetchArtifact(release, signal === undefined ? {} : { signal });
    const { version, artifact: expected } = release.release;
    const root = `${release.name}-${version}`;
    return installPack(artifact.open(), folder, { ...options, root, contentSha256: expected.contentSha256 });
  }

  /** Fetches and unpacks several packs at once: a promise of the result, and an iteration over what happens meanwhile. */
  pull(references: readonly (string | PackReference)[], options: PullOptions = {}): Operation<PullEvent, PullResult> {
    return startOperation<PullEvent, PullResult>(
      async (emit, signal) => {
        const { pull } = await import('./pull.ts');
        const operation = pull(this, references, { ...options, signal });
        for await (const event of operation) emit(event);
        return operation;
      },
      options.signal === undefined ? {} : { signal: options.signal },
    );
  }

  /** Reads all of the registry, past every cache of documents, and says everything that is wrong with it. */
  async verify(options: VerifyOptions = {}): Promise<RegistryVerification> {
    const { verifyRegistry } = await import('./verify/verify-registry.ts');
    const { location, options: own } = this.#opened;
    return verifyRegistry(location, { ...own, ...options });
  }
}

type VerifyOptions = Pick<VerifyRegistryOptions, 'packs' | 'shallow' | 'resume' | 'signal' | 'onProgress'>;
