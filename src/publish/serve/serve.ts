import { realpathSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { hostname } from 'node:os';

import { PackyardError } from '../../errors.ts';
import { openRegistrySource } from '../../remote/open-registry-source.ts';
import { folderFacts } from './folder-facts.ts';
import { listen } from './listen.ts';
import { liveRegistry, type LiveOptions, type ServedBuild } from './live-registry.ts';
import { registryListener, type AnsweredRequest, type ListenerOptions } from './registry-listener.ts';

export type { AnsweredRequest } from './registry-listener.ts';
export { findingsOf, type ServedBuild } from './live-registry.ts';

export interface ServeOptions {
  /** A folder that holds a registry. Default: the registry of `repository`, built now and after every change. */
  readonly folder?: string;
  /** A folder of the repository. Default: the current one. */
  readonly repository?: string;
  /** Where a pack has errors, build the others. Default: go on with what was there before. */
  readonly keepGoing?: boolean;
  /** Folder of the build's cache, or false for none. Default: `defaultCacheDirectory()`. */
  readonly cache?: string | false;
  /** A name or an address of this machine. Default: `127.0.0.1`, which no other machine can reach. */
  readonly host?: string;
  /** 0 for any that is free. Default: 7225, or the next one that is free. */
  readonly port?: number;
  readonly onBuild?: (build: ServedBuild) => void;
  readonly onRequest?: (request: AnsweredRequest) => void;
  readonly onWarning?: (warning: { readonly message: string; readonly hint: string }) => void;
}

export interface LocalServer {
  /** With a slash at its end. */
  readonly url: string;
  /** What is served. */
  readonly folder: string;
  /** Ends it, transfers within two seconds. */
  close(): Promise<void>;
}

/**
 * Serves a registry on this machine, with the headers that a host should send. Rejects with `registry-not-found`,
 * `registry-invalid`, `address-unusable`, and as `build` does.
 */
export async function serve(options: ServeOptions = {}): Promise<LocalServer> {
  const { folder, host = '127.0.0.1', port, onRequest } = options;
  let answer: RequestListener = starting;
  // First, because a port that is taken is no reason to wait for a build.
  const server = await listen((...parameters) => answer(...parameters), { host, ...(port !== undefined && { port }) });
  try {
    const content = folder === undefined ? await built(options) : await given(folder);
    answer = registryListener({ ...content, names: namesOf(host), ...(onRequest !== undefined && { onRequest }) });
    return {
      url: server.url,
      folder: content.folder,
      async close() {
        // Pages that wait for news would keep their connections.
        content.events?.close();
        await server.close();
        await content.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Whoever listens to others is asked by the name of the machine as well. */
function namesOf(host: string): ReadonlySet<string> {
  const own = hostname().toLowerCase();
  return new Set([host.toLowerCase(), own, `${own.split('.', 1)[0]}.local`]);
}

function starting(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(503, { 'Retry-After': '1', 'Cache-Control': 'no-store', 'Content-Length': 0 }).end();
}

interface Served extends Pick<ListenerOptions, 'root' | 'facts' | 'events'> {
  readonly folder: string;
  close(): Promise<void>;
}

/** A link to the folder may be turned to another one while it is served. */
async function given(folder: string): Promise<Served> {
  await (await openRegistrySource(directoryOf(folder))).close();
  return {
    folder,
    root: () => realpathSync.native(folder),
    facts: () => folderFacts(folder),
    close: async () => undefined,
  };
}

function directoryOf(folder: string): string {
  if (!/^[A-Za-z][A-Za-z0-9+.-]+:\/\//u.test(folder)) return folder;
  throw new PackyardError({
    code: 'usage',
    message: 'Only a folder of this machine can be served.',
    hint: 'Copy a registry that is elsewhere with `packyard mirror` first.',
  });
}

async function built(options: ServeOptions): Promise<Served> {
  const { repository = '.', keepGoing = false, cache, onBuild, onWarning } = options;
  const live: LiveOptions = {
    repository,
    keepGoing,
    ...(cache !== undefined && { cache }),
    onBuild: (each) => onBuild?.(each),
    onBlind: (warning) => onWarning?.(warning),
  };
  const { folder, events, facts, close } = await liveRegistry(live);
  return { folder, root: () => folder, events, facts, close };
}
