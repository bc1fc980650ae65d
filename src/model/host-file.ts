/** Hosts that `outputs.hosts` of `registry.yaml` may name. */
export const HOSTS = ['cloudflare', 'netlify', 'nginx', 'caddy', 'github-pages', 's3'] as const;

export type Host = (typeof HOSTS)[number];

/**
 * What each host reads to serve a registry as it should be, below the output. S3 reads nothing: who publishes there gives
 * every object its headers.
 */
const FILES: Readonly<Record<Host, string | undefined>> = {
  cloudflare: '_headers',
  netlify: '_headers',
  nginx: 'hosts/nginx.conf',
  caddy: 'hosts/Caddyfile',
  'github-pages': '.nojekyll',
  s3: undefined,
};

/** Every path that a file for a host can have. */
export const HOST_FILES: readonly string[] = filesFor(HOSTS);

/** The paths of what some hosts read, in their order, each once. */
export function filesFor(hosts: readonly Host[]): string[] {
  return [...new Set(hosts.flatMap((host) => FILES[host] ?? []))];
}

/** Whether a path below an output is one that a file for a host can have. Others may have put one there themselves. */
export function isHostFile(path: string): boolean {
  return HOST_FILES.includes(path);
}

/** Whether a name in an output's top folder is that of such a file, or of the folder that holds some. */
export function isHostName(name: string): boolean {
  return HOST_FILES.some((path) => path.split('/', 1)[0] === name);
}
