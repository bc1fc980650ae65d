import platform, { type PlatformPath } from 'node:path';

/** Whether a text can be where a remote is: `host:path`, a URL, or a path with at least one slash. */
export function looksLikeAddress(remote: string): boolean {
  return !remote.startsWith('-') && /[/\\:]/u.test(remote) && !/[\0\n\r]/u.test(remote);
}

/**
 * The address under which Git finds a remote wherever it is run: a path of this machine leads from a folder, all else
 * stays as it is. What `C:packs` and `a\b:c` mean depends on the system.
 * Source: https://git-scm.com/docs/git-clone#_git_urls
 */
export function reachableAddress(address: string, folder: string, system: PlatformPath = platform): string {
  if (/^[A-Za-z][\w+.-]*:\/\//u.test(address) || /^[\w+.-]+::/u.test(address)) return address;
  const isDrive = system.sep === '\\' && /^[A-Za-z]:/u.test(address);
  const beforeColon = system.sep === '\\' ? /^[^/\\:]+:/u : /^[^/:]+:/u;
  if (!isDrive && beforeColon.test(address)) return address;
  return system.isAbsolute(address) ? address : system.resolve(folder, address);
}
