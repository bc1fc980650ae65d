import { appendFileSync, writeFileSync } from 'node:fs';
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
  expect((await push('--dry-run')).split('\n').filter((line) => line.includes('<commit>') || line.startsWith('Would')))
    .toMatchInlineSnapshot(`
    [
      "Would push nothing: branch packyard/demo-1.1.0 of <remote> has the same content already",
      "  compared with main of <remote>, commit <commit>",
    ]
  `);
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
  expect(await push('--update', '--dry-run')).toContain(
    'Would push packyard/demo-1.1.0 to <remote>, in place of what is there\n',
  );
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
