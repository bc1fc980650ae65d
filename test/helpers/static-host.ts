import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';

import { httpServer } from './http-server.ts';

/** A static host, as a registry is published on. */
export interface StaticHost {
  /** With a slash at its end. */
  readonly url: string;
  /** Paths that were asked for so far, in order. */
  requests(): string[];
}

/** Serves a folder over HTTP until the test ends. */
export async function staticHost(folder: string): Promise<StaticHost> {
  const server = await httpServer((request, response) => {
    const file = join(folder, pathOf(request.url));
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) response.writeHead(404).end();
    else createReadStream(file).pipe(response.writeHead(200, { 'content-length': size }));
  });
  return { url: `${server.url}/`, requests: () => server.requests.map(({ path }) => pathOf(path)) };
}

function pathOf(url = '/'): string {
  return decodeURIComponent(url.slice(1));
}
