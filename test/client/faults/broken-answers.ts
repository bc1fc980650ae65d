import * as faults from './faults.ts';
import type { Fault } from '../../helpers/fault-server.ts';

/** Every way in which a host can answer wrongly, whatever it is asked for. */
export const BROKEN: Readonly<Record<string, Fault>> = {
  'cut in the middle': faults.truncated(),
  'cut before its first byte': faults.truncated(() => 0),
  'reset in the middle': faults.reset(),
  'reset before any answer': faults.hungUp,
  'stalls in the middle': faults.stalled(),
  'drips slowly': faults.dripping(20),
  'no headers': faults.silent,
  'headers without end': faults.endlessHeaders,
  'no HTTP': faults.notHttp,
  'shorter, without a length': faults.shortened(),
  'length too small': faults.lengthTooSmall,
  'length beyond all bounds': faults.lengthAbsurd,
  'more than there should be': faults.tooLong,
  'other bytes': faults.otherBytes,
  'an empty body': faults.empty,
  'a login page': faults.portal,
  'compressed unasked': faults.compressed,
  'said to be compressed': faults.saidToBeCompressed,
  'an unknown encoding': faults.unknownEncoding,
  '204': faults.noContent,
  '206, which was not asked for': faults.partWithoutRange,
  '304, which was not asked for': faults.notModified,
  '401': faults.status(401),
  '403': faults.status(403),
  '404': faults.status(404),
  '410': faults.status(410),
  '416, though no part was asked for': faults.status(416),
  '429 without a time': faults.status(429),
  '429 for no time': faults.status(429, { 'retry-after': '0' }),
  '429 until a date that is past': faults.status(429, { 'retry-after': 'Wed, 01 Jul 2020 00:00:00 GMT' }),
  '429 for an hour': faults.status(429, { 'retry-after': '3600' }),
  '429 until next century': faults.status(429, { 'retry-after': 'Fri, 01 Jul 2129 00:00:00 GMT' }),
  '429 until nobody knows when': faults.status(429, { 'retry-after': 'soon' }),
  '500': faults.status(500),
  '501': faults.status(501),
  '503': faults.status(503),
  '503 with a web page': faults.status(503, { 'content-type': 'text/html' }, '<h1>Later</h1>'),
  'a redirect to itself': faults.redirect((path, url) => `${url}${path}`),
  'a redirect to nowhere': faults.status(302),
  'a redirect to a file': faults.redirect(() => 'file:///etc/passwd'),
};

/** Those that a client can only tell by its watch. */
export const SLOW: ReadonlySet<string> = new Set(['stalls in the middle', 'drips slowly', 'no headers']);
