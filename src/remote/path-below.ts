import platform, { type PlatformPath } from 'node:path';

/**
 * The way from a folder to a path of this system, with `/`; empty for the folder itself. Undefined where it does not lead
 * inside: also to another drive or another machine. Both must be absolute; links are not looked at.
 */
export function pathBelow(folder: string, path: string, system: PlatformPath = platform): string | undefined {
  const way = system.relative(folder, path);
  // Between drives, and between machines, no way is relative.
  if (way === '..' || way.startsWith(`..${system.sep}`) || system.isAbsolute(way)) return undefined;
  return way.split(system.sep).join('/');
}

/** Whether a path is a folder or lies in it. Both must be absolute; links are not looked at. */
export function isInside(folder: string, path: string, system: PlatformPath = platform): boolean {
  return pathBelow(folder, path, system) !== undefined;
}
