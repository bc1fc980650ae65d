import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { addWishes } from '../../../src/client/lock/add-wishes.ts';
import { lockText, type PackyardLock } from '../../../src/client/lock/packyard-lock.ts';
import { fileNames, plannedLock, readProjectLock, writePlanned } from '../../../src/client/lock/project-lock.ts';
import { parseReference } from '../../../src/client/reference.ts';
import { projectFolder } from '../../helpers/lock-project.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const NOTHING: PackyardLock = { packs: new Map() };
const LOCK: PackyardLock = {
  packs: new Map([
    [
      'nginx',
      {
        selector: '1.x',
        registry: 'community',
        version: '1.3.1',
        sha256: 'a'.repeat(64),
        contentSha256: 'b'.repeat(64),
        size: 1234,
      },
    ],
  ]),
};

test('the lock stands beside the packyard.json of the folder or one above it', async () => {
  const { folder, writeLock } = await projectFolder({ packs: { nginx: '1.x' } });
  const below = join(folder, 'a', 'b');
  mkdirSync(below, { recursive: true });
  expect(await readProjectLock(below)).toMatchObject({ file: join(folder, 'packyard.lock'), lock: undefined });
  writeLock(lockText(LOCK));
  expect(await readProjectLock(below)).toMatchObject({ lock: LOCK, text: lockText(LOCK) });
});

test('without packyard.json there is no project', async () => {
  const folder = await scratch();
  expect(await failureOf(readProjectLock(folder))).toEqual({
    code: 'project-invalid',
    message: `There is no packyard.json in ${folder}, nor in a folder above it.`,
    hint: 'Make one by naming the packs that you use: packyard lock nginx@1.x',
  });
});

test('a lock is written where it says something new', async () => {
  const { folder, writeLock, lock } = await projectFolder({ packs: { nginx: '1.x' } });
  const current = await readProjectLock(folder);
  expect(plannedLock(current, NOTHING)).toBeUndefined();
  const planned = plannedLock(current, LOCK);
  expect(planned).toEqual({ path: join(folder, 'packyard.lock'), text: lockText(LOCK) });
  await writePlanned(planned === undefined ? [] : [planned]);
  expect(lock()).toBe(lockText(LOCK));
  writeLock(lockText(LOCK).replaceAll('\n', '\r\n'));
  const again = await readProjectLock(folder);
  expect(plannedLock(again, LOCK)).toBeUndefined();
  expect(plannedLock(again, NOTHING)?.text).toBe(lockText(NOTHING));
  writeLock(JSON.stringify(JSON.parse(lockText(LOCK))));
  expect(plannedLock(await readProjectLock(folder), LOCK)?.text).toBe(lockText(LOCK));
});

test('wishes are added to the project that there is', async () => {
  const { folder } = await projectFolder({ registry: 'https://packs.example.org', packs: { nginx: '0.x' } });
  const wishes = ['redis', 'nginx', 'caddy:LTS__1.x'].map(parseReference);
  const { project, planned, lock } = await addWishes(folder, wishes, 'https://ignored.example.org');
  expect(project.packs).toEqual({ caddy: 'LTS__1.x', nginx: '0.x', redis: 'latest' });
  expect(lock).toBeUndefined();
  expect(planned?.path).toBe(join(folder, 'packyard.json'));
  expect(JSON.parse(planned?.text ?? '')).toEqual({ registry: 'https://packs.example.org', packs: project.packs });
  expect(JSON.parse(readFileSync(join(folder, 'packyard.json'), 'utf8'))).toMatchObject({ packs: { nginx: '0.x' } });
  expect((await addWishes(folder, [parseReference('nginx')])).planned).toBeUndefined();
  expect((await addWishes(folder, [parseReference('nginx@0.x')])).planned).toBeUndefined();
});

test('two versions of one pack are no wish', async () => {
  const folder = await scratch();
  expect(await failureOf(addWishes(folder, ['redis', 'nginx@1.x', 'nginx@2.x'].map(parseReference)))).toEqual({
    code: 'usage',
    message: 'nginx@1.x and nginx@2.x are one pack, and packyard.json names one version or range of each.',
    hint: 'Leave out one of them; a range can allow both, as in "nginx@>=1.2 <3".',
  });
  const { project } = await addWishes(folder, ['nginx@1.x', 'nginx@1.x'].map(parseReference));
  expect(project.packs).toEqual({ nginx: '1.x' });
});

test('a project is made where there is none', async () => {
  const folder = await scratch();
  const { project, planned } = await addWishes(folder, [parseReference('nginx@1.x')], 'https://packs.example.org');
  expect(project).toMatchObject({ folder, registry: 'https://packs.example.org', packs: { nginx: '1.x' } });
  expect(planned).toEqual({
    path: join(folder, 'packyard.json'),
    text: '{\n  "registry": "https://packs.example.org",\n  "packs": {\n    "nginx": "1.x"\n  }\n}\n',
  });
  expect(fileNames(planned === undefined ? [] : [planned, planned])).toBe('packyard.json and packyard.json');
});

test('what cannot stand in packyard.json is refused, a login first of all', async () => {
  const folder = await scratch();
  expect(await failureOf(addWishes(folder, [parseReference(`nginx@sha256:${'a'.repeat(64)}`)]))).toEqual({
    code: 'usage',
    message: 'packyard.json names versions, not contents: nginx@sha256:… cannot be written into it.',
    hint: 'Name the version, as in nginx@1.2.3: packyard.lock pins its content.',
  });
  const failure = await failureOf(
    addWishes(folder, [parseReference('nginx')], 'https://user:secret@packs.example.org/'),
  );
  expect(failure.code).toBe('project-invalid');
  expect(JSON.stringify(failure)).not.toContain('secret');
});
