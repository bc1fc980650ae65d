import type { RequestListener } from 'node:http';

import { httpServer, type TestServer } from './http-server.ts';
import { publishedRegistry, servesFiles, type PublishedFiles } from './published-registry.ts';
import { sha256Of } from './registry-tree.ts';

export interface RegistryHost extends TestServer {
  /** What it serves; may be changed. */
  readonly files: PublishedFiles;
  /** Paths that were asked for since the last call, in order, each with `304` behind it where it had no body. */
  asked(): string[];
}

export interface RegistryHostOptions {
  readonly files?: PublishedFiles;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers instead, where it gives true. */
  readonly first?: (...parameters: Parameters<RequestListener>) => boolean;
}

/** Serves a small registry as a static host does, with conditional requests, until the test ends. */
export async function registryHost(options: RegistryHostOptions = {}): Promise<RegistryHost> {
  const { files = publishedRegistry(), headers = {}, first } = options;
  const serve = servesFiles(files);
  let log: string[] = [];
  const server = await httpServer((request, response) => {
    const path = (request.url ?? '').slice(1);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (first?.(request, response) === true) {
      log.push(path);
      return;
    }
    const bytes = files.get(path);
    if (bytes !== undefined && request.headers['if-none-match'] === `"${sha256Of(bytes)}"`) {
      log.push(`${path} 304`);
      response.writeHead(304).end();
      return;
    }
    log.push(path);
    serve(request, response);
  });
  return Object.assign(server, {
    files,
    asked() {
      const asked = log;
      log = [];
      return asked;
    },
  });
}
