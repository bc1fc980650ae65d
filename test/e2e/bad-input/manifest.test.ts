import { describe, expect, test } from 'vitest';

import { gitRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { buildTranscript, commitLink, packTranscript } from '../../helpers/refused-build.ts';

const manifest = (content: string | Uint8Array): Promise<string> => packTranscript({ files: { 'pack.json': content } });

describe('packyard build refuses a pack.json that', () => {
  test('is empty', async () => {
    expect(await manifest('')).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json error pack/empty
        pack.json is empty
        → It needs at least name, version, displayName and layer."
    `);
  });

  test('is not JSON', async () => {
    expect(await manifest('{\n  "name": "demo",\n  "version": "1.0.0"\n  "layer": "addon"\n}\n'))
      .toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:4:3 error pack/invalid-json
        pack.json is not JSON: a string stands where a comma or "}" is wanted
        4 |   "layer": "addon"
          |   ^
        → Look for a missing or extra comma, quote or bracket here or just before; JSON has no comments."
    `);
  });

  test('ends too early', async () => {
    expect(await manifest('{\n  "name": "demo",\n')).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:2:17 error pack/invalid-json
        pack.json is not JSON: the text ends too early, where a key is wanted
        2 |   "name": "demo",
          |                 ^
        → Look for a missing or extra comma, quote or bracket here or just before; JSON has no comments."
    `);
  });

  test('is an array', async () => {
    expect(await manifest('\n[{ "name": "demo" }]\n')).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:2:1 error pack/not-an-object
        pack.json holds a list where an object is wanted
        2 | [{ "name": "demo" }]
          | ^
        → Write { "name": …, "version": …, "displayName": …, "layer": … }."
    `);
  });

  test('is not UTF-8', async () => {
    expect(await manifest(Buffer.from('{ "name": "d\xe9mo" }', 'latin1'))).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json error pack/not-utf8
        pack.json is not UTF-8: byte 12 belongs to no character
        → Save it as UTF-8."
    `);
  });

  test('is UTF-16', async () => {
    expect(await manifest(Buffer.from('\uFEFF{ "name": "demo" }', 'utf16le'))).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json error pack/not-utf8
        pack.json is not UTF-8: byte 0 belongs to no character
        → Save it as UTF-8."
    `);
  });

  test('begins with a byte order mark', async () => {
    expect(await manifest('\uFEFF{ "name": "demo" }')).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json error pack/byte-order-mark
        pack.json begins with a byte order mark, which most JSON readers refuse
        → Save it as UTF-8 without BOM."
    `);
  });

  test('has keys twice', async () => {
    const json = `{
  "name": "demo",
  "version": "1.0.0",
  "version": "2.0.0",
  "annotations": { "source": "a", "source": "b" },
  "displayName": "Demo",
  "layer": "addon"
}
`;
    expect(await manifest(json)).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      2 errors. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:4:3 error pack/duplicate-key
        the key "version" stands twice, first on line 3
        4 |   "version": "2.0.0",
          |   ^^^^^^^^^
        → Keep one: readers differ in which of the two they take.

      packs/demo/pack.json:5:35 error pack/duplicate-key
        the key "source" stands twice, first on line 5
        5 |   "annotations": { "source": "a", "source": "b" },
          |                                   ^^^^^^^^
        → Keep one: readers differ in which of the two they take."
    `);
  });

  test('has 50 MB', async () => {
    expect(await manifest(Buffer.alloc(50_000_000, ' '))).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json error pack/too-large
        pack.json is larger than 1 MiB
        → It only names and describes: move data to other files of the pack."
    `);
  });

  test('is nested too deep', async () => {
    expect(await manifest(`{"name":${'['.repeat(200_000)}`)).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:1:108 error pack/too-deep
        pack.json is nested more than 100 levels deep
        1 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
          |                                        ^
        → Nothing in a pack.json is deeper than five levels: look for brackets that are not closed."
    `);
  });

  test('lacks what a pack needs and has what none may have', async () => {
    const json = `{
  "name": "demo",
  "layer": "adon",
  "cloudTypes": "all",
  "chart": ["charts/demo.tgz"]
}
`;
    expect(await manifest(json)).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      4 errors, 1 warning. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:1:1 error pack/schema
        the document needs the key "version"
        1 | {
          | ^
        → schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type.

      packs/demo/pack.json:1:1 error pack/schema
        the document needs the key "displayName"
        1 | {
          | ^
        → schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type.

      packs/demo/pack.json:3:12 error pack/schema
        "layer" must be kernel, os, k8s, cni, csi or addon, not "adon" (did you mean "addon"?)
        3 |   "layer": "adon",
          |            ^^^^^^
        → schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type.

      packs/demo/pack.json:4:17 error pack/schema
        "cloudTypes" must be a list, not a string
        4 |   "cloudTypes": "all",
          |                 ^^^^^
        → schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type.

      packs/demo/pack.json:5:3 warning pack/unknown-key
        pack.json has no key "chart"
        5 |   "chart": ["charts/demo.tgz"]
          |   ^^^^^^^
        → Did you mean "charts"?"
    `);
  });

  test('names the pack out of its folder', async () => {
    expect(await packTranscript({ name: '../../etc/demo' })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:2:11 error pack/schema
        "name" must be lower-case letters and digits, with -, _ or . between them, and no name that Windows reserves
        2 |   "name": "../../etc/demo",
          |           ^^^^^^^^^^^^^^^^
        → schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type."
    `);
  });

  test('has a version with a slash', async () => {
    expect(await packTranscript({ version: '1.0/../../2' })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:3:14 error pack/schema
        "version" must be a version such as 1.2.3: it starts with a digit (a leading v is read too) and holds letters, digits, dots, +, - and _ only
        3 |   "version": "1.0/../../2",
          |              ^^^^^^^^^^^^^
        → schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type."
    `);
  });

  test('is a symbolic link', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    commitLink(repository, 'packs/demo/pack.json', '/etc/passwd');
    expect(await buildTranscript(repository, ['--rev', 'HEAD'])).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json error file/symlink
        "pack.json" is a symbolic link
        → Replace it with a copy of what it points to: archives of packs hold regular files only."
    `);
  });
});
