import type { FileMap } from './git-repository.ts';

export interface PackOptions {
  readonly name?: string;
  readonly version?: string;
  /** Merged into `pack.json`. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** More files, relative to the pack; they replace the pack's own, and null leaves one out. */
  readonly files?: FileMap;
}

/** The files of a small pack that is in order, below a directory. */
export function packFiles(directory: string, options: PackOptions = {}): FileMap {
  const { name = 'demo', version = '1.0.0', manifest = {}, files = {} } = options;
  const json = { name, version, displayName: 'Demo', layer: 'addon', cloudTypes: ['all'], ...manifest };
  const own: FileMap = {
    'pack.json': `${JSON.stringify(json, null, 2)}\n`,
    'values.yaml': 'pack:\n  namespace: demo\n',
    'README.md': `# ${name}\n`,
  };
  return Object.fromEntries(
    Object.entries({ ...own, ...files }).map(([path, content]) => [`${directory}/${path}`, content]),
  );
}
