import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { addRegistry, type AddRegistryOptions } from '../../../src/client/settings/add-registry.ts';
import { listRegistries } from '../../../src/client/settings/list-registries.ts';
import { removeRegistry } from '../../../src/client/settings/remove-registry.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { settingsHome, type SettingsHome } from '../../helpers/settings-home.ts';

const URL_A = 'https://a.example/';

function add(home: SettingsHome, options: Partial<AddRegistryOptions> = {}): ReturnType<typeof addRegistry> {
  return addRegistry({ name: 'work', url: URL_A, environment: home.environment, cwd: home.cwd, ...options });
}

function written(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe('added', () => {
  test('to the user’s settings', async () => {
    const home = await settingsHome();
    const file = join(home.folder, 'config.json');
    const options = {
      url: 'https://a.example/index.json',
      mirrors: ['https://b.example'],
      direct: true,
      default: true,
    };
    const added = { name: 'work', url: URL_A, file, default: true, warnings: [] };
    expect(await add(home, options)).toEqual({ ...added, change: 'created' });
    expect(written(file)).toEqual({
      default: 'work',
      registries: { work: { url: URL_A, mirrors: ['https://b.example/'], direct: true } },
    });
    expect(await add(home, options)).toEqual({ ...added, change: 'unchanged' });
  });

  test('again only when told, and what nobody knows is kept', async () => {
    const home = await settingsHome();
    const file = home.config(
      '{\n    "later": [1],\n    "registries": { "work": { "url": "https://b.example/", "new": {} } }\n}\n',
    );
    expect(await failureOf(add(home))).toEqual({
      code: 'usage',
      message: '"work" is in your settings already, with other settings: https://b.example/',
      hint: 'Give it another name, or replace it with --force.',
    });
    expect((await add(home, { force: true })).change).toBe('replaced');
    expect(readFileSync(file, 'utf8')).toMatch(/^\{\n {4}"later": \[/u);
    expect(written(file)).toEqual({ later: [1], registries: { work: { url: URL_A, new: {} } } });
  });

  test('to a project, with folders relative to it', async () => {
    const home = await settingsHome();
    const below = join(home.cwd, 'below');
    mkdirSync(join(below, 'public'), { recursive: true });
    const file = home.project({ packs: { nginx: '1' } });
    expect(await add(home, { url: 'public', project: true, default: true, cwd: below })).toMatchObject({
      file,
      url: join(below, 'public'),
      default: true,
    });
    await add(home, { name: 'up', url: '../x', project: true });
    expect(written(file)).toEqual({
      packs: { nginx: '1' },
      registry: 'work',
      registries: { work: { url: './below/public' }, up: { url: '../x' } },
    });
  });

  test('to a new project', async () => {
    const home = await settingsHome();
    expect((await add(home, { project: true })).file).toBe(join(home.cwd, 'packyard.json'));
    expect(written(join(home.cwd, 'packyard.json'))).toEqual({ registries: { work: { url: URL_A } } });
  });

  test('with warnings where it is not encrypted, or not there', async () => {
    const home = await settingsHome();
    expect((await add(home, { url: 'http://a.example/' })).warnings).toEqual([
      {
        message:
          'http://a.example/ is not encrypted: everybody on the way can read what is sent, logins too, and change what is answered.',
        hint: 'Use https:// where the host has it.',
      },
    ]);
    expect((await add(home, { name: 'here', url: 'x' })).warnings).toEqual([
      { message: `There is no registry in ${join(home.cwd, 'x')} yet.`, hint: 'Check the path, or build one there.' },
    ]);
    expect((await add(home, { name: 'loop', url: 'http://localhost:8080' })).warnings).toEqual([]);
  });

  const NAME = 'A name is made of letters, digits, ".", "_" and "-", and is at most 64 characters long.';
  test.each([
    [{ name: 'a/b' }, '"a/b" is no name for a registry.', NAME],
    [{ name: '--x' }, '"--x" is no name for a registry.', NAME],
    [{ name: 'constructor' }, '"constructor" is no name for a registry.', NAME],
    [
      { url: 'https://me:s3cr3t@a.example/' },
      'The address https://a.example/ holds a login.',
      'Leave out what stands before the "@", and give it with packyard login work.',
    ],
    [
      { mirrors: ['https://s3cr3t@b.example/'] },
      'The address https://b.example/ holds a login.',
      'Leave out what stands before the "@", and give it with packyard login work.',
    ],
    [
      { url: 's3://x/' },
      'A registry cannot be read over s3.',
      'Name a directory, or an address that begins with https:// or http://.',
    ],
    [
      { project: true, caFile: 'ca.pem' },
      'A project cannot name files of this machine: whoever gets it would trust them.',
      'Add the registry to your own settings, without --project.',
    ],
    [
      { clientCert: 'c.pem' },
      'A client certificate needs its key.',
      'Give both --client-cert and --client-key; they may be the same file.',
    ],
  ])('never: %j', async (options, message, hint) => {
    const home = await settingsHome();
    const failure = await failureOf(add(home, options));
    expect(failure).toEqual({ code: 'usage', message, hint });
    expect(JSON.stringify(failure)).not.toContain('s3cr3t');
    expect((await listRegistries(home.environment, home.cwd)).registries).toEqual([]);
  });

  test('never to settings that are damaged', async () => {
    const home = await settingsHome();
    const file = home.config('{ "registries": 1 }');
    expect((await failureOf(add(home))).code).toBe('settings-invalid');
    expect(readFileSync(file, 'utf8')).toBe('{ "registries": 1 }');
  });

  test('nor where settings cannot be written', async () => {
    const home = await settingsHome();
    writeFileSync(join(home.home, 'file'), '');
    const environment = { ...home.environment, PACKYARD_CONFIG_DIR: join(home.home, 'file') };
    expect(await failureOf(add(home, { environment }))).toEqual({
      code: 'settings-invalid',
      message: `${join(home.home, 'file', 'config.json')} cannot be written (EEXIST).`,
      hint: 'Check the permissions of the file and its folder, and the space that is left.',
    });
  });
});

describe('removed', () => {
  test('from the user’s settings; its login is told of', async () => {
    const home = await settingsHome();
    const file = home.config({ default: 'work', x: 1, registries: { work: { url: URL_A }, other: { url: 'x' } } });
    home.credentials({ [URL_A]: { kind: 'token', secret: 'x' } });
    const options = { name: 'work', environment: home.environment, cwd: home.cwd };
    expect(await removeRegistry(options)).toEqual({ name: 'work', url: URL_A, file, default: true, loginKept: true });
    expect(written(file)).toEqual({ x: 1, registries: { other: { url: 'x' } } });
    expect(await failureOf(removeRegistry(options))).toEqual({
      code: 'registry-unknown',
      message: `"work" was not removed: there is no such registry in ${file}.`,
      hint: "With --project, the project's packyard.json is looked at. It has other.",
    });
  });

  test('from a project', async () => {
    const home = await settingsHome();
    const options = { name: 'work', project: true, environment: home.environment, cwd: home.cwd };
    expect((await failureOf(removeRegistry(options))).message).toBe(
      `"work" was not removed: there is no packyard.json in ${home.cwd} or above it.`,
    );
    const file = home.project({ registry: 'work', registries: { work: { url: URL_A } } });
    expect(await removeRegistry(options)).toMatchObject({ file, default: true, loginKept: false });
    expect(written(file)).toEqual({ registries: {} });
  });
});

test('listed: the project’s first, and what hides what', async () => {
  const home = await settingsHome();
  const config = home.config({
    default: 'work',
    registries: { work: { url: URL_A }, other: { url: 'https://o.example/' } },
  });
  home.credentials({ [URL_A]: { kind: 'token', secret: 's3cr3t' } });
  const project = home.project({
    registries: { work: { url: 'https://p.example/', mirrors: ['https://m.example/'] } },
  });
  const { registries } = await listRegistries(home.environment, home.cwd);
  expect(JSON.stringify(registries)).not.toContain('s3cr3t');
  const common = { mirrors: [], login: false, default: false, shadowed: false };
  expect(registries).toEqual([
    {
      ...common,
      name: 'work',
      url: 'https://p.example/',
      mirrors: ['https://m.example/'],
      owner: 'project',
      file: project,
      default: true,
    },
    { ...common, name: 'work', url: URL_A, owner: 'user', file: config, login: true, shadowed: true },
    { ...common, name: 'other', url: 'https://o.example/', owner: 'user', file: config },
  ]);
});
