import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

import { PackyardError } from '../errors.ts';

/**
 * Throws `usage` where one folder lies in the other: the next build would remove what was published, or publishing what
 * was built. The same folder is no harm.
 */
export function requireApart(from: string, to: string): void {
  const [source, target] = [realFolder(resolve(from)), realFolder(resolve(to))];
  if (source === target || !(isBelow(target, source) || isBelow(source, target))) return;
  const [inner, outer] = isBelow(target, source) ? [to, from] : [from, to];
  throw new PackyardError({
    code: 'usage',
    message: `${inner} lies in ${outer}: one of them is what was built, the other where it is published to.`,
    hint: 'Name a folder beside it. Nothing was changed.',
  });
}

function isBelow(folder: string, above: string): boolean {
  const way = relative(above, folder);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
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
