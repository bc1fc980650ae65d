import { expect, test } from 'vitest';

import { executable } from '../../../../src/check/rules/file/executable.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(path: string, content: string | Buffer = 'x', marked: boolean = true): Promise<unknown[]> {
  const pack = await lintPackOf({ files: { [path]: content } });
  const files = new Map([...pack.files].map(([key, file]) => [key, { ...file, executable: marked && key === path }]));
  return [...executable({ ...pack, files })];
}

test('a data file with the mark is a finding', async () => {
  expect(await found('manifests/one.yaml')).toEqual([
    { rule: 'file/executable', severity: 'error', file: 'manifests/one.yaml', args: { path: 'manifests/one.yaml' } },
  ]);
});

test.each(['pack.json', 'README.MD', 'logo.png', 'charts/a.tgz', 'templates/_helpers.tpl', 'NOTES.txt', 'a.svg'])(
  '%s is data',
  async (path) => {
    expect(await found(path)).toHaveLength(1);
  },
);

test.each(['run.sh', 'bin/tool', 'test.bats', 'hook.py', '.yaml', 'json'])('%s may be a program', async (path) => {
  expect(await found(path)).toEqual([]);
});

test('an ending says nothing about a file that names its interpreter', async () => {
  expect(await found('play.yaml', '#!/usr/bin/env ansible-playbook\n')).toEqual([]);
});

test('an empty file with the mark is a finding, and one without it is none', async () => {
  expect(await found('empty.yaml', Buffer.alloc(0))).toHaveLength(1);
  expect(await found('one.yaml', 'x', false)).toEqual([]);
});
