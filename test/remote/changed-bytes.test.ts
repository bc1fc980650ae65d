import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { openRegistrySource } from '../../src/remote/open-registry-source.ts';
import type { RegistrySource } from '../../src/remote/registry-source.ts';
import { PackyardError } from '../../src/errors.ts';
import { httpServer } from '../helpers/http-server.ts';
import { documentPath, publishedRegistry, servesFiles, writePublished } from '../helpers/published-registry.ts';
import { scratch } from '../helpers/scratch.ts';

test('any change of any byte of any document is noticed', async () => {
  const files = publishedRegistry();
  const { url } = await httpServer(servesFiles(files));
  const directory = await scratch();
  writePublished(files, directory);
  const readers: readonly [string, (source: RegistrySource) => Promise<unknown>][] = [
    [documentPath(files, 'packs/demo'), (source) => source.document('demo')],
    [documentPath(files, 'search'), (source) => source.search()],
    [documentPath(files, 'sources'), (source) => source.sources()],
  ];
  const sources = [await openRegistrySource(url), await openRegistrySource(directory)];
  const mutation = fc.record({
    reader: fc.constantFrom(...readers),
    source: fc.constantFrom(...sources),
    at: fc.nat(),
    cut: fc.integer({ min: 0, max: 3 }),
    insert: fc.uint8Array({ maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(mutation, async ({ reader: [path, read], source, at, cut, insert }) => {
      const whole = files.get(path) ?? Buffer.alloc(0);
      const place = at % whole.length;
      const changed = Buffer.concat([whole.subarray(0, place), insert, whole.subarray(place + cut)]);
      fc.pre(!changed.equals(whole));
      files.set(path, changed);
      writePublished(new Map([[path, changed]]), directory);
      const error: unknown = await read(source).catch((reason: unknown) => reason);
      files.set(path, whole);
      writePublished(new Map([[path, whole]]), directory);
      expect(error).toBeInstanceOf(PackyardError);
      expect(error).toHaveProperty('code', 'registry-damaged');
      await read(source);
    }),
    { numRuns: 150 },
  );
});
