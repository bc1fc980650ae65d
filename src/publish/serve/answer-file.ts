import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

import { headersOf, isCompressible } from '../../model/entry-headers.ts';
import { acceptedEncoding, type Encoding } from './accepted-encoding.ts';
import { byteRange } from './byte-range.ts';
import { listsTag } from './entity-tags.ts';
import type { ServedFile } from './served-file.ts';

/**
 * Answers a GET or HEAD request with a file, or the part of it that is asked for. The entity tag is strong: it is the hash
 * of the bytes, and another one where they are compressed on the way. Closes the file.
 */
export async function answerFile(request: IncomingMessage, response: ServerResponse, file: ServedFile): Promise<void> {
  try {
    await answer(request, response, file);
  } finally {
    await file.close();
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, file: ServedFile): Promise<void> {
  const { headers, method } = request;
  const tag = `"${file.sha256}"`;
  const compressible = isCompressible(file);
  for (const [name, value] of Object.entries(headersOf(file))) response.setHeader(name, value);
  if (compressible) response.setHeader('Vary', 'Accept-Encoding');
  // A part is one of the bytes as they are: whoever asks for one wants to join it to others.
  const encoding =
    compressible && headers.range === undefined ? acceptedEncoding(headers['accept-encoding'] ?? '') : undefined;
  const sentTag = encoding === undefined ? tag : tagOf(file, encoding);
  response.setHeader('ETag', sentTag);
  const asked = headers['if-none-match'];
  if (asked !== undefined && listsTag(asked, sentTag)) {
    response.removeHeader('Content-Type');
    response.writeHead(304).end();
    return;
  }
  if (encoding !== undefined) {
    response.writeHead(200, { 'Content-Encoding': encoding });
    if (method === 'HEAD') response.end();
    else await pipeline(Readable.from(file.read(0, file.size)), compressor(encoding), response);
    return;
  }
  response.setHeader('Accept-Ranges', 'bytes');
  const range = rangeOf(request, file, tag);
  if (range === 'unsatisfiable') {
    for (const name of ['Content-Type', 'Cache-Control', 'ETag']) response.removeHeader(name);
    response.writeHead(416, { 'Content-Range': `bytes */${file.size}`, 'Content-Length': 0 }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: file.size };
  response.setHeader('Content-Length', end - start);
  if (range === undefined) response.writeHead(200);
  else response.writeHead(206, { 'Content-Range': `bytes ${start}-${end - 1}/${file.size}` });
  if (method === 'HEAD') response.end();
  else await send(response, file, start, end);
}

/** A part is sent of the file that `If-Range` names, and to GET only. */
function rangeOf(
  { headers, method }: IncomingMessage,
  { size }: ServedFile,
  tag: string,
): ReturnType<typeof byteRange> {
  const { range } = headers;
  const condition = headers['if-range'];
  if (range === undefined || method !== 'GET' || (condition !== undefined && condition !== tag)) return undefined;
  return byteRange(range, size);
}

/** The end goes with the last bytes, so that a client that leaves once it has them is not taken for one that gave up. */
async function send(response: ServerResponse, file: ServedFile, start: number, end: number): Promise<void> {
  let left = end - start;
  if (left === 0) response.end();
  for await (const chunk of file.read(start, end)) {
    left -= chunk.byteLength;
    if (left === 0) response.end(chunk);
    else if (!response.write(chunk)) await drained(response);
    if (response.destroyed) return;
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      response.off('drain', settle);
      response.off('close', settle);
      resolve();
    };
    response.on('drain', settle);
    response.on('close', settle);
  });
}

function tagOf({ sha256 }: ServedFile, encoding: Encoding): string {
  return `"${sha256}-${encoding}"`;
}

function compressor(encoding: Encoding): ReturnType<typeof createGzip> | ReturnType<typeof createBrotliCompress> {
  if (encoding === 'gzip') return createGzip();
  // The best that it can takes seconds for an index of some megabytes.
  return createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
