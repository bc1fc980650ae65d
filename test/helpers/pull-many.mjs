// Pulls the same packs again and again, all at once, each time into a folder of its own.
//
//   node pull-many.mjs REGISTRY CACHE FOLDER TIMES NAME…
import { join } from 'node:path';

import { openRegistry } from '../../dist/client/open-registry.js';
import { pull } from '../../dist/client/pull.js';

const [url, cache, folder, times, ...names] = process.argv.slice(2);
await Promise.all(
  Array.from({ length: Number(times) }, async (_, number) => {
    const registry = await openRegistry(url, { cache });
    await pull(registry, names, { directory: join(folder, String(number)) });
    await registry.close();
  }),
);
