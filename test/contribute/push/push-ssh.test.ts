import { execFileSync } from 'node:child_process';

import { describe, expect, it, onTestFinished } from 'vitest';

import { push } from '../../../src/contribute/push/push.ts';
import { withEnvironment } from '../../helpers/environment.ts';
import { loosePack, pushRegistry } from '../../helpers/push-registry.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { missingSshServer, sshServer } from '../../helpers/ssh-server.ts';

const missing = missingSshServer();

/** Starts an agent that ends with the test. */
function agent(): void {
  const said = execFileSync('ssh-agent', ['-s'], { encoding: 'utf8' });
  const { SSH_AUTH_SOCK, SSH_AGENT_PID } =
    /SSH_AUTH_SOCK=(?<SSH_AUTH_SOCK>[^;]+);[^]*SSH_AGENT_PID=(?<SSH_AGENT_PID>\d+);/u.exec(said)?.groups ?? {};
  onTestFinished(() => {
    process.kill(Number(SSH_AGENT_PID));
  });
  withEnvironment({ SSH_AUTH_SOCK });
}

describe.skipIf(missing !== undefined)(`SSH${missing === undefined ? '' : ` (${missing})`}`, () => {
  it('gets in with a key that the program of a variable knows, or that an agent has', async () => {
    const [remote, server] = [await pushRegistry(), await sshServer()];
    const registry = server.url(remote.path);
    withEnvironment({ GIT_SSH_COMMAND: server.command(server.key), SSH_AUTH_SOCK: undefined });
    const first = await push({ directories: [await loosePack({ version: '1.1.0' })], registry, cache: false });
    expect(first).toMatchObject({ outcome: 'pushed', registry: registry.replace(/\/\/[^@]*@/u, '//') });
    // The server is not told that the client knows a newer protocol: it gives single files only where it is told to.
    remote.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    agent();
    execFileSync('ssh-add', ['-q', server.key]);
    withEnvironment({ GIT_SSH_COMMAND: server.command(undefined) });
    const second = await push({ directories: [await loosePack({ version: '1.2.0' })], registry, cache: false });
    expect(second.outcome).toBe('pushed');
    expect(remote.git('for-each-ref', '--format=%(refname:short)', 'refs/heads/packyard')).toBe(
      'packyard/demo-1.1.0\npackyard/demo-1.2.0',
    );
  });

  it('says what was tried where no key gets in, or where the repository is not there', async () => {
    const [remote, server] = [await pushRegistry(), await sshServer()];
    const directories = [await loosePack({ version: '1.1.0' })];
    const failing = async (path: string): Promise<object> =>
      failureOf(push({ directories, registry: server.url(path), cache: false }));
    withEnvironment({ GIT_SSH_COMMAND: server.command(server.otherKey), SSH_AUTH_SOCK: undefined });
    expect(await failing(remote.path)).toMatchObject({
      code: 'registry-denied',
      message: expect.stringContaining(' could not be read: there is no access. Git says: '),
      hint: 'Nothing was changed there or here. Tried: the program in GIT_SSH_COMMAND; no SSH agent (SSH_AUTH_SOCK is not set). Who may not push to the registry pushes to a --fork.',
    });
    agent();
    withEnvironment({ GIT_SSH_COMMAND: server.command(undefined) });
    expect(await failing(remote.path)).toMatchObject({
      code: 'registry-denied',
      hint: expect.stringContaining('Tried: the program in GIT_SSH_COMMAND; an SSH agent without keys.'),
    });
    withEnvironment({ GIT_SSH_COMMAND: server.command(server.key) });
    expect(await failing(`${remote.path}.gone`)).toMatchObject({ code: 'registry-not-found' });
    expect(remote.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });
});
