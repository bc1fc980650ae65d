import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { secretService } from '../../../src/client/settings/secret-service.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { runCli } from '../../helpers/cli.ts';
import { scratch } from '../../helpers/scratch.ts';
import { PEERS_REQUIRED } from '../../helpers/peers.ts';

const URL_A = 'https://a.example/team/';
const SESSION = `printf open | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat >/dev/null`;

/** A desktop's session with an unlocked keyring, until the test ends; undefined where the programs are missing. */
async function desktop(): Promise<NodeJS.ProcessEnv | undefined> {
  try {
    for (const program of ['dbus-run-session', 'gnome-keyring-daemon', 'secret-tool']) {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    }
  } catch {
    return undefined;
  }
  const home = await scratch();
  const runtime = join(home, 'runtime');
  mkdirSync(runtime, { mode: 0o700 });
  const environment = { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: runtime };
  const session = spawn('dbus-run-session', ['--', 'sh', '-c', SESSION], { env: environment, stdio: 'pipe' });
  const ended = new Promise((resolve) => session.on('close', resolve));
  onTestFinished(async () => {
    session.stdin.end();
    await ended;
  });
  const address = await new Promise<string>((resolve) =>
    session.stdout.once('data', (text) => resolve(String(text).trim())),
  );
  return { ...environment, DBUS_SESSION_BUS_ADDRESS: address };
}

const MISSING =
  'needs dbus-run-session, gnome-keyring-daemon and secret-tool (apt-get install dbus gnome-keyring libsecret-tools)';

test('keeps, gives, replaces and forgets a secret', { timeout: 30_000 }, async ({ skip }) => {
  const environment = await desktop();
  if (environment === undefined) return PEERS_REQUIRED ? expect.fail(MISSING) : skip(MISSING);
  const keyring = secretService(environment);
  expect(await keyring.read(URL_A)).toBeUndefined();
  for (const secret of ['s3cr3t', ' p"ä\\ss ', '--label=x']) {
    await keyring.write(URL_A, secret);
    expect(await keyring.read(URL_A)).toBe(secret);
  }
  expect(await keyring.read('https://a.example/')).toBeUndefined();
  await keyring.remove(URL_A);
  expect(await keyring.read(URL_A)).toBeUndefined();
  await keyring.remove(URL_A);
  return undefined;
});

test('by the command line', { timeout: 60_000 }, async ({ skip }) => {
  const environment = await desktop();
  if (environment === undefined) return PEERS_REQUIRED ? expect.fail(MISSING) : skip(MISSING);
  const env = {
    ...environment,
    PACKYARD_CONFIG_DIR: join(String(environment['HOME']), 'settings'),
    CI_SECRET: 's3cr3t',
  };
  const login = ['login', URL_A, '--variable', 'CI_SECRET', '--keyring', '--no-verify'];
  expect((await runCli(login, { env })).stdout).toBe(
    `Stored the login for ${URL_A} in the keyring of this system. The registry was not asked whether it accepts it.\n`,
  );
  expect(await secretService(environment).read(URL_A)).toBe('s3cr3t');
  expect((await runCli(['registry', 'show', URL_A, '--no-live'], { env })).stdout).toContain(
    `token, stored for ${URL_A}`,
  );
  expect((await runCli(['logout', '--all'], { env })).stdout).toBe(`Forgot the login for ${URL_A}.\n`);
  expect(await secretService(environment).read(URL_A)).toBeUndefined();
  return undefined;
});

describe('where it cannot be used', () => {
  async function failureWith(script: string | undefined): Promise<unknown> {
    const folder = await scratch();
    if (script !== undefined) {
      writeFileSync(join(folder, 'secret-tool'), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, 'secret-tool'), 0o755);
    }
    return failureOf(secretService({ PATH: folder }).write(URL_A, 's3cr3t'));
  }

  test('there is no such program', async () => {
    expect(await failureWith(undefined)).toEqual({
      code: 'credentials-unusable',
      message: 'The keyring of this system cannot be used: there is no secret-tool.',
      hint: 'Install it (Debian: libsecret-tools; Fedora: libsecret), or log in without --keyring.',
    });
  });

  test('nobody is there to keep it', async () => {
    expect(await failureWith('echo "secret-tool: Cannot autolaunch D-Bus" >&2; exit 1')).toEqual({
      code: 'credentials-unusable',
      message: 'The keyring of this system could not be written: Cannot autolaunch D-Bus.',
      hint: 'Unlock it and try again, or log in without --keyring.',
    });
  });
});
