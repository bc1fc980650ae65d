/** Folder of a release below the registry's base. */
export function releaseFolder({ name, version }: { readonly name: string; readonly version: string }): string {
  return `packs/${name}/${version}`;
}

/** Path of a release's archive below the registry's base. */
export function artifactPath(facts: { readonly name: string; readonly version: string }): string {
  return `${releaseFolder(facts)}/${facts.name}-${facts.version}.tar.gz`;
}

/** The release whose archive is at a path; undefined where something else is. */
export function releaseAt(path: string): { readonly name: string; readonly version: string } | undefined {
  const [, name = '', version = ''] = path.split('/');
  return path === artifactPath({ name, version }) ? { name, version } : undefined;
}
