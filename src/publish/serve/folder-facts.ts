import { PackyardError } from '../../errors.ts';
import { openRegistrySource } from '../../remote/open-registry-source.ts';
import type { PageFacts } from './page.ts';

/** What a page shows of the registry in a folder. Where it cannot be read, why is among the problems. */
export async function folderFacts(folder: string, problems: readonly string[] = []): Promise<PageFacts> {
  try {
    const source = await openRegistrySource(folder);
    try {
      return { index: source.index, search: await source.search(), problems };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof PackyardError)) throw error;
    // Before the first build there is none, and what is wrong with that is said already.
    if (error.code === 'registry-not-found' && problems.length > 0) return { problems };
    return { problems: [...problems, error.message] };
  }
}
