import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readProject, readProjectFile } from '../../../src/client/settings/project-file.ts';
import { readUserSettings } from '../../../src/client/settings/user-settings.ts';
import { PackyardError } from '../../../src/errors.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';
import { settingsHome } from '../../helpers/settings-home.ts';

const USER_HINT = 'Mend the file, or remove it and add your registries again with: packyard registry add NAME URL';

describe("the user's", () => {
  test('are read', async () => {
    const { folder, config } = await settingsHome();
    config({
      $schema: 'x',
      default: 'work',
      registries: {
        work: { url: 'https://a.example', mirrors: ['https://b.example/'], direct: true, caFile: 'ca.pem' },
        here: { url: './registry' },
      },
    });
    const { registries, default: usual, warnings } = await readUserSettings(folder);
    expect([usual, warnings]).toEqual(['work', []]);
    expect(Object.fromEntries(registries)).toEqual({
      work: {
        url: 'https://a.example/',
        mirrors: ['https://b.example/'],
        direct: true,
        caFile: join(folder, 'ca.pem'),
      },
      here: { url: join(folder, 'registry'), mirrors: [], direct: false },
    });
  });

  test('are empty without a file', async () => {
    const { folder } = await settingsHome();
    expect((await readUserSettings(folder)).registries.size).toBe(0);
  });

  test.each([
    ['', '<file> is empty.', 'Remove it, or write {} into it.'],
    ['{\n  "a": 1,\n}', '<file>:3:1: "}" stands where a key is wanted.', USER_HINT],
    ['[]', '<file> holds a list where an object is wanted.', USER_HINT],
    ['{ "registries": [] }', '<file>:1:17: "registries" is a list where an object is wanted.', USER_HINT],
    [
      '{ "registries": { "a/b": {} } }',
      '<file>:1:26: "a/b" is no name for a registry.',
      'A name is made of letters, digits, ".", "_" and "-", and is at most 64 characters long.',
    ],
    [
      '{ "registries": { "__proto__": {} } }',
      '<file>:1:32: "__proto__" is no name for a registry.',
      'A name is made of letters, digits, ".", "_" and "-", and is at most 64 characters long.',
    ],
    ['{ "registries": { "a": 1 } }', '<file>:1:24: "a" is a number where an object with a "url" is wanted.', USER_HINT],
    ['{ "registries": { "a": {} } }', '<file>:1:24: "url" is missing: an address is wanted.', USER_HINT],
    [
      '{ "registries": { "a": { "url": "ftp://x/" } } }',
      '<file>:1:33: A registry cannot be read over ftp.',
      'Name a directory, or an address that begins with https:// or http://.',
    ],
    [
      '{ "registries": { "a": { "url": "https://me:s3cr3t@x/" } } }',
      '<file>:1:33: The address https://x/ holds a login.',
      'Leave out what stands before the "@", and give it with packyard login a.',
    ],
    [
      '{ "registries": { "a": { "url": "x", "mirrors": "y" } } }',
      '<file>:1:49: "mirrors" is a string where a list of at most 100 addresses is wanted.',
      USER_HINT,
    ],
    [
      '{ "registries": { "a": { "url": "x", "mirrors": [1] } } }',
      '<file>:1:50: A mirror is a number where an address is wanted.',
      USER_HINT,
    ],
    [
      '{ "registries": { "a": { "url": "x", "direct": 1 } } }',
      '<file>:1:48: "direct" is a number where true or false is wanted.',
      USER_HINT,
    ],
    [
      '{ "registries": { "a": { "url": "x", "caFile": "" } } }',
      '<file>:1:48: "caFile" is a string where a file\'s path is wanted.',
      USER_HINT,
    ],
    [
      '{ "registries": { "a": { "url": "x", "clientCert": "c" } } }',
      '<file>:1:52: "clientCert" needs a "clientKey" beside it.',
      USER_HINT,
    ],
    ['{ "default": 1 }', '<file>:1:14: "default" is a number where the name of a registry is wanted.', USER_HINT],
    [
      '{ "default": "b", "registries": { "a": { "url": "x" } } }',
      '<file>:1:14: "default" names "b", which is not among "registries".',
      'It has a.',
    ],
  ])('damaged: %s', async (text, message, hint) => {
    const { folder, config } = await settingsHome();
    const file = config(text);
    const failure = await failureOf(readUserSettings(folder));
    expect({ ...failure, message: failure.message.replace(file, '<file>') }).toEqual({
      code: 'settings-invalid',
      message,
      hint,
    });
  });

  test('bytes that are no text, a folder, a file that is too large', async () => {
    const folder = await scratch();
    const file = join(folder, 'config.json');
    writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d]));
    expect((await failureOf(readUserSettings(folder))).message).toBe(`${file}: byte 1 is not UTF-8.`);
    writeFileSync(file, ' '.repeat(1_048_577));
    expect((await failureOf(readUserSettings(folder))).message).toBe(`${file} is larger than 1 MB.`);
    const other = await scratch();
    mkdirSync(join(other, 'config.json'));
    expect(await failureOf(readUserSettings(other))).toEqual({
      code: 'settings-invalid',
      message: `${join(other, 'config.json')} cannot be read (EISDIR).`,
      hint: 'Check that it is a file, and its permissions.',
    });
  });

  test.runIf(process.getuid?.() === 0)("a stranger's, in a folder that all share, is nobody's project", async () => {
    const shared = await scratch();
    const [file, below] = [join(shared, 'packyard.json'), join(shared, 'work')];
    writeFileSync(file, '{ "registry": "https://evil.example/" }');
    mkdirSync(below);
    chmodSync(shared, 0o1777);
    expect((await readProject(below))?.file).toBe(file);
    chownSync(file, 12_345, 12_345);
    expect((await readProject(below))?.file).not.toBe(file);
    chmodSync(shared, 0o755);
    expect((await readProject(below))?.file).toBe(file);
  });

  test.skipIf(process.platform === 'win32')('a link to what never ends is not read', async () => {
    const { folder, cwd } = await settingsHome();
    symlinkSync('/dev/zero', join(folder, 'config.json'));
    expect(await failureOf(readUserSettings(folder))).toEqual({
      code: 'settings-invalid',
      message: `${join(folder, 'config.json')} is a special file.`,
      hint: 'Put a plain one in its place.',
    });
    symlinkSync('/dev/zero', join(cwd, 'packyard.json'));
    expect(await failureOf(readProject(cwd))).toEqual({
      code: 'project-invalid',
      message: `${join(cwd, 'packyard.json')} is a special file.`,
      hint: 'Put a plain one in its place.',
    });
  });

  test('deep nesting is no way to crash it', async () => {
    const { folder, config } = await settingsHome();
    config(`{ "registries": ${'['.repeat(200_000)}`);
    expect((await failureOf(readUserSettings(folder))).message).toMatch(/nested too deep\.$/u);
  });

  test('what nobody knows is warned of', async () => {
    const { folder, config } = await settingsHome();
    const file = config('{ "defualt": "a",\n "registries": { "a": { "url": "x", "\\u001b[31m": 1 } } }');
    expect((await readUserSettings(folder)).warnings).toEqual([
      { message: `${file}:1:3: "defualt" is no setting.`, hint: 'Did you mean "default"?' },
      {
        message: `${file}:2:37: "\\u001b[31m" is no setting.`,
        hint: 'Known are url, mirrors, direct, caFile, clientCert, clientKey.',
      },
    ]);
  });
});

describe("a project's", () => {
  test('is found upwards, and addresses are relative to it', async () => {
    const { cwd, project } = await settingsHome();
    const file = project({
      registry: './registry',
      registries: { a: { url: '../a' }, b: { url: 'https://b.example/' } },
      packs: { nginx: '1.x', redis: { version: '7', registry: 'b', minAge: '3d' } },
      minAge: '1d',
    });
    const below = join(cwd, 'x', 'y');
    mkdirSync(below, { recursive: true });
    const found = await readProject(below);
    expect(found).toMatchObject({
      file,
      folder: cwd,
      registry: './registry',
      packs: { nginx: '1.x', redis: { version: '7', registry: 'b', minAge: '3d' } },
      minAge: '1d',
      warnings: [],
    });
    expect(found?.registries.get('a')?.url).toBe(join(cwd, '..', 'a'));
    expect((await found?.problem(['packs', 'redis', 'version'], 'it is too old'))?.message).toBe(
      `${file}:1:135: it is too old.`,
    );
  });

  test('a folder of that name is none, and without one there is none', async () => {
    const { cwd } = await settingsHome();
    mkdirSync(join(cwd, 'packyard.json'));
    expect(await readProject(cwd)).toBeUndefined();
    expect(await readProject(join(cwd, 'nowhere', 'below'))).toBeUndefined();
  });

  test('must not name files of this machine', async () => {
    const { cwd, project } = await settingsHome();
    const file = project({ registries: { a: { url: 'https://a.example/', caFile: '/etc/ca.pem', headers: {} } } });
    const found = await readProject(cwd);
    expect(found?.registries.get('a')).toEqual({ url: 'https://a.example/', mirrors: [], direct: false });
    expect(found?.warnings).toEqual([
      {
        message: `${file}:1:71: "headers" is no setting.`,
        hint: 'Known are url, mirrors, direct.',
      },
      {
        message: `${file}: "caFile" of registry "a" was ignored: a project's file must not name files of this machine.`,
        hint: 'Give it in your own settings: packyard registry add, or PACKYARD_CA_FILE.',
      },
    ]);
  });

  test.each([
    ['{ "registries": { "a": { "url": "//host/share" } } }', ':1:33: "url" is a folder of another machine.'],
    ['{ "registry": "\\\\\\\\host\\\\share" }', ':1:15: "registry" is a folder of another machine.'],
    ['{ "registry": "https://me:s3cr3t@a.example/" }', ':1:15: the address https://a.example/ holds a login.'],
    ['{ "registry": "ftp://a.example/" }', ':1:15: A registry cannot be read over ftp.'],
    ['{ "registry": "" }', ':1:15: "registry" is empty where the name or address of a registry is wanted.'],
    ['{ "packs": [] }', ':1:12: "packs" is a list where an object is wanted.'],
    ['{ "packs": { "../x": "1" } }', ':1:22: "../x" is no name of a pack.'],
    ['{ "packs": { "x": null } }', ':1:19: the wish for "x" is null where a selector or an object is wanted.'],
    [
      '{ "packs": { "x": { "version": 1 } } }',
      ':1:32: "version" is a number where a selector such as "1.x" is wanted.',
    ],
    ['{ "minAge": 3 }', ':1:13: "minAge" is a number where an age such as "3d" is wanted.'],
  ])('damaged: %s', async (text, message) => {
    const { project } = await settingsHome();
    const file = project(text);
    const failure = await failureOf(readProjectFile(file));
    expect([failure.code, failure.message.replace(file, '')]).toEqual(['project-invalid', message]);
    expect(JSON.stringify(failure)).not.toContain('s3cr3t');
  });
});

test('no value makes it crash', async () => {
  const { folder, cwd, config, project } = await settingsHome();
  const keys = fc.constantFrom(
    'registries',
    'registry',
    'default',
    'packs',
    'minAge',
    'url',
    'mirrors',
    'a',
    '__proto__',
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('a', '', 'https://a/', 'https://u:p@a/', '\u001b', 'file:'),
      fc.constantFrom(null, true, 0, -1e300),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.array(fc.tuple(keys, tie('any')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries) as unknown),
    ),
  })).any;
  await fc.assert(
    fc.asyncProperty(value, async (each) => {
      config(JSON.stringify(each));
      project(JSON.stringify(each));
      for (const result of await Promise.allSettled([readUserSettings(folder), readProject(cwd)])) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(PackyardError);
      }
    }),
  );
});
