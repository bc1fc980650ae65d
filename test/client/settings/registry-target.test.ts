import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { registryTarget, type RegistryTarget } from '../../../src/client/settings/registry-target.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { settingsHome, type SettingsHome } from '../../helpers/settings-home.ts';

const WORK = 'https://packs.work.example/team/';
const EVIL = 'https://evil.example/';
const STORED = { kind: 'token', secret: 'st0red' };

function target(home: SettingsHome, registry?: string, variables: NodeJS.ProcessEnv = {}): Promise<RegistryTarget> {
  const choice = registry === undefined ? {} : { registry };
  return registryTarget(choice, { ...home.environment, ...variables }, home.cwd);
}

/** Who logs in where, as headers. */
async function headersOf(home: SettingsHome, registry?: string, variables: NodeJS.ProcessEnv = {}): Promise<unknown> {
  return (await target(home, registry, variables)).openOptions.headers;
}

const basic = (pair: string): object => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

describe('which one is meant', () => {
  test('the flag, the variable, the project, the default: in this order', async () => {
    const home = await settingsHome();
    home.config({ default: 'work', registries: { work: { url: WORK }, other: { url: 'https://other.example/' } } });
    expect(await target(home)).toEqual({ name: 'work', url: WORK, mirrors: [], openOptions: {}, warnings: [] });
    home.project({ registry: './here' });
    expect((await target(home)).url).toBe(join(home.cwd, 'here'));
    const PACKYARD_REGISTRY = 'https://variable.example/x';
    expect((await target(home, undefined, { PACKYARD_REGISTRY })).url).toBe('https://variable.example/x/');
    expect((await target(home, 'other', { PACKYARD_REGISTRY })).url).toBe('https://other.example/');
    expect((await target(home, '../dir')).url).toBe(join(home.cwd, '..', 'dir'));
  });

  test('the only one there is', async () => {
    const home = await settingsHome();
    home.config({ registries: { work: { url: WORK, mirrors: ['https://m.example/'], direct: true } } });
    expect(await target(home)).toEqual({
      name: 'work',
      url: WORK,
      mirrors: ['https://m.example/'],
      openOptions: { mirrors: ['https://m.example/'], direct: true },
      warnings: [],
    });
    home.project({ registries: { mine: { url: 'https://mine.example/' } } });
    expect((await target(home)).name).toBe('mine');
  });

  test('a folder here, unless a registry is called so', async () => {
    const home = await settingsHome();
    mkdirSync(join(home.cwd, 'public'));
    expect((await target(home, 'public')).url).toBe(join(home.cwd, 'public'));
    home.config({ registries: { public: { url: WORK } } });
    expect((await target(home, 'public')).url).toBe(WORK);
  });

  test('a name that is none', async () => {
    const home = await settingsHome();
    expect(await failureOf(target(home, 'work'))).toEqual({
      code: 'registry-unknown',
      message: 'There is no registry called "work", and no such folder here.',
      hint: 'None was added yet; add it with: packyard registry add work URL',
    });
    home.config({ registries: { work: { url: WORK } } });
    expect((await failureOf(target(home, 'wrok'))).hint).toBe(
      'Did you mean "work"? Else add it with: packyard registry add wrok URL',
    );
    expect((await failureOf(target(home, 'elsewhere'))).hint).toBe(
      'Known are work; add it with: packyard registry add elsewhere URL',
    );
  });

  test('nothing is said', async () => {
    const home = await settingsHome();
    expect(await failureOf(target(home))).toEqual({
      code: 'registry-unknown',
      message: 'No registry is named, and none is the default.',
      hint: 'Name its address, with --registry where the command has that flag, or add it: packyard registry add NAME URL --default',
    });
    home.config({ registries: { a: { url: WORK }, b: { url: EVIL } } });
    expect((await failureOf(target(home))).hint).toBe(
      'Name one (a, b), with --registry where the command has that flag, or make one the default: packyard registry add NAME URL --default',
    );
  });

  test('a damaged project is in the way only of who needs it', async () => {
    const home = await settingsHome();
    home.project('{');
    expect((await target(home, WORK)).url).toBe(WORK);
    expect((await failureOf(target(home))).code).toBe('project-invalid');
  });
});

describe('logins, the strongest first', () => {
  test('variable, stored, netrc, address', async () => {
    const home = await settingsHome();
    const registry = WORK.replace('//', '//url:pass@');
    expect(await headersOf(home, registry)).toEqual(basic('url:pass'));
    expect((await target(home, registry)).url).toBe(WORK);
    home.netrc('machine packs.work.example login net password rc');
    expect(await headersOf(home, registry)).toEqual(basic('net:rc'));
    home.credentials({ 'https://packs.work.example/': STORED });
    expect(await headersOf(home, registry)).toEqual({ authorization: 'Bearer st0red' });
    home.credentials({
      [WORK]: { kind: 'header', header: 'X-Key', secret: 'k' },
      'https://packs.work.example/': STORED,
    });
    expect(await headersOf(home, registry)).toEqual({ 'x-key': 'k' });
    expect(await headersOf(home, registry, { PACKYARD_TOKEN: 'v' })).toEqual({ authorization: 'Bearer v' });
  });

  test('a folder needs none, and another origin gets none', async () => {
    const home = await settingsHome();
    home.credentials({ [WORK]: STORED });
    home.netrc('machine packs.work.example login net password rc');
    for (const other of ['.', EVIL, 'http://packs.work.example/team/', 'https://packs.work.example.evil.example/']) {
      expect(await headersOf(home, other)).toBeUndefined();
    }
  });

  test('a mirror gets its own only', async () => {
    const home = await settingsHome();
    const mirror = 'https://mirror.example/';
    home.config({ registries: { work: { url: WORK, mirrors: [mirror, EVIL] } } });
    home.credentials({ [WORK]: STORED, [mirror]: { kind: 'basic', username: 'm', secret: 'x' } });
    const { openOptions } = await target(home, undefined, { PACKYARD_TOKEN: 'v' });
    expect(openOptions.headers).toEqual({ authorization: 'Bearer v' });
    expect(openOptions.mirrorHeaders).toEqual({ [mirror]: basic('m:x') });
  });

  test('netrc has no say where others can read along', async () => {
    const home = await settingsHome();
    const file = home.netrc('machine a.example password x machine 127.0.0.1 password y default password z');
    const { openOptions, warnings } = await target(home, 'http://a.example/');
    expect(openOptions.headers).toBeUndefined();
    expect(warnings).toEqual([
      {
        message: `The login for a.example in ${file} was not sent: nothing would protect it on its way to http://a.example.`,
        hint: 'Use an address with https://.',
      },
    ]);
    expect(await headersOf(home, 'http://127.0.0.1:80/')).toEqual(basic(':y'));
    expect(await headersOf(home, 'http://b.example/')).toBeUndefined();
    expect(await headersOf(home, 'https://b.example/')).toEqual(basic(':z'));
  });

  test('a damaged netrc is warned of', async () => {
    const home = await settingsHome();
    const file = home.netrc('machine a.example password x\nmachine b.example password y hello');
    const { openOptions, warnings } = await target(home, 'https://a.example/');
    expect(openOptions.headers).toEqual(basic(':x'));
    expect(warnings).toEqual([
      {
        message: `${file}:2: a word stands where "machine", "login" or "password" is wanted: what follows was not used.`,
        hint: 'Mend the file.',
      },
    ]);
    const other = join(home.home, 'other');
    expect((await target(home, 'https://a.example/', { NETRC: other })).warnings).toEqual([]);
  });

  test('a token that cannot be sent', async () => {
    const home = await settingsHome();
    expect(await failureOf(target(home, WORK, { PACKYARD_TOKEN: 'a\r\nx: y' }))).toEqual({
      code: 'credentials-unusable',
      message: 'The token in PACKYARD_TOKEN holds a line break or another control character.',
      hint: 'Set it again, without blanks or line breaks around it, or unset it.',
    });
  });
});

describe('a project of a stranger', () => {
  test('gets no login under the name of another registry, and is told apart', async () => {
    const home = await settingsHome();
    home.config({ default: 'work', registries: { work: { url: WORK } } });
    home.credentials({ [WORK]: STORED });
    const file = home.project({ registries: { work: { url: EVIL } } });
    const { url, openOptions, warnings } = await target(home, 'work', { PACKYARD_TOKEN: 'v' });
    expect([url, openOptions]).toEqual([EVIL, {}]);
    expect(warnings).toEqual([
      {
        message: `Here "work" is ${EVIL}, as ${file} says; in your own settings it is ${WORK}.`,
        hint: `To mean your own, name its address: ${WORK}`,
      },
      {
        message: `PACKYARD_TOKEN was not sent to ${EVIL}: only packyard.json names this registry, and anybody may have written that.`,
        hint: `If it is meant for it, set PACKYARD_REGISTRY=${EVIL}`,
      },
    ]);
  });

  test.each([
    ['an address', { registry: EVIL }],
    ['a name', { registry: 'x', registries: { x: { url: EVIL } } }],
    ['the user’s address as a mirror’s', { registries: { x: { url: EVIL, mirrors: ['https://m.example/'] } } }],
  ])('gets neither token nor default of netrc, with %s', async (_, project) => {
    const home = await settingsHome();
    home.project(project);
    home.netrc('default login a password b');
    const { openOptions } = await target(home, undefined, { PACKYARD_TOKEN: 'v' });
    expect(JSON.stringify(openOptions)).not.toMatch(/authorization/iu);
  });

  test('gets the login of a host for no other port', async () => {
    const home = await settingsHome();
    home.netrc('machine a.example login a password b');
    home.project({ registry: 'https://a.example:8443/' });
    expect(await headersOf(home)).toBeUndefined();
    expect(await headersOf(home, 'https://a.example:8443/')).toEqual(basic('a:b'));
    home.project({ registry: 'https://a.example/' });
    expect(await headersOf(home)).toEqual(basic('a:b'));
  });

  test('gets them where it names an address that is the user’s', async () => {
    const home = await settingsHome();
    home.config({ registries: { w: { url: WORK }, other: { url: 'https://other.example/' } } });
    home.credentials({ [WORK]: STORED });
    home.project({ registry: 'x', registries: { x: { url: WORK } } });
    expect(await headersOf(home)).toEqual({ authorization: 'Bearer st0red' });
    expect(await headersOf(home, 'x', { PACKYARD_TOKEN: 'v' })).toEqual({ authorization: 'Bearer v' });
  });

  test('gets no token that PACKYARD_REGISTRY gives to another', async () => {
    const home = await settingsHome();
    home.config({ default: 'work', registries: { work: { url: WORK }, other: { url: 'https://other.example/' } } });
    const variables = { PACKYARD_TOKEN: 'v', PACKYARD_REGISTRY: 'work' };
    expect(await headersOf(home, 'other', variables)).toBeUndefined();
    expect(await headersOf(home, undefined, variables)).toEqual({ authorization: 'Bearer v' });
    const named = { registry: 'other', from: 'project' } as const;
    const environment = { ...home.environment, PACKYARD_TOKEN: 'v' };
    expect((await registryTarget(named, environment, home.cwd)).openOptions).toEqual({});
    const own = { registry: 'work', from: 'project' } as const;
    expect((await registryTarget(own, environment, home.cwd)).openOptions.headers).toEqual({
      authorization: 'Bearer v',
    });
  });
});

describe('variables', () => {
  test.each(['1', 'true', 'ON'])('PACKYARD_OFFLINE=%s', async (PACKYARD_OFFLINE) => {
    const { offline, fetch } = (await target(await settingsHome(), WORK, { PACKYARD_OFFLINE })).openOptions;
    expect(offline).toBe(true);
    await expect(fetch?.(new URL(WORK), {})).rejects.toMatchObject({ code: 'registry-offline' });
  });

  test.each(['', '0', 'no'])('PACKYARD_OFFLINE=%s', async (PACKYARD_OFFLINE) => {
    expect((await target(await settingsHome(), WORK, { PACKYARD_OFFLINE })).openOptions).toEqual({});
  });

  test.each([
    [
      { PACKYARD_OFFLINE: 'maybe' },
      'PACKYARD_OFFLINE is "maybe", which says neither yes nor no.',
      'Set PACKYARD_OFFLINE=1, or unset it.',
    ],
    [
      { PACKYARD_CLIENT_CERT: 'c.pem' },
      'PACKYARD_CLIENT_CERT is set, but PACKYARD_CLIENT_KEY is not.',
      'A client certificate needs its key: set both; they may be the same file.',
    ],
    [
      { PACKYARD_CLIENT_KEY: 'c.pem' },
      'PACKYARD_CLIENT_KEY is set, but PACKYARD_CLIENT_CERT is not.',
      'A client certificate needs its key: set both; they may be the same file.',
    ],
  ])('%j', async (variables, message, hint) => {
    expect(await failureOf(target(await settingsHome(), WORK, variables))).toEqual({
      code: 'settings-invalid',
      message,
      hint,
    });
  });

  test('a transport is made only where one is set, and never for a folder', async () => {
    const home = await settingsHome();
    const proxy = { HTTPS_PROXY: 'http://127.0.0.1:1' };
    expect((await target(home, WORK, proxy)).openOptions.fetch).toBeTypeOf('function');
    expect((await target(home, '.', { ...proxy, PACKYARD_CA_FILE: 'nowhere.pem' })).openOptions).toEqual({});
    expect((await failureOf(target(home, WORK, { PACKYARD_CA_FILE: 'nowhere.pem' }))).message).toBe(
      `${join(home.cwd, 'nowhere.pem')} cannot be read (ENOENT).`,
    );
  });
});

test('an empty name is no registry', async () => {
  const { environment, cwd } = await settingsHome();
  expect(await failureOf(registryTarget({ registry: '' }, environment, cwd))).toEqual({
    code: 'usage',
    message: 'The name of the registry is empty.',
    hint: 'Leave it out for the configured one; a variable in a script may be unset.',
  });
});
