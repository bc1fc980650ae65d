import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { readRolePart } from '../../../src/contribute/new/role-part.ts';
import { PackyardError } from '../../../src/errors.ts';
import { scratch } from '../../helpers/scratch.ts';

const PACKS = fileURLToPath(new URL('../../../packs/', import.meta.url));

async function role(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(await scratch(), name);
  mkdirSync(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function refusal(folder: string): { readonly message: string; readonly hint: string | undefined } {
  try {
    readRolePart(folder);
  } catch (error) {
    if (error instanceof PackyardError)
      return { message: error.message.replaceAll(folder, '<role>'), hint: error.hint };
    throw error;
  }
  throw new Error('it was read');
}

test('a role is copied with its rights, without junk, and says what it is', async () => {
  const folder = await role('node_tuning', {
    'tasks/main.yml': '- ansible.builtin.debug:\n',
    'files/run.sh': '#!/bin/sh\n',
    'meta/main.yml': 'galaxy_info:\n  role_name: Node_Tuning\n  description: " Tunes nodes. "\n',
    '.git/config': 'x',
    '.DS_Store': 'x',
    'tasks/main.yml~': 'x',
    'library/__pycache__/a.pyc': 'x',
    'molecule/default/molecule.yml': 'x',
    'site.retry': 'x',
    'README.md': '# Role\n',
  });
  chmodSync(join(folder, 'files/run.sh'), 0o755);
  const part = readRolePart(folder);
  expect(part.files.map(({ path }) => path)).toEqual([
    'ansible-roles/node_tuning/README.md',
    'ansible-roles/node_tuning/files/run.sh',
    'ansible-roles/node_tuning/meta/main.yml',
    'ansible-roles/node_tuning/tasks/main.yml',
  ]);
  if (process.platform !== 'win32')
    expect(part.files.filter(({ executable }) => executable).map(({ path }) => path)).toEqual([
      'ansible-roles/node_tuning/files/run.sh',
    ]);
  expect(part.ansibleRoles).toEqual(['ansible-roles/node_tuning']);
  expect(part.facts).toEqual({ name: 'node-tuning', description: 'Tunes nodes.' });
});

test('the role of the example packs', () => {
  const part = readRolePart(join(PACKS, 'node-tuning-1.0.0/ansible-roles/node_tuning'));
  expect(part.files).toHaveLength(6);
  expect(part.facts.name).toBe('node-tuning');
  expect(part.decisions).toEqual([]);
});

test('vaults and what Ansible may not read are for a human to look at', async () => {
  const folder = await role('r', {
    'tasks/main.yml': '- debug:\n  a: [\n',
    'vars/main.yml': 'a: 1\nsecret: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  61\n',
    'defaults/main.yml': 'a: !unsafe x\n',
  });
  expect(readRolePart(folder).decisions).toEqual([
    expect.objectContaining({
      file: 'ansible-roles/r/tasks/main.yml',
      text: expect.stringMatching(/^Ansible may not be able to read it: /u) as string,
    }),
    {
      file: 'ansible-roles/r/vars/main.yml',
      line: 3,
      text: 'It holds an Ansible vault: whoever installs the pack needs its password.',
    },
  ]);
});

test('folders that are no roles', async () => {
  expect(refusal(await role('playbook', { 'roles/web/tasks/main.yml': '- a\n' }))).toEqual({
    message: '<role> is no Ansible role: it has no tasks/main.yml, nor another main.yml that Ansible looks for.',
    hint: 'Did you mean the role inside: roles/web?',
  });
  expect(refusal(await role('empty', {})).hint).toBe('Name the folder that holds tasks, defaults or meta.');
  expect(refusal(join(await scratch(), 'none')).message).toBe('The role <role> is not there.');
  const file = join(await role('r', { 'tasks/main.yml': '- a\n' }), 'tasks/main.yml');
  expect(refusal(file).message).toBe('The role <role> is no folder.');
});

test.skipIf(process.platform === 'win32')('links and names that some system cannot have', async () => {
  const linked = await role('r', { 'tasks/main.yml': '- a\n' });
  symlinkSync('/etc', join(linked, 'files'));
  expect(refusal(linked)).toEqual({
    message: '<role>/files is a symbolic link, which no release can hold.',
    hint: 'Put a file in its place in the role.',
  });
  const reserved = await role('r', { 'tasks/main.yml': '- a\n', 'files/con.txt': '' });
  expect(refusal(reserved).message).toBe(
    '<role>/files/con.txt cannot be part of a pack: Windows reserves the name "con.txt".',
  );
  // Elsewhere the second of these is the first.
  if (process.platform !== 'linux') return;
  const collision = await role('r', { 'tasks/main.yml': '- a\n', 'files/a': '', 'files/A': '' });
  expect(refusal(collision).message).toContain('are one name where case does not count.');
});
