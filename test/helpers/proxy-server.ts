import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

import { onTestFinished } from 'vitest';

/** A proxy on this machine, until the test ends. */
export interface ProxyServer {
  readonly url: string;
  readonly port: number;
  /** What it was asked for: `CONNECT host:port`, or `GET http://…`. */
  readonly asked: string[];
  readonly headers: IncomingHttpHeaders[];
}

/** Starts one that tunnels and passes on; with a status it only answers that. */
export async function proxyServer(status?: number): Promise<ProxyServer> {
  const asked: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    headers.push(incoming.headers);
    if (status !== undefined) return void response.writeHead(status).end();
    const { 'proxy-authorization': _, ...passed } = incoming.headers;
    const onward = request(incoming.url ?? '', { method: incoming.method, headers: passed }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    incoming.pipe(onward);
    return undefined;
  });
  server.on('connect', (incoming, client: Socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    headers.push(incoming.headers);
    sockets.add(client);
    client.on('error', () => undefined);
    if (status !== undefined) return void client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const [host = '', port = ''] = (incoming.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(client);
      client.pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => client.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, asked, headers };
}
