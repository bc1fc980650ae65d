import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { runCommand, useDemoRegistry, type Run } from '../helpers/demo-registry.ts';
import { loosePack, pushRegistry } from '../helpers/push-registry.ts';

useDemoRegistry();

function shown({ status, out, err }: Run, names: Readonly<Record<string, string>>): string {
  let text = `${err}${out}exit status ${status}`;
  for (const [name, value] of Object.entries(names)) text = text.replaceAll(value, `<${name}>`);
  return text;
}

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
  cpSync(pack, `${pack}-copy`, { recursive: true, verbatimSymlinks: true });
  expect(await run(pack, `${pack}-copy`, '--registry', remote.url)).toMatchInlineSnapshot(`
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
