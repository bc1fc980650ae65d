import { expect, test } from 'vitest';

import type { OpenRegistryOptions } from '../../../src/client/open-registry-options.ts';
import type { Fault } from '../../helpers/fault-server.ts';
import { scratch } from '../../helpers/scratch.ts';
import * as faults from './faults.ts';
import { hostWith, outcomeAt } from './outcome.ts';

const DATE = 'Wed, 01 Jul 2026 00:00:00 GMT';

/** The headers of an index; conditions are met as a host meets them. */
const HEADERS: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  'a tag': {},
  'a weak tag': { etag: 'W/"1"' },
  'a date only': { etag: undefined, 'last-modified': DATE },
  'no validator': { etag: undefined },
  'a tag that is no tag': { etag: 'x"\u00e4y' },
  'a date that is no date': { etag: undefined, 'last-modified': 'yesterday' },
  'max-age=600': { 'cache-control': 'max-age=600' },
  'max-age=0': { 'cache-control': 'max-age=0, must-revalidate' },
  'max-age=600, of which the age has eaten all': { 'cache-control': 'max-age=600', age: '600' },
  'max-age without a number': { 'cache-control': 'max-age=soon' },
  'max-age below zero': { 'cache-control': 'max-age=-1' },
  'max-age beyond all bounds': { 'cache-control': 'max-age=99999999999999999999' },
  's-maxage=600, for others': { 'cache-control': 's-maxage=600' },
  'no-cache, max-age=600': { 'cache-control': 'no-cache, max-age=600' },
  'no-store': { 'cache-control': 'no-store' },
  immutable: { 'cache-control': 'public, max-age=31536000, immutable' },
  'an Expires in the past': { expires: DATE },
  'an Expires to come': { expires: 'Fri, 01 Jul 2129 00:00:00 GMT', date: new Date().toUTCString() },
};

/** Sends the index with headers of its own, and nothing where the reader names it by one of them. */
function indexWith(headers: Readonly<Record<string, string | undefined>>): Fault {
  return (exchange) => {
    const given = { ...exchange.headers, ...headers };
    const { 'if-none-match': tag, 'if-modified-since': since } = exchange.request.headers;
    const named = tag === undefined ? since !== undefined && since === given['last-modified'] : tag === given.etag;
    if (named) exchange.response.writeHead(304).end();
    else faults.sentWith(headers)(exchange);
  };
}

/** How the index is asked for by a second run, and by a third that was told more. */
async function asked(headers: Readonly<Record<string, string | undefined>>): Promise<string> {
  const host = await hostWith({ on: 'index', rest: indexWith(headers) });
  const cache = await scratch();
  const run = async (options: OpenRegistryOptions): Promise<string> => {
    const before = host.requests.length;
    const said = (await outcomeAt(host.url, cache, options)).replace(/: .*/su, '');
    const requests = host.requests.slice(before).map(({ path, headers: sent }) => {
      const condition = sent['if-none-match'] !== undefined || sent['if-modified-since'] !== undefined;
      return `${path.replace(/.*\//u, '')}${condition ? '?' : ''}`;
    });
    return [...requests, said].join(' ');
  };
  expect(await run({})).toMatch(/^index.json [0-9a-f]{64}.json demo-1.0.0.tar.gz done$/u);
  return [await run({}), await run({ refresh: true }), await run({ offline: true })].join(' | ');
}

test('what a second run asks for | with refresh | offline; a "?" is a conditional request', async () => {
  const entries = Object.entries(HEADERS).map(async ([name, headers]) => [name, await asked(headers)] as const);
  expect(Object.fromEntries(await Promise.all(entries))).toMatchInlineSnapshot(`
    {
      "a date only": "index.json? done | index.json? done | done",
      "a date that is no date": "index.json? done | index.json? done | done",
      "a tag": "index.json? done | index.json? done | done",
      "a tag that is no tag": "index.json? done | index.json? done | done",
      "a weak tag": "index.json? done | index.json? done | done",
      "an Expires in the past": "index.json? done | index.json? done | done",
      "an Expires to come": "index.json? done | index.json? done | done",
      "immutable": "done | index.json? done | done",
      "max-age below zero": "index.json? done | index.json? done | done",
      "max-age beyond all bounds": "index.json? done | index.json? done | done",
      "max-age without a number": "index.json? done | index.json? done | done",
      "max-age=0": "index.json? done | index.json? done | done",
      "max-age=600": "done | index.json? done | done",
      "max-age=600, of which the age has eaten all": "index.json? done | index.json? done | done",
      "no validator": "index.json done | index.json done | done",
      "no-cache, max-age=600": "index.json? done | index.json? done | done",
      "no-store": "index.json done | index.json done | registry-offline",
      "s-maxage=600, for others": "index.json? done | index.json? done | done",
    }
  `);
});

test('a host that takes a tag for another answers 304 to nobody', async () => {
  const host = await hostWith({ on: 'index', rest: faults.notModified });
  expect(await outcomeAt(host.url, await scratch())).toMatch(/^registry-unreachable: .* the host answers 304/u);
});
