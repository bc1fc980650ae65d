import { realpathSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

/** An empty folder that is removed when the test ends: by its real path, which macOS and Windows have another way to. */
export async function scratch(): Promise<string> {
  const folder = realpathSync.native(await mkdtemp(join(tmpdir(), 'packyard-test-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
