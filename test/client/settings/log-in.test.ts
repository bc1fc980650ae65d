import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { logIn } from '../../../src/client/settings/log-in.ts';
import { logOut, logOutOfAll } from '../../../src/client/settings/log-out.ts';
import { loginAddress } from '../../../src/client/settings/login-address.ts';
import type { Login } from '../../../src/client/settings/login.ts';
import { registryTarget } from '../../../src/client/settings/registry-target.ts';
import { showRegistry } from '../../../src/client/settings/show-registry.ts';
import { httpServer } from '../../helpers/http-server.ts';
import { publishedRegistry, servesFiles } from '../../helpers/published-registry.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { settingsHome, type SettingsHome } from '../../helpers/settings-home.ts';

const files = publishedRegistry();

/** Lets in who sends a header so. */
function demands(header: string, value: string): RequestListener {
  const serve = servesFiles(files);
  return (request, response) => {
    if (request.headers[header] === value) serve(request, response);
    else response.writeHead(401).end();
  };
}

async function logInTo(home: SettingsHome, registry: string, login: Login, verify = true): ReturnType<typeof logIn> {
  const { environment, cwd } = home;
  return logIn({ to: await loginAddress(registry, environment, cwd), login, verify, environment });
}

const pair = Buffer.from('me:pä:ss').toString('base64');

describe('stored after the registry was asked', () => {
  test.each<[string, string, Login]>([
    ['authorization', 'Bearer s3cr3t', { kind: 'token', secret: 's3cr3t' }],
    ['authorization', `Basic ${pair}`, { kind: 'basic', username: 'me', secret: 'pä:ss' }],
    ['x-api-key', 's3cr3t', { kind: 'header', header: 'X-Api-Key', secret: 's3cr3t' }],
  ])('%s: %s', async (header, value, login) => {
    const home = await settingsHome();
    const server = await httpServer(demands(header, value));
    home.config({ registries: { work: { url: server.url } } });
    const url = `${server.url}/`;
    const place = join(home.folder, 'credentials.json');
    expect(await logInTo(home, 'work', login)).toEqual({
      url,
      kind: login.kind,
      place,
      verified: 'accepted',
      warnings: [],
    });
    const shown = await showRegistry({ environment: home.environment, cwd: home.cwd });
    expect(JSON.stringify(shown)).not.toMatch(/s3cr3t|pä/u);
    expect(shown).toMatchObject({
      name: 'work',
      url,
      source: 'user',
      login: { kind: login.kind, from: 'login', place: url },
      live: { name: 'demo', title: 'Demo', packs: 1, serial: 1, committedAt: '2026-07-01T16:53:28Z' },
    });
    expect(await logOut(url, home)).toEqual({ forgotten: [url] });
    expect(await logOut(url, home)).toEqual({ forgotten: [] });
    expect((await showRegistry({ environment: home.environment, cwd: home.cwd })).failure?.code).toBe(
      'registry-denied',
    );
  });

  test('not where nobody is to be asked', async () => {
    const home = await settingsHome({ PACKYARD_OFFLINE: '1' });
    const server = await httpServer(servesFiles(files));
    expect(await failureOf(logInTo(home, server.url, { kind: 'token', secret: 's3cr3t' }))).toEqual({
      code: 'registry-offline',
      message: `${server.url}/index.json was not asked for: PACKYARD_OFFLINE says to ask nobody.`,
      hint: 'Unset PACKYARD_OFFLINE, or set PACKYARD_OFFLINE=0 for this command. Nothing was stored; --no-verify stores it unasked.',
    });
    expect(server.requests).toEqual([]);
    expect(existsSync(join(home.folder, 'credentials.json'))).toBe(false);
  });

  test('one that lets everybody in says nothing about it', async () => {
    const home = await settingsHome();
    const server = await httpServer(servesFiles(files));
    expect((await logInTo(home, server.url, { kind: 'token', secret: 'x' })).verified).toBe('public');
  });
});

describe('not stored', () => {
  test('when the registry refuses it', async () => {
    const home = await settingsHome();
    const server = await httpServer(demands('authorization', 'Bearer other'));
    const failure = await failureOf(logInTo(home, server.url, { kind: 'token', secret: 's3cr3t' }));
    expect(failure).toMatchObject({ code: 'registry-denied' });
    expect(failure.message).toContain('refuses the login (401 Unauthorized)');
    expect(failure.hint).toMatch(/ Nothing was stored; --no-verify stores it unasked\.$/u);
    expect(JSON.stringify(failure)).not.toContain('s3cr3t');
    expect(existsSync(join(home.folder, 'credentials.json'))).toBe(false);
    expect((await logInTo(home, server.url, { kind: 'token', secret: 's3cr3t' }, false)).verified).toBe('unverified');
  });

  const GIVE = 'Nothing was stored. Give it as the registry gave it to you.';
  test.each<[Login, string, string]>([
    [{ kind: 'token', secret: '' }, 'The token is empty.', GIVE],
    [{ kind: 'token', secret: 'a\nb' }, 'The token holds a line break or another control character.', GIVE],
    [
      { kind: 'token', secret: 'ä' },
      'The token holds a character that no header can carry, or begins or ends with a blank.',
      GIVE,
    ],
    [{ kind: 'basic', username: 'a', secret: '' }, 'The password is empty.', GIVE],
    [
      { kind: 'header', header: 'X', secret: 'x'.repeat(16_385) },
      'The value of the header is longer than 16384 characters.',
      GIVE,
    ],
    [
      { kind: 'basic', username: 'a:b', secret: 'x' },
      'A user name holds neither a colon nor control characters.',
      'Give the password when it is asked for.',
    ],
    [{ kind: 'header', header: 'a b', secret: 'x' }, '"a b" is no name of a header.', 'Name one such as X-Api-Key.'],
    [
      { kind: 'header', header: 'HOST', secret: 'x' },
      '"HOST" is a header that no login can be sent in.',
      'Name one such as X-Api-Key.',
    ],
  ])('%j', async (login, message, hint) => {
    const home = await settingsHome();
    expect(await failureOf(logInTo(home, 'https://a.example/', login))).toEqual({ code: 'usage', message, hint });
  });
});

test('what is not encrypted is warned of', async () => {
  const home = await settingsHome();
  expect((await logInTo(home, 'http://a.example/', { kind: 'token', secret: 'x' }, false)).warnings).toEqual([
    {
      message: 'http://a.example/ is not encrypted: everybody on the way can read this login.',
      hint: 'Use https:// where the host has it, and log in there.',
    },
  ]);
});

describe('the address of a login', () => {
  test('is no folder and holds no other login', async () => {
    const { environment, cwd } = await settingsHome();
    expect((await failureOf(loginAddress('.', environment, cwd))).message).toBe(
      `${cwd} is a folder: it needs no login.`,
    );
    expect((await failureOf(loginAddress('https://a:s3cr3t@b.example', environment, cwd))).message).toBe(
      'The address https://b.example/ holds a login.',
    );
  });

  test('is not that of a stranger’s project', async () => {
    const { environment, cwd, config, project } = await settingsHome();
    const file = project({ registries: { work: { url: 'https://evil.example/' } } });
    expect(await loginAddress('work', environment, cwd)).toMatchObject({
      url: 'https://evil.example/',
      onlyProject: file,
    });
    config({ registries: { work: { url: 'https://a.example/' } } });
    expect(await failureOf(loginAddress('work', environment, cwd))).toEqual({
      code: 'usage',
      message: `"work" is https://a.example/ in your settings, but https://evil.example/ in ${file}.`,
      hint: 'Name the address that you mean instead.',
    });
  });
});

describe('forgotten', () => {
  test('the one above is still used, and told of', async () => {
    const home = await settingsHome();
    home.credentials({
      'https://a.example/': { kind: 'token', secret: 'x' },
      'https://a.example/b/': { kind: 'token', secret: 'y' },
    });
    expect(await logOut('https://a.example/b/', home)).toEqual({
      forgotten: ['https://a.example/b/'],
      stillBy: 'https://a.example/',
    });
  });

  test('all, also where the file is damaged or can be read by others', async () => {
    const home = await settingsHome();
    const file = home.credentials({ 'https://a.example/': { kind: 'token', secret: 'x' } });
    expect(await logOutOfAll(home)).toEqual({ forgotten: ['https://a.example/'] });
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, '{ s3cr3t', { mode: 0o644 });
    expect(await logOutOfAll(home)).toEqual({ forgotten: [] });
    expect(existsSync(file)).toBe(false);
  });

  test('all, where the file cannot be removed', async () => {
    const home = await settingsHome();
    const file = join(home.folder, 'credentials.json');
    mkdirSync(file, { recursive: true });
    expect(await failureOf(logOutOfAll(home))).toEqual({
      code: 'credentials-unusable',
      message: expect.stringMatching(/credentials\.json cannot be written \(\w+\)\.$/u),
      hint: 'Check the permissions of its folder, or name another one in PACKYARD_CONFIG_DIR.',
    });
  });
});

test('a keyring has the secret, and the file does not', async () => {
  const home = await settingsHome();
  const secrets = new Map<string, string>();
  const keyring = {
    name: 'the keyring',
    read: async (address: string) => secrets.get(address),
    write: async (address: string, secret: string) => void secrets.set(address, secret),
    remove: async (address: string) => void secrets.delete(address),
  };
  const { environment, cwd } = home;
  const to = await loginAddress('https://a.example/', environment, cwd);
  const login = { kind: 'basic', username: 'me', secret: 's3cr3t' } as const;
  expect((await logIn({ to, login, keyring, verify: false, environment })).place).toBe('the keyring');
  expect(readFileSync(join(home.folder, 'credentials.json'), 'utf8')).not.toContain('s3cr3t');
  expect(secrets).toEqual(new Map([['https://a.example/', 's3cr3t']]));
  await logOut(to.url, { environment, keyring });
  expect(secrets.size).toBe(0);
  expect((await registryTarget({ registry: to.url }, environment, cwd)).openOptions).toEqual({});
});
