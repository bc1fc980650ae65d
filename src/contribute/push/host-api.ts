import { isMapping, propertyOf } from '../../model/json-value.ts';
import type { HostKind } from './host-kind.ts';
import type { NewPullRequest } from './open-pull-request.ts';
import { headOf } from './pull-request.ts';

/** Asks the API; paths are relative to its address. Rejects where there is no answer. */
export type ApiCall = (
  method: 'GET' | 'POST',
  path: string,
  body?: Readonly<Record<string, unknown>>,
) => Promise<{ readonly status: number; readonly value: unknown }>;

/** The page of a pull request, and whether it was open before. */
export interface OpenedPage {
  readonly url: string;
  readonly existed: boolean;
}

type HostApi = (call: ApiCall, asked: NewPullRequest) => Promise<OpenedPage>;

export function hostApi(kind: Exclude<HostKind, 'git' | 'bitbucket'>): HostApi {
  return { github: onGitHub, gitlab: onGitLab, gitea: onGitea }[kind];
}

/** Source: https://docs.github.com/en/rest/pulls/pulls */
async function onGitHub(
  call: ApiCall,
  { registry, pushed, base, branch, title, body }: NewPullRequest,
): Promise<OpenedPage> {
  const path = `repos/${encoded(registry.path)}/pulls`;
  const head = headOf(registry, pushed, branch);
  const made = await call('POST', path, { title, body, head, base, maintainer_can_modify: true });
  if (made.status === 201) return { url: textAt(made.value, 'html_url'), existed: false };
  const owner = pushed.path.split('/')[0] ?? '';
  const query = new URLSearchParams({ head: `${owner}:${branch}`, base, state: 'open' });
  const found = made.status === 422 ? await call('GET', `${path}?${query.toString()}`) : undefined;
  const [first] = listOf(found?.value);
  if (first !== undefined) return { url: textAt(first, 'html_url'), existed: true };
  throw refusal(made);
}

/** Source: https://docs.gitlab.com/api/merge_requests/ */
async function onGitLab(
  call: ApiCall,
  { registry, pushed, base, branch, title, body }: NewPullRequest,
): Promise<OpenedPage> {
  const project = `projects/${encodeURIComponent(registry.path)}`;
  const forked = registry.path !== pushed.path;
  const target = forked ? await call('GET', project) : undefined;
  const id = propertyOf(target?.value, 'id');
  if (target !== undefined && typeof id !== 'number') throw refusal(target);
  const source = `projects/${encodeURIComponent(pushed.path)}/merge_requests`;
  const request = {
    source_branch: branch,
    target_branch: base,
    title,
    description: body,
    ...(forked && { target_project_id: id }),
  };
  const made = await call('POST', source, request);
  if (made.status === 201) return { url: textAt(made.value, 'web_url'), existed: false };
  const query = new URLSearchParams({ source_branch: branch, target_branch: base, state: 'opened' });
  const found = made.status === 409 ? await call('GET', `${project}/merge_requests?${query.toString()}`) : undefined;
  const [first] = listOf(found?.value);
  if (first !== undefined) return { url: textAt(first, 'web_url'), existed: true };
  throw refusal(made);
}

/** Source: https://docs.gitea.com/api/ (repoCreatePullRequest) */
async function onGitea(
  call: ApiCall,
  { registry, pushed, base, branch, title, body }: NewPullRequest,
): Promise<OpenedPage> {
  const path = `repos/${encoded(registry.path)}/pulls`;
  const head = headOf(registry, pushed, branch);
  const made = await call('POST', path, { title, body, head, base });
  if (made.status === 201) return { url: textAt(made.value, 'html_url'), existed: false };
  const found = made.status === 409 ? await call('GET', `${path}?state=open&limit=50`) : undefined;
  const first = listOf(found?.value).find((each) => propertyOf(propertyOf(each, 'head'), 'ref') === branch);
  if (first !== undefined) return { url: textAt(first, 'html_url'), existed: true };
  throw refusal(made);
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textAt(value: unknown, key: string): string {
  const text = propertyOf(value, key);
  if (typeof text === 'string') return text;
  throw new Error('the API does not say where the pull request is');
}

/** What it says itself, cut short: it can hold anything. */
function refusal({ status, value }: { readonly status: number; readonly value: unknown }): Error {
  const message = isMapping(value) ? propertyOf(value, 'message') : undefined;
  const details = listOf(propertyOf(value, 'errors')).flatMap((each) => propertyOf(each, 'message') ?? []);
  const words = [message, ...details].filter((each) => typeof each === 'string').join(': ');
  const said = words === '' ? '' : `: ${words.slice(0, 500)}`;
  const why = status === 401 || status === 403 ? 'the token may not do that' : 'it was refused';
  return new Error(`${why}, the API answers ${status}${said}`);
}
