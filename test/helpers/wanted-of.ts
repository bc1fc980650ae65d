import { contentOf, sha256 } from '../../src/model/content.ts';
import type { OutputState } from '../../src/build/output-state.ts';
import type { Wanted } from '../../src/build/reconcile.ts';
import type { Entry } from '../../src/model/entry.ts';

export const NOTHING_KNOWN: OutputState = { packs: new Map(), shared: new Map() };

/** Texts by path as what an output is to have: packs by what lies below their folders, and the rest. */
export function wantedOf(files: Readonly<Record<string, string>>): Wanted {
  const packs = new Map<string, Entry[]>();
  const shared: Entry[] = [];
  for (const [path, text] of Object.entries(files)) {
    const entry = entryOf(path, text);
    const [, name] = /^packs\/([^/]+)\//u.exec(path) ?? [];
    if (name === undefined) shared.push(entry);
    else packs.set(name, [...(packs.get(name) ?? []), entry]);
  }
  return { packs: [...packs].map(([name, entries]) => outputPack(name, entries)), shared };
}

function outputPack(name: string, entries: readonly Entry[]): Wanted['packs'][number] {
  return {
    name,
    document: sha256(entries.map((entry) => entry.path + entry.sha256).join()),
    entries: async () => entries,
  };
}

function entryOf(path: string, text: string): Entry {
  return {
    path,
    mediaType: 'text/plain',
    cache: path.endsWith('index.json') ? 'revalidate' : 'immutable',
    ...contentOf(Buffer.from(text)),
  };
}
