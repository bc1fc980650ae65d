import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Does not wait for somebody to write into a pipe, where the system knows how. */
const FLAGS = constants.O_RDONLY | ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0);

/** Why a file is not read. */
export type NotSmall = 'special' | 'too-large';

/**
 * A file of at most so many bytes. A link is followed; whoever sent a project may have made it one to a device that
 * never ends, so nothing but a plain file is read. Rejects with system errors.
 */
export async function readSmallFile(file: string, maxBytes: number): Promise<Buffer | NotSmall> {
  const handle = await open(file, FLAGS);
  try {
    const stats = await handle.stat();
    // To read a folder fails by itself.
    if (!stats.isFile() && !stats.isDirectory()) return 'special';
    if (stats.isFile() && stats.size > maxBytes) return 'too-large';
    const bytes = Buffer.alloc(stats.size + 1);
    const { bytesRead } = await handle.read(bytes);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
