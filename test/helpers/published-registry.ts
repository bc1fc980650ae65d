import { mkdirSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { dirname, join } from 'node:path';

import { sha256Of } from './registry-tree.ts';

/** A small registry that was published, as its files by path. */
export type PublishedFiles = Map<string, Buffer>;

export interface PublishedOptions {
  readonly serial?: number;
  readonly artifact?: Buffer;
  /** Changes the documents before they are hashed. */
  readonly index?: (index: Record<string, unknown>) => void;
  readonly pack?: (pack: Record<string, unknown>) => void;
  readonly search?: (search: Record<string, unknown>) => void;
  readonly sources?: (sources: Record<string, unknown>) => void;
}

export const ARTIFACT = 'packs/demo/1.0.0/demo-1.0.0.tar.gz';

const NOTHING = {
  logo: {},
  logoWebp: {},
  files: {},
  annotations: {},
  images: [],
  charts: [],
  manifests: [],
  ansibleRoles: [],
  dependencies: [],
  resources: [],
};

/** One pack, `demo`, with one release, `1.0.0`. */
export function publishedRegistry(options: PublishedOptions = {}): PublishedFiles {
  const files: PublishedFiles = new Map();
  const artifact = options.artifact ?? Buffer.alloc(300_000, 'an artifact ');
  files.set(ARTIFACT, artifact);
  const document = (folder: string, value: Record<string, unknown>, change?: (value: never) => void): object => {
    change?.(value as never);
    const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
    const path = `${folder}/${sha256Of(bytes)}.json`;
    files.set(path, bytes);
    return { path, sha256: sha256Of(bytes) };
  };
  const source = { directory: 'packs/demo', tree: 'a'.repeat(40) };
  const facts = { layer: 'addon', displayName: 'Demo', cloudTypes: ['all'] };
  const release = {
    version: '1.0.0',
    ...facts,
    artifact: { path: ARTIFACT, size: artifact.length, sha256: sha256Of(artifact), contentSha256: 'c'.repeat(64) },
    source,
    recipe: 1,
    ...NOTHING,
  };
  const pack = { format: 'packyard-pack/1', name: 'demo', tags: { latest: '1.0.0' }, releases: [release] };
  const search = { name: 'demo', ...facts, latest: '1.0.0', versions: ['1.0.0'], logo: {} };
  const sources = { demo: { releases: [{ version: '1.0.0', ...source, recipe: 1 }] } };
  const index = {
    format: 'packyard-index/1',
    registry: { name: 'demo', title: 'Demo' },
    source: { commit: 'b'.repeat(40), committedAt: '2026-07-01T16:53:28Z' },
    serial: options.serial ?? 1,
    search: document('search', { format: 'packyard-search/1', packs: [search] }, options.search),
    sources: document('sources', { format: 'packyard-sources/1', packs: sources }, options.sources),
    packs: {
      demo: {
        layer: 'addon',
        displayName: 'Demo',
        latest: '1.0.0',
        document: document('packs/demo', pack, options.pack),
      },
    },
  };
  options.index?.(index);
  files.set('index.json', Buffer.from(`${JSON.stringify(index)}\n`));
  return files;
}

/** Path of the one document in a folder: `packs/demo`, `search` or `sources`. */
export function documentPath(files: PublishedFiles, folder: string): string {
  return [...files.keys()].find((path) => path.startsWith(`${folder}/`) && path.endsWith('.json')) ?? '';
}

export function writePublished(files: PublishedFiles, directory: string): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), bytes);
  }
}

/** Serves files as a plain static host does: parts of them too, and 404 for what is not there. */
export function servesFiles(files: ReadonlyMap<string, Buffer>, prefix = '/'): RequestListener {
  return (request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(prefix.length));
    const bytes = request.url?.startsWith(prefix) === true ? files.get(path) : undefined;
    if (bytes === undefined) {
      response.writeHead(404).end('no such file');
      return;
    }
    const etag = `"${sha256Of(bytes)}"`;
    const from = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from > 0 && from < bytes.length && request.headers['if-range'] === etag) {
      const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
      response.writeHead(206, { etag, 'content-range': range, 'content-length': bytes.length - from });
      response.end(bytes.subarray(from));
      return;
    }
    response.writeHead(200, { etag, 'content-length': bytes.length }).end(bytes);
  };
}
