import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseAllHeaders } from '@netlify/headers-parser';
import { describe, expect, test } from 'vitest';

import { build } from '../../../src/build/build.ts';
import { headersFile } from '../../../src/build/hosts/headers-file.ts';
import { headersOf } from '../../../src/model/entry-headers.ts';
import { mediaTypeOf } from '../../../src/model/media-type.ts';
import { cachingOf } from '../../../src/model/path-caching.ts';
import { allFiles } from '../../helpers/all-files.ts';
import { packsRepository } from '../../helpers/packs-repository.ts';
import { scratch } from '../../helpers/scratch.ts';

/** Limits of Cloudflare Pages. */
const RULES = 100;
const LINE = 2000;

test('keeps to the limits of both hosts', () => {
  const lines = headersFile().split('\n');
  const patterns = lines.filter((line) => line.startsWith('/'));
  expect(patterns.length).toBeLessThan(RULES);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(LINE);
  expect(patterns.filter((pattern) => pattern.split('*').length > 2)).toEqual([]);
  expect(new Set(patterns).size).toBe(patterns.length);
});

describe('as Netlify reads it', () => {
  test('each file of a registry gets its headers, each from one rule', async () => {
    const folder = await scratch();
    const out = join(folder, 'public');
    await build({ repository: (await packsRepository()).path, out, cache: false });
    writeFileSync(join(folder, '_headers'), headersFile());
    const { headers, errors } = await parseAllHeaders({
      headersFiles: [join(folder, '_headers')],
      configHeaders: [],
      minimal: false,
    });
    expect(errors).toEqual([]);
    const files = allFiles(out);
    expect(files.length).toBeGreaterThan(80);
    for (const path of files) {
      const matching = headers.filter((rule) => 'forRegExp' in rule && rule.forRegExp.test(`/${path}`));
      const values = matching.flatMap((rule) => Object.entries(rule.values)) as [string, string][];
      expect(new Set(values.map(([name]) => name)).size).toBe(values.length);
      const expected = headersOf({ mediaType: mediaTypeOf(path), cache: cachingOf(path) });
      expect({ path, ...Object.fromEntries(values) }).toEqual({ path, ...expected });
    }
  });
});
