import { hostKindOf, type HostKind, type WebRepository } from './host-kind.ts';

/** How what was pushed becomes a pull request. */
export interface PullRequest {
  readonly kind: HostKind;
  /** The page on which it is opened; absent for plain Git. */
  readonly url?: string;
}

/** What became of opening it. */
export type OpenedPullRequest =
  | { readonly url: string; readonly by: 'api' | 'gh'; readonly existed: boolean }
  | { readonly failure: string };

export interface PullRequestFacts {
  /** Pages of the registry, and of what was pushed to, which may be the same. */
  readonly registry: WebRepository | undefined;
  readonly pushed: WebRepository | undefined;
  readonly base: string;
  readonly branch: string;
  /** What the user says that the host is. */
  readonly kind: HostKind | undefined;
  /** The page that the remote named. */
  readonly said?: URL | undefined;
}

export function pullRequestOf(facts: PullRequestFacts): PullRequest {
  const { registry, said } = facts;
  const kind = facts.kind ?? hostKindOf(registry, said);
  if (registry === undefined || kind === 'git') return said === undefined ? { kind } : { kind, url: said.href };
  return { kind, url: PAGES[kind](registry, facts.pushed ?? registry, facts) };
}

type Page = (registry: WebRepository, pushed: WebRepository, facts: PullRequestFacts) => string;

const PAGES: Readonly<Record<Exclude<HostKind, 'git'>, Page>> = {
  github: (registry, pushed, { base, branch }) =>
    `${registry.origin}/${registry.path}/compare/${inPath(base)}...${headOf(registry, pushed, inPath(branch))}?expand=1`,
  gitlab: (registry, pushed, { base, branch }) => {
    // Where it was forked from is what GitLab proposes by itself.
    const target = pushed.path === registry.path ? { 'merge_request[target_branch]': base } : {};
    const query = new URLSearchParams({ 'merge_request[source_branch]': branch, ...target });
    return `${pushed.origin}/${pushed.path}/-/merge_requests/new?${query.toString()}`;
  },
  gitea: (registry, pushed, { base, branch }) =>
    `${registry.origin}/${registry.path}/compare/${inPath(base)}...${headOf(registry, pushed, inPath(branch))}`,
  bitbucket: (registry, pushed, { base, branch }) => {
    const query = new URLSearchParams({ source: branch, dest: `${registry.path}::${base}` });
    return `${pushed.origin}/${pushed.path}/pull-requests/new?${query.toString()}`;
  },
};

/** The branch, with whose fork it is in. */
export function headOf(registry: WebRepository, pushed: WebRepository, branch: string): string {
  return pushed.path === registry.path ? branch : `${ownerOf(pushed)}:${branch}`;
}

function ownerOf({ path }: WebRepository): string {
  return path.split('/')[0] ?? '';
}

function inPath(branch: string): string {
  return branch.split('/').map(encodeURIComponent).join('/');
}
