import { gzipSync } from 'node:zlib';
import { setInterval, clearInterval } from 'node:timers';

import type { Exchange, Fault } from '../../helpers/fault-server.ts';

/** Where a file is cut: in its middle, unless told. */
type Place = (bytes: Buffer) => number;

const MIDDLE: Place = (bytes) => Math.floor(bytes.length / 2);

/** Says how long it is, sends less, and hangs up in good order. */
export function truncated(at: Place = MIDDLE): Fault {
  return (exchange) => begun(exchange, at, () => exchange.response.socket?.end());
}

/** The same with a connection that is reset. */
export function reset(at: Place = MIDDLE): Fault {
  return (exchange) => begun(exchange, at, () => exchange.response.socket?.resetAndDestroy());
}

/** Sends a part, and then nothing for ever. */
export function stalled(at: Place = MIDDLE): Fault {
  return (exchange) => begun(exchange, at, () => undefined);
}

function begun({ response, bytes, headers }: Exchange, at: Place, then: () => void): void {
  response.writeHead(200, { ...headers, 'content-length': bytes.length });
  response.flushHeaders();
  if (at(bytes) === 0) then();
  else response.write(bytes.subarray(0, at(bytes)), then);
}

/** Sends less without having said how long it is: it looks whole. */
export function shortened(at: Place = MIDDLE): Fault {
  return ({ response, bytes, headers }) => response.writeHead(200, headers).end(bytes.subarray(0, at(bytes)));
}

/** A byte now and then, for ever. */
export function dripping(milliseconds: number): Fault {
  return ({ response, bytes, headers }) => {
    response.writeHead(200, { ...headers, 'content-length': bytes.length });
    let sent = 0;
    const timer = setInterval(() => response.write(bytes.subarray(sent, (sent += 1))), milliseconds);
    response.on('close', () => clearInterval(timer));
  };
}

/** Takes the request and says nothing. */
export const silent: Fault = () => undefined;

/** Hangs up before it says anything. */
export const hungUp: Fault = ({ request }) => request.socket.resetAndDestroy();

/** As long as it should be, but other bytes. */
export const otherBytes: Fault = ({ response, bytes, headers }) => {
  const other = Buffer.from(bytes.map((byte, index) => (index % 1000 === 500 ? byte ^ 1 : byte)));
  response.writeHead(200, { ...headers, etag: '"other"', 'content-length': other.length }).end(other);
};

/** All bytes and some more. */
export const tooLong: Fault = ({ response, bytes, headers }) => {
  const more = Buffer.concat([bytes, Buffer.from('more')]);
  response.writeHead(200, { ...headers, 'content-length': more.length }).end(more);
};

/** A Content-Length that ends in the middle, with all bytes after it on the wire. */
export const lengthTooSmall: Fault = ({ request, bytes }) => {
  const head = `HTTP/1.1 200 OK\r\ncontent-length: ${MIDDLE(bytes)}\r\nconnection: close\r\n\r\n`;
  request.socket.write(head);
  request.socket.end(bytes);
};

/** A Content-Length that no answer can have. */
export const lengthAbsurd: Fault = ({ request, bytes }) => {
  request.socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 999999999999999\r\n\r\n`);
  request.socket.end(bytes);
};

export function status(code: number, headers: Readonly<Record<string, string>> = {}, body = 'no'): Fault {
  return ({ response }) => response.writeHead(code, headers).end(body);
}

/** `to` gets the path of the file and the address of the server. */
export function redirect(to: (path: string, url: string) => string, code = 302): Fault {
  return ({ response, path, url }) => response.writeHead(code, { location: to(path, url) }).end('moved');
}

/** Compressed for the way, though nobody asked for that. */
export const compressed: Fault = ({ response, bytes, headers }) => {
  const body = gzipSync(bytes);
  response.writeHead(200, { ...headers, 'content-encoding': 'gzip', 'content-length': body.length }).end(body);
};

/** The host takes the archive's own compression for one that was made for the way. */
export const saidToBeCompressed: Fault = ({ response, bytes, headers }) => {
  response.writeHead(200, { ...headers, 'content-encoding': 'gzip', 'content-length': bytes.length }).end(bytes);
};

export const unknownEncoding: Fault = ({ response, bytes, headers }) => {
  response.writeHead(200, { ...headers, 'content-encoding': 'zipped' }).end(bytes);
};

/** All bytes, whatever part was asked for. */
export const ignoresRange: Fault = ({ response, bytes, headers }) => {
  response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
};

/** Another part than was asked for, as its Content-Range admits. */
export const otherPart: Fault = ({ response, bytes, headers }) => {
  const from = bytes.length - 10;
  const contentRange = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(206, { ...headers, 'content-range': contentRange }).end(bytes.subarray(from));
};

/** The part that was asked for, by what it says, but of other bytes. */
export const otherBytesInPart: Fault = ({ request, response, bytes, headers }) => {
  const from = Number(/\d+/u.exec(request.headers.range ?? '0')?.[0]);
  const contentRange = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  const wrong = Buffer.alloc(bytes.length - from, 'x');
  response.writeHead(206, { ...headers, 'content-range': contentRange, 'content-length': wrong.length }).end(wrong);
};

/** A part without saying which. */
export const partWithoutRange: Fault = ({ response, bytes, headers }) => {
  response.writeHead(206, headers).end(bytes.subarray(MIDDLE(bytes)));
};

/** All bytes under another validator than before. */
export const otherTag: Fault = ({ response, bytes, headers }) => {
  response.writeHead(200, { ...headers, etag: '"changed"', 'content-length': bytes.length }).end(bytes);
};

/** Cuts, and lets headers replace those of a plain answer: undefined leaves one out. */
export function cutWith(changed: Readonly<Record<string, string | undefined>>): Fault {
  return (exchange) => {
    const headers = Object.entries({ ...exchange.headers, ...changed }).filter(([, value]) => value !== undefined);
    const given = Object.fromEntries(headers) as Record<string, string>;
    begun({ ...exchange, headers: given }, MIDDLE, () => exchange.response.socket?.end());
  };
}

/** All bytes, with other headers than those of a plain answer. */
export function sentWith(changed: Readonly<Record<string, string | undefined>>): Fault {
  return ({ response, bytes, headers }) => {
    const given = Object.entries({ ...headers, ...changed }).filter(([, value]) => value !== undefined);
    response.writeHead(200, { ...Object.fromEntries(given), 'content-length': bytes.length }).end(bytes);
  };
}

/** The page on which a hotel asks for the number of the room. */
export const portal: Fault = ({ response }) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>Log in first.');
};

export const empty: Fault = ({ response }) => response.writeHead(200, { 'content-length': 0 }).end();

/** Nothing at all, where no condition was set. */
export const notModified: Fault = ({ response }) => response.writeHead(304).end();

export const noContent: Fault = ({ response }) => response.writeHead(204).end();

/** Headers without end. */
export const endlessHeaders: Fault = ({ request }) => {
  request.socket.write('HTTP/1.1 200 OK\r\n');
  for (let line = 0; line < 2000; line += 1) request.socket.write(`x-${line}: ${'y'.repeat(60)}\r\n`);
};

export const notHttp: Fault = ({ request }) => request.socket.end('SSH-2.0-OpenSSH_9\r\n');
