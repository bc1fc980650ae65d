import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, onTestFinished, test } from 'vitest';

import { PackyardError } from '../../src/errors.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { snapshotOfRevision } from '../../src/repo/snapshot.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { scratch } from '../helpers/scratch.ts';
import { trap } from '../helpers/trap.ts';

describe('where objects are fetched when they are needed, no program runs for', () => {
  /** A clone without files' contents. */
  async function partial(from: TestRepository): Promise<string> {
    from.git('config', 'uploadpack.allowFilter', 'true');
    from.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    const path = join(await scratch(), 'partial');
    from.git('clone', '--quiet', '--no-checkout', '--filter=blob:none', pathToFileURL(from.path).href, path);
    return path;
  }

  async function refusing(): Promise<string> {
    const server = createServer((_request, response) => {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
  }

  test.each<[string, (program: string, url: string) => Readonly<Record<string, string>>]>([
    ['core.sshCommand', (program) => ({ 'core.sshCommand': program, 'remote.origin.url': 'ssh://127.0.0.1:1/x' })],
    ['core.gitProxy', (program) => ({ 'core.gitProxy': program, 'remote.origin.url': 'git://127.0.0.1:1/x' })],
    ['credential.helper', (program, url) => ({ 'credential.helper': `!${program}`, 'remote.origin.url': url })],
    [
      'the helper of an address',
      (program, url) => ({ [`credential.${url}.helper`]: `!${program}`, 'remote.origin.url': url }),
    ],
    ['core.askPass', (program, url) => ({ 'core.askPass': program, 'remote.origin.url': url })],
    ['remote.origin.uploadpack', (program) => ({ 'remote.origin.uploadpack': `${program} x; git-upload-pack` })],
    [
      'an address that is a command',
      (program) => ({ 'protocol.ext.allow': 'always', 'remote.origin.url': `ext::${program} x` }),
    ],
    [
      'an address that is made one',
      (program) => ({ 'protocol.ext.allow': 'always', [`url.ext::${program} x.insteadOf`]: 'file:' }),
    ],
    ['core.alternateRefsCommand', (program) => ({ 'core.alternateRefsCommand': `${program} x` })],
  ])('%s', async (name, settings) => {
    const made = await trap();
    const path = await partial(made.repository);
    if (name === 'core.alternateRefsCommand') {
      const other = await gitRepository({ f: '' });
      writeFileSync(join(path, '.git/objects/info/alternates'), `${join(other.path, '.git/objects')}\n`);
    }
    for (const [key, value] of Object.entries(settings(made.program, await refusing()))) {
      execFileSync('git', ['config', key, value], { cwd: path });
    }
    const folder = await scratch();
    const work = (async () => {
      const snapshot = await snapshotOfRevision(await openRepository(path), 'HEAD');
      onTestFinished(() => snapshot.close());
      const blob = execFileSync('git', ['rev-parse', 'HEAD:packs/demo/pack.json'], { cwd: path, encoding: 'utf8' });
      await snapshot.objects.read(blob.trim());
    })();
    await work.catch((error: unknown) => expect(error).toBeInstanceOf(PackyardError));
    expect(made.sprung()).toBe(false);
    const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', HOME: folder };
    const args = ['cat-file', '-p', 'HEAD:packs/other/pack.json'];
    // Not synchronously: the server that refuses is in this process.
    await new Promise((resolve) => void execFile('git', args, { cwd: path, env }, resolve));
    expect(made.sprung()).toBe(true);
  });
});
