import { escapeControl } from '../../model/escape-control.ts';
import { hostApi, type ApiCall } from './host-api.ts';
import { openWithGh } from './open-with-gh.ts';
import type { OpenedPullRequest } from './pull-request.ts';
import type { PushResult } from './push-options.ts';
import type { PushPlaces } from './push-place.ts';
import { requireSafe, tokenFor, type Token } from './token-access.ts';
import type { HostKind, WebRepository } from './host-kind.ts';

export interface OpenPullRequestOptions {
  readonly result: PushResult;
  readonly places: PushPlaces;
  readonly api: string | undefined;
  readonly tokenVariable: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What a pull request is about, for every host the same. */
export interface NewPullRequest {
  readonly registry: WebRepository;
  readonly pushed: WebRepository;
  readonly base: string;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
}

/**
 * Opens the pull request, or finds the one that is open: with a token through the API of the host, or with `gh` where it
 * is installed. The branch has been pushed already, so that nothing is thrown: why it is not open is in what comes back.
 */
export async function openPullRequest(options: OpenPullRequestOptions): Promise<OpenedPullRequest> {
  const { result, places, signal } = options;
  const { registry, target } = places;
  const kind = result.pullRequest?.kind ?? 'git';
  if (registry.web === undefined && options.api === undefined)
    return { failure: 'the address of the registry belongs to no web page' };
  if (kind === 'git' || kind === 'bitbucket') {
    return {
      failure:
        kind === 'git'
          ? 'it is not known what host this is: say it with --host-kind'
          : 'for Bitbucket, Packyard knows no way',
    };
  }
  const web = registry.web ?? { origin: new URL(options.api ?? '').origin, path: '' };
  const [title = '', ...rest] = (result.packs.find(({ message }) => message !== undefined)?.message ?? '').split('\n');
  const more = result.packs.filter(({ change }) => change === 'new').length - 1;
  const asked: NewPullRequest = {
    registry: web,
    pushed: target.web ?? web,
    base: result.base.branch,
    branch: result.branch,
    title: more > 0 ? `${title} and ${more} more` : title,
    body: rest.join('\n').trim(),
  };
  try {
    const address = apiAddress(kind, web, options.api);
    const token = apiToken(address, kind, web, options);
    if (token === undefined) return kind === 'github' ? await openWithGh(asked, signal) : { failure: noToken(kind) };
    const call = apiCall(address, kind, token, signal);
    const { url, existed } = await hostApi(kind)(call, asked);
    return { url: checkedPage(url, web), by: 'api', existed };
  } catch (error) {
    if (signal?.aborted === true) return { failure: 'it was stopped' };
    return { failure: escapeControl(error instanceof Error ? error.message : String(error)) };
  }
}

function noToken(kind: HostKind): string {
  return `there is no token in ${kind === 'gitlab' ? 'GITLAB_TOKEN' : 'GITEA_TOKEN'} for this host; name its variable with --token-variable`;
}

/** With a slash at its end. */
function apiAddress(kind: HostKind, { origin }: WebRepository, named: string | undefined): URL {
  const { GITHUB_API_URL, GITHUB_SERVER_URL, CI_API_V4_URL, CI_SERVER_URL } = process.env;
  const own: Readonly<Record<string, string>> = {
    github: origin === 'https://github.com' ? 'https://api.github.com' : `${origin}/api/v3`,
    gitlab: `${origin}/api/v4`,
    gitea: `${origin}/api/v1`,
  };
  const ofJob =
    kind === 'github' && GITHUB_SERVER_URL === origin
      ? GITHUB_API_URL
      : kind === 'gitlab' && CI_SERVER_URL === origin
        ? CI_API_V4_URL
        : undefined;
  const address = named ?? (ofJob === undefined || ofJob === '' ? own[kind] : ofJob) ?? '';
  if (!/^https?:\/\//u.test(address) || !URL.canParse(address))
    throw new Error(`${JSON.stringify(address)} is no address of an API`);
  return new URL(`${address.replace(/\/+$/u, '')}/`);
}

/** A token is for the host of the registry; whoever names the API's address, or the variable, says that it is for that. */
function apiToken(
  address: URL,
  kind: HostKind,
  web: WebRepository,
  { tokenVariable, api }: OpenPullRequestOptions,
): Token | undefined {
  const token = tokenFor(web.origin, tokenVariable) ?? (api === undefined ? undefined : tokenOf(kind));
  if (token !== undefined) requireSafe(address.origin);
  return token;
}

function tokenOf(kind: HostKind): Token | undefined {
  const variables = { github: ['GH_TOKEN', 'GITHUB_TOKEN'], gitlab: ['GITLAB_TOKEN'], gitea: ['GITEA_TOKEN'] };
  for (const variable of kind in variables ? variables[kind as keyof typeof variables] : []) {
    const value = process.env[variable] ?? '';
    if (/^[\u0021-\u007e]+$/u.test(value)) return { variable, value };
  }
  return undefined;
}

/** Most bytes of an answer that is read. */
const LONGEST = 4_194_304;

function apiCall(address: URL, kind: HostKind, token: Token, signal: AbortSignal | undefined): ApiCall {
  return async (method, path, body) => {
    const url = new URL(path, address);
    const authorization: Record<string, string> =
      kind === 'gitlab'
        ? { 'private-token': token.value }
        : { authorization: `${kind === 'gitea' ? 'token' : 'Bearer'} ${token.value}` };
    const { transportFetch } = await import('../../client/transport/transport.ts');
    const own = await transportFetch({ caFiles: [], certificates: new Map(), environment: process.env });
    const limits = [AbortSignal.timeout(30_000), ...(signal === undefined ? [] : [signal])];
    const answer = await (own ?? fetch)(url, {
      method,
      headers: {
        ...authorization,
        accept: 'application/json',
        'content-type': 'application/json',
        'user-agent': 'packyard',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // A token goes to the host that it is for, and to no other that this one names.
      redirect: 'manual',
      signal: AbortSignal.any(limits),
    } as RequestInit);
    const text = await bounded(answer);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      value = undefined;
    }
    return { status: answer.status, value };
  };
}

async function bounded(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LONGEST) throw new Error('the API answers with more than anybody reads');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What an answer names is printed, and opened by somebody: only where it is a page of the registry's own host. */
function checkedPage(url: string, { origin }: WebRepository): string {
  const page = URL.canParse(url) ? new URL(url) : undefined;
  if (
    page === undefined ||
    !/^https?:$/u.test(page.protocol) ||
    page.hostname !== new URL(origin).hostname ||
    page.username !== ''
  ) {
    throw new Error('the API named a page of another host');
  }
  return page.href;
}
