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
  if (scp !== undefined) return addressOf(pageHost(scp['host']), scp['path']);
  if (!/^(?:https?|ssh|git|git\+ssh):\/\//iu.test(remote) || !URL.canParse(remote)) return undefined;
  const { protocol, host, hostname, pathname } = new URL(remote);
  // Only the web's own port says where the page is.
  return protocol.startsWith('http') ? addressOf(host, pathname, protocol) : addressOf(pageHost(hostname), pathname);
}

/** Hosts that answer SSH under a name of its own, where the usual port is closed; any other is called as its pages are. */
const SSH_HOSTS: Readonly<Record<string, string>> = {
  'ssh.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
  'altssh.bitbucket.org': 'bitbucket.org',
};

/** Empty for a name that only the settings of SSH on this machine know. */
function pageHost(host = ''): string {
  return host.includes('.') ? (SSH_HOSTS[host.toLowerCase()] ?? host) : '';
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
  if (host !== 'github.com' || rest.length > 0 || !/^[a-z0-9-]+$/u.test(owner) || !/^[\w.-]+$/u.test(name))
    return undefined;
  return name === `${owner}.github.io` ? `https://${name}/` : `https://${owner}.github.io/${path.split('/')[1]}/`;
}
