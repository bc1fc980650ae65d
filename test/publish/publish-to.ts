import { openDirectoryStore } from '../../src/publish/directory-store.ts';
import { publish } from '../../src/publish/publish.ts';
import type { PublishOptions, PublishResult, RollbackOptions } from '../../src/publish/publish-options.ts';
import { rollback } from '../../src/publish/rollback.ts';

/** Publishes a built folder to another. */
export async function publishTo(
  folder: string,
  from: string,
  options: Omit<PublishOptions, 'store' | 'from'> = {},
): Promise<PublishResult> {
  const store = await openDirectoryStore(folder);
  try {
    return await publish({ store, from, ...options });
  } finally {
    await store.close();
  }
}

export async function rollbackTo(
  folder: string,
  serial: string,
  options: Omit<RollbackOptions, 'store' | 'serial'> = {},
): Promise<PublishResult> {
  const store = await openDirectoryStore(folder);
  try {
    return await rollback({ store, serial, ...options });
  } finally {
    await store.close();
  }
}
