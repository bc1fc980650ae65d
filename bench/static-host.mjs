// Serves a folder on a free port of this machine, in a process of its own, as a plain static host does: ETag, conditional
// requests, parts from some byte on. It counts requests, and the bytes of bodies and headers that it sends.
import { fork } from 'node:child_process';
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `{ url, counted(), stop() }`; `counted` gives what there was since it was asked last. */
export async function staticHost(folder) {
  const child = fork(fileURLToPath(import.meta.url), [folder], { stdio: 'inherit' });
  const next = () => new Promise((resolve) => child.once('message', resolve));
  const { port } = await next();
  return {
    url: `http://127.0.0.1:${port}/`,
    counted: () => {
      child.send('count');
      return next();
    },
    stop: () => child.disconnect(),
  };
}

function serve(folder) {
  let count = { requests: 0, bytes: 0 };
  const server = createServer((request, response) => {
    count.requests += 1;
    const from = request.socket.bytesWritten;
    response.on('close', () => void (count.bytes += request.socket.bytesWritten - from));
    const file = join(folder, normalize(decodeURIComponent(request.url)));
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats?.isFile() !== true) return void response.writeHead(404).end('not found');
    const etag = `"${stats.size.toString(16)}-${Math.trunc(stats.mtimeMs).toString(16)}"`;
    const headers = { etag, 'last-modified': stats.mtime.toUTCString(), 'accept-ranges': 'bytes' };
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, headers).end();
    const start = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? 0);
    const part = start > 0 && start < stats.size && request.headers['if-range'] === etag;
    const length = { 'content-length': part ? stats.size - start : stats.size };
    if (part) {
      const range = { 'content-range': `bytes ${start}-${stats.size - 1}/${stats.size}` };
      response.writeHead(206, { ...headers, ...length, ...range });
    } else response.writeHead(200, { ...headers, ...length });
    return void createReadStream(file, { start: part ? start : 0 }).pipe(response);
  });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.on('message', () => {
    process.send(count);
    count = { requests: 0, bytes: 0 };
  });
  process.on('disconnect', () => process.exit());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) serve(process.argv[2]);
