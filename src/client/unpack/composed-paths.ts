/**
 * How an archive has a path that a disk gives: a disk of macOS may take letters and their accents apart. Elsewhere, and
 * where the archive has no such path, it stays as it is.
 */
export function composedPaths(
  paths: Iterable<string>,
  platform: NodeJS.Platform = process.platform,
): (path: string) => string {
  if (platform !== 'darwin') return (path) => path;
  const own = new Map(Array.from(paths, (path) => [path.normalize('NFC'), path]));
  return (path) => own.get(path.normalize('NFC')) ?? path;
}
