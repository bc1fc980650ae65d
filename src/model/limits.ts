/** Bounds on what is read. Everything read is hostile, so that nothing expands without one. */
export const LIMITS = {
  /** Directories that globs of packs may lead into: room for 100,000 packs with a folder above each. */
  directories: 1_000_000,
  /** Directories that the commits of a history changed where packs can be, each counted as often as it changed. */
  historicDirectories: 2_500_000,
  /** Bytes of `registry.yaml`. */
  configBytes: 1_048_576,
  /** Bytes of one file of `status/`, and how many of them there may be. */
  statusBytes: 65_536,
  statusFiles: 20_000,
  /** Bytes of one `pack.json`. */
  packJsonBytes: 1_048_576,
  /** Levels of nesting in JSON and YAML. */
  depth: 100,
  /** Bytes of one `values.yaml`. */
  valuesBytes: 8_388_608,
  /** Values in one YAML document after its aliases are expanded. */
  yamlNodes: 1_000_000,
  /** Bytes of one file of a pack. */
  fileBytes: 67_108_864,
  /** What one pack's directory may hold: no file system takes a longer path than this. */
  packFiles: { entries: 20_000, levels: 64, characters: 4096 },
  /** Bytes of one `.packignore`. */
  packignoreBytes: 65_536,
  /** Comparisons of a rule or a character while the rules of one `.packignore` are applied: about a second. */
  packignoreSteps: 100_000_000,
  /** Bytes of all files of a pack of which many may be in memory at once. */
  smallPackBytes: 16_777_216,
  /** Bytes of all files of one pack. */
  packBytes: 201_326_592,
  /**
   * How many times its size the archive of a pack may grow when it is expanded, which counts once it has grown to
   * `anyRatioBytes`. A pack of 60 MB of blanks can be built, so that this is all that gzip can do, and `packBytes` is what
   * bounds a bomb. Of 128 real archives none grows more than 17 times.
   */
  expansion: { ratio: 1032, anyRatioBytes: 16_777_216 },
  /** Bytes of one chart archive when expanded. */
  chartBytes: 67_108_864,
  /**
   * Bytes of one document of a published registry: 100,000 releases take a third of it. `containers` bounds the objects
   * and lists in it, which take up to ten times their bytes in memory.
   */
  documents: { bytes: 67_108_864, containers: 4_000_000 },
  /** Bytes of one other file of a published registry. */
  publishedFileBytes: 268_435_456,
  /** Pixels of one logo: room for 5000 by 5000, the largest seen being 3750 by 3750. */
  logoPixels: 25_000_000,
  /** Bytes of an SVG logo. */
  svgBytes: 524_288,
} as const;
