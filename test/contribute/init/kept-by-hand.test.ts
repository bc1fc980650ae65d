import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { InitOptions } from '../../../src/contribute/init/init-options.ts';
import { init } from '../../../src/contribute/init/init.ts';
import { gitRepository, type FileMap } from '../../helpers/git-repository.ts';

async function left(files: FileMap, options: InitOptions = {}): Promise<readonly string[]> {
  const { path } = await gitRepository(files);
  return (await init({ directory: path, pack: false, ...options })).byHand;
}

test('workflows of one’s own do nothing for packs', async () => {
  const files = {
    '.github/workflows/pull-request.yaml': 'on: pull_request\n',
    '.github/workflows/publish-s3.yml': 'on: push\n',
  };
  const { path } = await gitRepository(files);
  const { byHand } = await init({ directory: path, host: 's3' });
  expect(byHand).toEqual([
    '.github/workflows/pull-request.yaml is a workflow of your own: packs are checked in pull requests as soon as it uses ./.github/actions/setup and ./.github/actions/check.',
    '.github/workflows/publish-s3.yml is a workflow of your own: the registry is published as soon as it uses ./.github/actions/setup and ./.github/actions/publish.',
  ]);
  expect(existsSync(join(path, '.github/workflows/pull-request.yml'))).toBe(false);
  expect(await left({ '.github/workflows/pull-request.yml': 'run: npx packyard check\n' })).toEqual([]);
});

test('owners whom CODEOWNERS does not name', async () => {
  const owners = ['@acme/a', '@acme/b'];
  expect(await left({ 'docs/CODEOWNERS': '* @acme/a\n' }, { owners })).toEqual([
    'docs/CODEOWNERS stays as it is, and does not name @acme/b.',
  ]);
  expect(await left({ CODEOWNERS: '* @acme/a @acme/b\n' }, { owners })).toEqual([]);
});

test('what registry.yaml says otherwise', async () => {
  const asked = { name: 'x', title: 'Ours', url: 'https://x.example.org/' };
  expect(await left({ 'registry.yaml': 'name: ours\ntitle: Ours\n' }, asked)).toEqual([
    'registry.yaml keeps its own name; a new one has "x".',
    'registry.yaml keeps its own homepage; a new one has "https://x.example.org/".',
  ]);
});

test('a pack in the root, and a first pack that is there', async () => {
  expect(await left({ 'pack.json': '{}' })).toEqual([
    'pack.json lies in the root, where no pack can be: move it with its files into a folder such as packs/NAME-VERSION.',
  ]);
  expect(await left({ 'packs/hi-1.0.0/pack.json': '{}' }, { pack: 'hi' })).toEqual([
    'The pack hi is there already, and stays as it is.',
  ]);
});

test('an empty file of settings is as good as none; one that cannot be read is shown in one line', async () => {
  const { path } = await gitRepository({ '.vscode/settings.json': '\n', '.vscode/extensions.json': '[' });
  const { byHand } = await init({ directory: path });
  expect(readFileSync(join(path, '.vscode/settings.json'), 'utf8')).toContain('"yaml.schemas"');
  expect(byHand).toEqual([
    '.vscode/extensions.json cannot be read as JSON, and stays as it is. A new one is: {"recommendations":["redhat.vscode-yaml"]}',
  ]);
});
