import { randomUUID } from 'node:crypto';

import { LIMITS } from '../../../model/limits.ts';
import { durationText } from '../../../remote/duration-text.ts';
import { INDEX_DOCUMENT } from '../../../remote/registry-documents.ts';
import { INDEX_PATH } from '../../../remote/registry-files.ts';
import { cacheControl } from '../cache-control.ts';
import { result, trouble, type Probe } from '../probe.ts';

/** What CDNs call how they came by an answer. */
const CACHE_HEADERS = ['x-cache', 'cf-cache-status', 'cache-status'];

/** Whether a cache on the way gives an older index than the host has. */
export const probeStaleness: Probe = async ({ host, kind, index, indexAnswer }) => {
  const { headers } = indexAnswer;
  const age = /^\d{1,10}$/u.test(headers.get('age') ?? '') ? Number(headers.get('age')) : undefined;
  const name = CACHE_HEADERS.find((each) => headers.has(each));
  const from = name === undefined ? '' : `, ${name} ${(headers.get(name) ?? '').slice(0, 60)}`;
  const seen = age === undefined ? `no Age${from}` : `Age ${age} s${from}`;
  const wrong = { problem: 'stale', kind, path: INDEX_PATH } as const;
  // Caches keep an address with another query apart.
  const question = { maxBytes: LIMITS.documents.bytes, query: `?packyard-doctor=${randomUUID()}` };
  const past = await host.ask(INDEX_PATH, question);
  if (past.status !== 200)
    return [result('staleness', 'skipped', `${seen}; ${past.status} where a query would pass by caches`)];
  const behind = await INDEX_DOCUMENT.parse(past.bytes, host.urlOf(INDEX_PATH).href);
  if (behind.serial > index.serial) {
    const older = `${seen}: a cache gives serial ${index.serial}, and the host has ${behind.serial}`;
    return [trouble('staleness', 'warning', older, wrong)];
  }
  const { lasts } = cacheControl(headers.get('cache-control'));
  if (age !== undefined && lasts !== undefined && age > lasts + 60) {
    const long = `${seen}: kept for ${durationText(age * 1000)}, although Cache-Control allows ${durationText(lasts * 1000)}`;
    return [trouble('staleness', 'warning', long, wrong)];
  }
  return [result('staleness', 'pass', `${seen}; past caches the same serial, ${behind.serial}`, { path: INDEX_PATH })];
};
