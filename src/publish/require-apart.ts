import { realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { PackyardError } from '../errors.ts';
import { isInside } from '../remote/path-below.ts';

/**
 * Throws `usage` where one folder lies in the other: the next build would remove what was published, or publishing what
 * was built. The same folder is no harm.
 */
export function requireApart(from: string, to: string): void {
  const [source, target] = [realFolder(resolve(from)), realFolder(resolve(to))];
  if (source === target || !(isInside(source, target) || isInside(target, source))) return;
  const [inner, outer] = isInside(source, target) ? [to, from] : [from, to];
  throw new PackyardError({
    code: 'usage',
    message: `${inner} lies in ${outer}: one of them is what was built, the other where it is published to.`,
    hint: 'Name a folder beside it. Nothing was changed.',
  });
}

/** With links followed as far as there are folders. */
function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    const above = dirname(folder);
    return above === folder ? folder : join(realFolder(above), relative(above, folder));
  }
}
