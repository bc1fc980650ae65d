import { isRegistryPath } from '../../remote/document-paths.ts';

/**
 * The path of a registry's file that the target of a request names, decoded once; '' for the top. Undefined for all that
 * no registry holds: other files of the folder, ways out of it, names that mean something to some system.
 */
export function requestPath(target: string): string | undefined {
  const [path = ''] = target.split('?', 1);
  if (path === '/') return '';
  if (!path.startsWith('/')) return undefined;
  const names = path.slice(1).split('/').map(decoded);
  // A slash that was written as %2F is part of a name, and no name holds one.
  if (names.some((name) => name === undefined || name.includes('/'))) return undefined;
  const joined = names.join('/');
  return isRegistryPath(joined) ? joined : undefined;
}

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
