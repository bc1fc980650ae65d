import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

/** A server on this machine, until the test ends. */
export interface TestServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Every request so far. */
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
}

export function httpServer(answer: RequestListener): Promise<TestServer> {
  return started('http', answer, (listener) => createServer(listener));
}

export function httpsServer(options: ServerOptions, answer: RequestListener): Promise<TestServer> {
  return started('https', answer, (listener) => createSecureServer(options, listener));
}

async function started(
  scheme: string,
  answer: RequestListener,
  create: (listener: RequestListener) => Server,
): Promise<TestServer> {
  const requests: { path: string; headers: IncomingHttpHeaders }[] = [];
  const server = create((request, response) => {
    requests.push({ path: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { url: `${scheme}://127.0.0.1:${port}`, port, requests };
}
