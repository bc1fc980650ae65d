const ENTRY = /^(?:100644|100755) blob (?<oid>[0-9a-f]+)\t(?<path>.+)$/su;

/** Regular files of what `git ls-tree -r -z` prints. Links and submodules are none. */
export function parseBranchFiles(listed: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const line of listed.split('\0')) {
    const { oid, path } = ENTRY.exec(line)?.groups ?? {};
    if (oid !== undefined && path !== undefined) files.set(path, oid);
  }
  return files;
}

const OTHER = /^(?:120000|160000) \S+ [0-9a-f]+\t(?<path>.+)$/su;

/** Paths of links and submodules. */
export function parseBranchLinks(listed: string): readonly string[] {
  return listed.split('\0').flatMap((line) => OTHER.exec(line)?.groups?.['path'] ?? []);
}
