import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What an attacker would like to reach: files beside the place of a pack and above it, a pack that is installed, and in
 * it links that lead out of its folder.
 */
export function makeSurroundings(folder: string): void {
  mkdirSync(join(folder, 'home', 'packs'), { recursive: true });
  mkdirSync(join(folder, 'home', 'installed', 'charts'), { recursive: true });
  writeFileSync(join(folder, 'passwd'), 'root\n');
  writeFileSync(join(folder, 'home', 'profile'), 'profile\n');
  writeFileSync(join(folder, 'home', 'packs', 'other'), 'other\n');
  writeFileSync(join(folder, 'home', 'installed', 'pack.json'), 'mine\n');
  symlinkSync(folder, join(folder, 'home', 'installed', 'out'));
  symlinkSync('..', join(folder, 'home', 'packs', 'up'));
}

/** Everything below a folder byte for byte, with modes; links are not followed. */
export function everythingIn(folder: string, prefix = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder).toSorted()) {
    const path = join(folder, name);
    const stats = lstatSync(path);
    const mode = (stats.mode & 0o7777).toString(8);
    if (stats.isDirectory()) {
      found[`${prefix}${name}/`] = mode;
      Object.assign(found, everythingIn(path, `${prefix}${name}/`));
    } else if (stats.isSymbolicLink()) found[prefix + name] = `-> ${readlinkSync(path)}`;
    else found[prefix + name] = `${mode} ${stats.isFile() ? readFileSync(path, 'latin1') : 'special'}`;
  }
  return found;
}
