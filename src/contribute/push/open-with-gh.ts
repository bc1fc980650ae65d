import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';

import { systemCode } from '../../errors.ts';
import type { NewPullRequest } from './open-pull-request.ts';
import { headOf, type OpenedPullRequest } from './pull-request.ts';

/** Opens a pull request with GitHub's own program, which has its own login. */
export async function openWithGh(asked: NewPullRequest, signal: AbortSignal | undefined): Promise<OpenedPullRequest> {
  const { registry, pushed, base, branch, title, body } = asked;
  const { host } = new URL(registry.origin);
  const args = [
    'pr',
    'create',
    `--repo=${host}/${registry.path}`,
    `--head=${headOf(registry, pushed, branch)}`,
    `--base=${base}`,
    `--title=${title}`,
    `--body=${body}`,
  ];
  const { failure, stdout, stderr } = await runGh(args, signal);
  // Where there is one already, gh fails and names it.
  const [url] = pagesIn(stdout, host) ?? [];
  if (failure === undefined && url !== undefined) return { url, by: 'gh', existed: false };
  const [existing] = /already exists/u.test(stderr) ? (pagesIn(stderr, host) ?? []) : [];
  if (existing !== undefined) return { url: existing, by: 'gh', existed: true };
  if (failure === 'ENOENT') {
    return { failure: 'there is no token in GITHUB_TOKEN or GH_TOKEN for this host, and gh is not installed' };
  }
  const line = stderr.split('\n').find((each) => each !== '') ?? 'it named no page';
  return { failure: `gh says: ${line.slice(0, 500)}` };
}

function pagesIn(text: string, host: string): readonly string[] | undefined {
  const pages = Array.from(text.matchAll(/https:\/\/[\w.:-]+\/[\w./-]+\/pull\/\d+/gu), ([page]) => page);
  const own = pages.filter((page) => new URL(page).host === host);
  return own.length === 0 ? undefined : own;
}

interface GhResult {
  readonly failure: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Elsewhere than in the user's checkout, which it would look around in. */
function runGh(args: readonly string[], signal: AbortSignal | undefined): Promise<GhResult> {
  const env = { ...process.env, GH_PROMPT_DISABLED: '1', GH_NO_UPDATE_NOTIFIER: '1', NO_COLOR: '1' };
  const options = { cwd: tmpdir(), env, timeout: 60_000, windowsHide: true, ...(signal !== undefined && { signal }) };
  return new Promise((resolve) => {
    execFile('gh', [...args], options, (error, stdout, stderr) => {
      resolve({ failure: error === null ? undefined : (systemCode(error) ?? 'failed'), stdout, stderr });
    });
  });
}
