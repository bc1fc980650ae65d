import type { DocumentLink } from '../model/documents.ts';
import type { Content, Entry } from '../model/entry.ts';
import { contentOf } from '../model/content.ts';
import { entryOf } from '../model/entry-of.ts';
import { inParallel } from '../model/in-parallel.ts';
import { LIMITS } from '../model/limits.ts';
import { sha256Of } from '../remote/sha256.ts';
import type { ApplyContext } from './apply-publish.ts';
import { readLiveIndex, type LiveIndex } from './live-index.ts';

/** How often the copies are looked at again while others publish. */
const ROUNDS = 20;

/**
 * Makes the copies under paths that stay those of the index that is live, as far as this publisher wrote them or meant
 * to. Publishers that ran at once may have overwritten each other's; whoever writes one last looks at the index after
 * that, so that in the end each copy is that of the index. Resolves with what is live.
 */
export async function settleCopies(entries: readonly Entry[], context: ApplyContext): Promise<LiveIndex | undefined> {
  const copies = entries.filter(({ path }) => isCopy(path));
  let live = await readLiveIndex(context.store);
  for (let round = 0; round < ROUNDS && live !== undefined; round += 1) {
    const wanted = live;
    await inParallel(copies, context.width, (copy) => settle(copy, wanted, context));
    if (copies.length === 0) return live;
    live = await readLiveIndex(context.store);
    if (live?.sha256 === wanted.sha256) return live;
  }
  return live;
}

async function settle(copy: Entry, live: LiveIndex, { store, signal, conditional }: ApplyContext): Promise<void> {
  const link = linkOf(copy.path, live);
  if (link === undefined) return;
  signal.throwIfAborted();
  for (let tries = 0; tries < 3; tries += 1) {
    const found = await store.read(copy.path, LIMITS.documents.bytes);
    if (found !== undefined && (await sha256Of(found.bytes)) === link.sha256) return;
    const content = copy.sha256 === link.sha256 ? copy : await storedContent(link.path, link.sha256, store);
    if (content === undefined) return;
    const { etag } = found ?? {};
    const condition = etag === undefined ? ({ kind: 'absent' } as const) : ({ kind: 'unchanged', etag } as const);
    const usable = conditional && (found === undefined || etag !== undefined);
    const entry = entryOf(copy.path, content, 'revalidate');
    if ((await store.put(entry, usable ? condition : undefined)) === 'written') return;
  }
}

const SEARCH = 'search.json';
const PACK_COPY = /^packs\/([^/]+)\/index\.json$/u;

function isCopy(path: string): boolean {
  return path === SEARCH || PACK_COPY.test(path);
}

/** Of what a path that stays is a copy; undefined where the index says nothing of it. */
function linkOf(path: string, { index }: LiveIndex): DocumentLink | undefined {
  const name = PACK_COPY.exec(path)?.[1];
  return name === undefined ? index.search : index.packs[name]?.document;
}

async function storedContent(path: string, sha256: string, store: ApplyContext['store']): Promise<Content | undefined> {
  const found = await store.read(path, LIMITS.documents.bytes);
  if (found === undefined || (await sha256Of(found.bytes)) !== sha256) return undefined;
  return contentOf(found.bytes);
}
