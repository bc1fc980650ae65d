import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';

import type { BareRemote } from '../bare-remote.ts';
import { gitDaemon } from '../git-daemon.ts';
import { gitWebServer, missingGitWebServer } from '../git-web-server.ts';

/** A way in which a tutorial reaches its repository: nothing but the address is different. */
export interface GitHost {
  readonly name: string;
  /** Why it cannot be had here. */
  readonly missing: string | undefined;
  /** The address of a repository there, and whether somebody pushed to it in that way. */
  serve(remote: BareRemote): Promise<{ readonly url: string; readonly isPushedTo: () => boolean }>;
}

const missing = missingGitWebServer();

export const GIT_HOSTS: readonly GitHost[] = [
  {
    name: 'over file://',
    missing: undefined,
    serve: async (remote) => ({ url: remote.url, isPushedTo: () => hasBranches(remote) }),
  },
  {
    name: 'over git://, to git daemon',
    missing: undefined,
    serve: async (remote) => ({ url: await gitDaemon(remote.path), isPushedTo: () => hasBranches(remote) }),
  },
  {
    name: `over http with a login, to Apache${missing === undefined ? '' : ` (skipped: ${missing})`}`,
    missing,
    async serve(remote) {
      chmodSync(dirname(remote.path), 0o755);
      const server = await gitWebServer(dirname(remote.path));
      const isPushedTo = (): boolean => /POST \/remote\.git\/git-receive-pack 200/u.test(server.requests().join('\n'));
      return { url: server.url('remote.git'), isPushedTo };
    },
  },
];

function hasBranches(remote: BareRemote): boolean {
  return remote.git('for-each-ref', 'refs/heads') !== '';
}

/** A login as a credential helper of the user gives it. */
export const LOGIN = '[credential]\n\thelper = "!f() { echo username=ada; echo password=geheim; }; f"\n';
