import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { runCommand, useDemoRegistry, type Run } from '../helpers/demo-registry.ts';
import { loosePack, pushRegistry } from '../helpers/push-registry.ts';

useDemoRegistry();

function shown({ status, out, err }: Run, names: Readonly<Record<string, string>>): string {
  let text = `${err}${out}exit status ${status}`;
  for (const [name, value] of Object.entries(names)) text = text.replaceAll(value, `<${name}>`);
  return text.replaceAll(/\b[0-9a-f]{12}\b/gu, '<commit>');
}

test('a pack is shown, pushed, found again, refused, and replaced', async () => {
  const remote = await pushRegistry();
  const files = { 'notes.txt~': '', 'charts/x.sh': '#!/bin/sh\n' };
  const pack = await loosePack({ version: '1.1.0', files });
  const push = async (...more: readonly string[]): Promise<string> =>
    shown(await runCommand(['push', pack, '--registry', remote.url, ...more]), { remote: remote.url, pack });
  expect(await push('--dry-run')).toMatchInlineSnapshot(`
    "Looking at <remote>
    Checking packs/demo-1.1.0
    packs/demo-1.1.0/pack.json:1:1 warning pack/no-contributor
      there is no annotation "contributor"
      1 | {
        | ^
      → Say in "annotations.contributor" whom to ask about the pack: a company or a person.

    packs/demo-1.1.0/pack.json:1:1 warning pack/no-source
      there is no annotation "source"
      1 | {
        | ^
      → Say in "annotations.source" who maintains the pack, such as "community".

    packs/demo-1.1.0/pack.json:5:12 warning pack/no-addon-type
      the layer is "addon", but there is no "addonType"
      5 |   "layer": "addon",
        |            ^^^^^^^
      → Say what the addon is for, such as "monitoring", "security" or "system app": catalogs group addons by it.

    Would push packyard/demo-1.1.0 to <remote>
      on top of main of <remote>, commit <commit>
    demo 1.1.0 goes to packs/demo-1.1.0: 4 files, 162 bytes
        7 bytes  README.md
       10 bytes  charts/x.sh
      121 bytes  pack.json
       24 bytes  values.yaml
    Left out: notes.txt~ (junk)
    Message of the commit:
      Add demo 1.1.0

      Since 1.0.0: 1 file added, 1 file changed.

        + charts/x.sh
        ~ pack.json

      Signed-off-by: Ada Lovelace <ada@example.org>
    exit status 0"
  `);
  expect(await push()).toMatchInlineSnapshot(`
    "Looking at <remote>
    Checking packs/demo-1.1.0
    Pushing to <remote>
    packs/demo-1.1.0/pack.json:1:1 warning pack/no-contributor
      there is no annotation "contributor"
      1 | {
        | ^
      → Say in "annotations.contributor" whom to ask about the pack: a company or a person.

    packs/demo-1.1.0/pack.json:1:1 warning pack/no-source
      there is no annotation "source"
      1 | {
        | ^
      → Say in "annotations.source" who maintains the pack, such as "community".

    packs/demo-1.1.0/pack.json:5:12 warning pack/no-addon-type
      the layer is "addon", but there is no "addonType"
      5 |   "layer": "addon",
        |            ^^^^^^^
      → Say what the addon is for, such as "monitoring", "security" or "system app": catalogs group addons by it.

    Pushed demo 1.1.0 to <remote>, branch packyard/demo-1.1.0
      packs/demo-1.1.0: 4 files
      Left out: notes.txt~ (junk)
    Ask the owners of <remote> to merge it into main: git pull --no-ff <remote> packyard/demo-1.1.0
    exit status 0"
  `);
  expect(await push('--quiet')).toBe('exit status 0');
  expect(await push()).toMatchInlineSnapshot(`
    "Looking at <remote>
    Checking packs/demo-1.1.0
    packs/demo-1.1.0/pack.json:1:1 warning pack/no-contributor
      there is no annotation "contributor"
      1 | {
        | ^
      → Say in "annotations.contributor" whom to ask about the pack: a company or a person.

    packs/demo-1.1.0/pack.json:1:1 warning pack/no-source
      there is no annotation "source"
      1 | {
        | ^
      → Say in "annotations.source" who maintains the pack, such as "community".

    packs/demo-1.1.0/pack.json:5:12 warning pack/no-addon-type
      the layer is "addon", but there is no "addonType"
      5 |   "layer": "addon",
        |            ^^^^^^^
      → Say what the addon is for, such as "monitoring", "security" or "system app": catalogs group addons by it.

    demo 1.1.0: branch packyard/demo-1.1.0 of <remote> has the same content already. Nothing was pushed.
    Ask the owners of <remote> to merge it into main: git pull --no-ff <remote> packyard/demo-1.1.0
    exit status 0"
  `);
  appendFileSync(join(pack, 'README.md'), 'More.\n');
  expect(await push('--quiet')).toMatchInlineSnapshot(`
    "error <remote> has a branch packyard/demo-1.1.0 already, with other content.
      → Nothing was pushed. With --update it is replaced, if it is yours; or name another one with --branch.
    exit status 1"
  `);
  expect(await push('--update')).toMatchInlineSnapshot(`
    "Looking at <remote>
    Checking packs/demo-1.1.0
    Pushing to <remote>
    packs/demo-1.1.0/pack.json:1:1 warning pack/no-contributor
      there is no annotation "contributor"
      1 | {
        | ^
      → Say in "annotations.contributor" whom to ask about the pack: a company or a person.

    packs/demo-1.1.0/pack.json:1:1 warning pack/no-source
      there is no annotation "source"
      1 | {
        | ^
      → Say in "annotations.source" who maintains the pack, such as "community".

    packs/demo-1.1.0/pack.json:5:12 warning pack/no-addon-type
      the layer is "addon", but there is no "addonType"
      5 |   "layer": "addon",
        |            ^^^^^^^
      → Say what the addon is for, such as "monitoring", "security" or "system app": catalogs group addons by it.

    Pushed demo 1.1.0 to <remote>, branch packyard/demo-1.1.0, in place of what was there
      packs/demo-1.1.0: 4 files
      Left out: notes.txt~ (junk)
    Ask the owners of <remote> to merge it into main: git pull --no-ff <remote> packyard/demo-1.1.0
    exit status 0"
  `);
  remote.git('update-ref', 'refs/heads/main', 'refs/heads/packyard/demo-1.1.0');
  expect(await push()).toMatchInlineSnapshot(`
    "Looking at <remote>
    demo 1.1.0: <remote> has the same content already, in packs/demo-1.1.0. Nothing was pushed.
    exit status 0"
  `);
  writeFileSync(join(pack, 'values.yaml'), '');
  expect(await push()).toMatchInlineSnapshot(`
    "Looking at <remote>
    error demo 1.1.0 is in the registry already, in packs/demo-1.1.0, with other content:
      ~ values.yaml
      → What is there never changes. Give the pack its next free version: 1.1.1.
    exit status 1"
  `);
});

test('what is wrong with a pack, or with the command line, is said', async () => {
  const remote = await pushRegistry();
  const pack = await loosePack({ version: '1.1.0' });
  symlinkSync('/etc/passwd', join(pack, 'link'));
  const names = { remote: remote.url, pack };
  const run = async (...args: readonly string[]): Promise<string> => shown(await runCommand(['push', ...args]), names);
  expect(await run(pack, '--registry', remote.url, '-q')).toMatchInlineSnapshot(`
    "packs/demo-1.1.0/link error file/symlink
      "link" is a symbolic link
      → Replace it with a copy of what it points to: archives of packs hold regular files only.

    packs/demo-1.1.0/pack.json:1:1 warning pack/no-contributor
      there is no annotation "contributor"
      1 | {
        | ^
      → Say in "annotations.contributor" whom to ask about the pack: a company or a person.

    packs/demo-1.1.0/pack.json:1:1 warning pack/no-source
      there is no annotation "source"
      1 | {
        | ^
      → Say in "annotations.source" who maintains the pack, such as "community".

    packs/demo-1.1.0/pack.json:5:12 warning pack/no-addon-type
      the layer is "addon", but there is no "addonType"
      5 |   "layer": "addon",
        |            ^^^^^^^
      → Say what the addon is for, such as "monitoring", "security" or "system app": catalogs group addons by it.

    error The check of the registry found an error. Nothing was pushed.
      → Mend what is found, and push again. \`packyard explain RULE\` says what a rule means.
    exit status 1"
  `);
  expect(await run(pack)).toMatchInlineSnapshot(`
    "error Nothing says which registry the pack is for: it does not lie in a checkout with a remote.
      → Name the Git repository with --registry, or in the variable PACKYARD_REPOSITORY.
    exit status 2"
  `);
  expect(await run(pack, '--api', 'https://x')).toMatchInlineSnapshot(`
    "error --api needs --open.
      → Add --open, or leave it out.
    exit status 2"
  `);
  expect(await run(pack, pack, '--registry', remote.url)).toMatchInlineSnapshot(`
    "error demo 1.1.0 is to be pushed from two directories.
      → Name one of them.
    exit status 2"
  `);
  expect(await run(pack, '--registry', remote.url, '--remote', 'origin')).toMatchInlineSnapshot(`
    "error --registry and --remote do not go together.
      → Leave out one of the two.
    exit status 2"
  `);
  mkdirSync(join(pack, 'empty'));
  expect(await run(join(pack, 'empty'), '--registry', remote.url)).toMatchInlineSnapshot(`
    "error <pack>/empty holds no pack.json, so it is no pack.
      → Name the directory of a pack, or make one with \`packyard new\`.
    exit status 1"
  `);
  expect(await run(join(pack, 'gone'), '--registry', remote.url)).toMatchInlineSnapshot(`
    "error <pack>/gone is not a directory.
      → Name the directory of a pack: the one with its pack.json.
    exit status 1"
  `);
});

test('a pull request that cannot be opened is no reason to lose the branch', async () => {
  const remote = await pushRegistry();
  const pack = await loosePack({ version: '1.1.0' });
  const args = ['push', pack, '--registry', remote.url, '--open'];
  const { status, err, out } = await runCommand(args);
  expect(status).toBe(2);
  expect(err).toContain(
    'The branch was pushed, but its pull request is not open: the address of the registry belongs to no web page.',
  );
  expect(out).toMatch(/^Pushed demo 1\.1\.0 to /u);
  const { out: json } = await runCommand([...args, '--json']);
  expect(JSON.parse(json)).toMatchObject({ outcome: 'unchanged', opened: { failure: expect.any(String) } });
});
