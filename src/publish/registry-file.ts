/** The paths that a build and publishing make; of a pack and a release, whatever they are called. */
const SHAPES: readonly RegExp[] = [
  /^(?:index|search|sources)\.json$/u,
  /^packs\/[^/]+\/(?:index|[0-9a-f]{64})\.json$/u,
  /^packs\/[^/]+\/[^/]+\/(?:README\.md|values\.yaml|pack\.json|[^/]+\.tar\.gz)$/u,
  /^logos\/[0-9a-f]{64}-\d+\.(?:png|webp)$/u,
  /^(?:search|sources)\/[0-9a-f]{64}\.json$/u,
  /^schemas\/[^/]+\.json$/u,
  /^history\/\d+-[0-9a-f]{64}\.json$/u,
];

/**
 * Whether a path is one that a registry's files have. What else lies in its folders was put there by somebody: it is
 * never removed.
 */
export function isRegistryFile(path: string): boolean {
  return SHAPES.some((shape) => shape.test(path));
}
