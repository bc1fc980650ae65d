/** A Git remote as people can open it in a browser. */
export interface RemoteAddress {
  /** Without user, password, `.git` and slash at the end: `https://github.com/acme/packs`. */
  readonly web: string;
  readonly host: string;
  /** Such as `acme/packs`. */
  readonly path: string;
}

/** The page of a remote, whichever way Git reaches it; undefined for one on this machine or one that has no page. */
export function remoteAddress(remote: string): RemoteAddress | undefined {
  const scp = /^(?:[^@/:\s]+@)?(?<host>[^/:@\s]{2,}):(?!\/)(?<path>[^\s]+)$/u.exec(remote)?.groups;
  if (scp !== undefined) return addressOf(scp['host'], scp['path']);
  if (!/^(?:https?|ssh|git|git\+ssh):\/\//iu.test(remote) || !URL.canParse(remote)) return undefined;
  const { protocol, host, hostname, pathname } = new URL(remote);
  // Only the web's own port says where the page is.
  return protocol.startsWith('http') ? addressOf(host, pathname, protocol) : addressOf(hostname, pathname);
}

function addressOf(host = '', path = '', protocol = 'https:'): RemoteAddress | undefined {
  const plain = path
    .replace(/^\/+/u, '')
    .replace(/\/+$/u, '')
    .replace(/\.git$/u, '');
  const web = `${protocol}//${host}/${plain}`;
  if (host === '' || plain === '' || !/^[^\s@?#]{1,500}$/u.test(web) || !URL.canParse(web)) return undefined;
  return { web, host: host.toLowerCase(), path: plain };
}

/** Where GitHub Pages shows a repository of github.com. */
export function pagesAddress({ host, path }: RemoteAddress): string | undefined {
  const [owner = '', name = '', ...rest] = path.toLowerCase().split('/');
  if (host !== 'github.com' || name === '' || rest.length > 0) return undefined;
  return name === `${owner}.github.io` ? `https://${name}/` : `https://${owner}.github.io/${path.split('/')[1]}/`;
}
