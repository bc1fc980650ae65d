import { execFile } from 'node:child_process';

import { stripVTControlCharacters } from 'node:util';

import { systemCode } from '../../errors.ts';
import { escapeControl } from '../../model/escape-control.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../repo/temporary-folder.ts';
import type { NewPullRequest } from './open-pull-request.ts';
import { headOf, type OpenedPullRequest } from './pull-request.ts';
import { trustedProgram } from './trusted-program.ts';

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
  return { failure: `gh says: ${escapeControl(stripVTControlCharacters(line).slice(0, 500))}` };
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

/** In a folder of its own, because it looks around in the one that it is started in. */
async function runGh(args: readonly string[], signal: AbortSignal | undefined): Promise<GhResult> {
  const cwd = await makeTemporaryFolder('tree');
  const own = { GH_PROMPT_DISABLED: '1', GH_NO_UPDATE_NOTIFIER: '1', NO_COLOR: '1', GIT_CEILING_DIRECTORIES: cwd };
  const options = { cwd, env: { ...process.env, ...own }, timeout: 60_000, windowsHide: true };
  try {
    return await new Promise((resolve) => {
      execFile(trustedProgram('gh'), [...args], { ...options, ...(signal && { signal }) }, (error, stdout, stderr) => {
        resolve({ failure: error === null ? undefined : (systemCode(error) ?? 'failed'), stdout, stderr });
      });
    });
  } finally {
    await removeTemporaryFolder(cwd);
  }
}
