/** What serves a Git repository, as far as pull requests go. */
export const HOST_KINDS = ['github', 'gitlab', 'gitea', 'bitbucket', 'git'] as const;

export type HostKind = (typeof HOST_KINDS)[number];

/** Where the pages of a repository are. */
export interface WebRepository {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Without a slash at either end: `owner/name`. */
  readonly path: string;
}

/** The pages that go with an address as messages show it; undefined for one that no web page goes with. */
export function webRepository(shown: string): WebRepository | undefined {
  const { scheme, host, path } = partsOf(shown);
  if (host === undefined || path === undefined) return undefined;
  const plain = path.replaceAll(/^\/+|\/+$/gu, '').replace(/\.git$/u, '');
  if (!/^[\w.~+-]+(?:\/[\w.~+-]+)+$/u.test(plain) || plain.split('/').some((part) => /^\.{1,2}$/u.test(part)))
    return undefined;
  if (scheme === 'http' || scheme === 'https') return { origin: `${scheme}://${host}`, path: plain };
  // The port of SSH says nothing about that of the web.
  return { origin: `https://${host.replace(/:\d+$/u, '')}`, path: plain };
}

function partsOf(shown: string): { readonly scheme?: string; readonly host?: string; readonly path?: string } {
  const url = /^(?<scheme>https?|ssh|git\+ssh|ssh\+git):\/\/(?:[^/@]*@)?(?<host>[\w.-]+(?::\d+)?)\/(?<path>.*)$/iu.exec(
    shown,
  );
  if (url?.groups !== undefined) return lowered(url.groups);
  const scp = /^(?:[^/@:]*@)?(?<host>[\w.-]{2,}):(?<path>[^/\\].*|\/.*)$/u.exec(shown);
  return scp?.groups === undefined || /^[A-Za-z][\w+.-]*:\/\//u.test(shown)
    ? {}
    : lowered({ ...scp.groups, scheme: 'ssh' });
}

function lowered({ scheme, host, path }: Readonly<Record<string, string>>): {
  scheme?: string;
  host?: string;
  path?: string;
} {
  return {
    ...(scheme !== undefined && { scheme: scheme.toLowerCase() }),
    ...(host !== undefined && { host: host.toLowerCase() }),
    ...(path !== undefined && { path }),
  };
}

const BY_NAME: readonly (readonly [RegExp, HostKind])[] = [
  [/^(?:www\.)?github\.com$|^github\.|\.ghe\.com$/u, 'github'],
  [/^(?:www\.)?gitlab\.com$|^gitlab\./u, 'gitlab'],
  [/^(?:codeberg\.org|gitea\.com)$|^(?:gitea|forgejo|codeberg)\./u, 'gitea'],
  [/^bitbucket\.org$/u, 'bitbucket'],
];

/** By the path of the page that a host tells who pushes a new branch to it. */
const BY_PATH: readonly (readonly [RegExp, HostKind])[] = [
  [/\/-\/merge_requests\/new$/u, 'gitlab'],
  [/\/pull\/new\/.+$/u, 'github'],
  [/\/compare\/.+$/u, 'gitea'],
  [/\/pull-requests\/new$/u, 'bitbucket'],
];

/** What a host is: by its name, or else by the page that it named when a branch was pushed. */
export function hostKindOf(web: WebRepository | undefined, said?: URL): HostKind {
  if (web === undefined) return 'git';
  const { hostname } = new URL(web.origin);
  const named = BY_NAME.find(([pattern]) => pattern.test(hostname))?.[1];
  if (named !== undefined) return named;
  return (said && BY_PATH.find(([pattern]) => pattern.test(said.pathname))?.[1]) ?? 'git';
}

/** The page that a remote named for the branch, if it is one of its own host; anything else is not to be trusted. */
export function pageSaid(stderr: string, web: WebRepository | undefined): URL | undefined {
  if (web === undefined) return undefined;
  const { hostname } = new URL(web.origin);
  for (const [text] of stderr.matchAll(/(?<=^remote:.*)https?:\/\/[^\s<>"']+/gmu)) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url?.hostname === hostname && url.username === '' && url.password === '') return url;
  }
  return undefined;
}
