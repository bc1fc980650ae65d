import { describe, expect, test } from 'vitest';

import { gitRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { png } from '../../helpers/png.ts';
import { buildTranscript, commitLink, packTranscript, transcriptOf } from '../../helpers/refused-build.ts';

describe('packyard build refuses a values.yaml that', () => {
  test('is missing', async () => {
    expect(await packTranscript({ files: { 'values.yaml': null } })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/values.yaml error values/missing
        the pack has no values.yaml
        → Add one; it may be empty."
    `);
  });

  test('is an alias bomb', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const levels = names.map((name, index) => {
      const items = Array.from({ length: 9 }, () => (index === 0 ? 'lol' : `*${names[index - 1]}`));
      return `${name}: &${name} [${items.join(', ')}]\n`;
    });
    expect(await packTranscript({ files: { 'values.yaml': levels.join('') } })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/values.yaml:7:9 error values/too-many-nodes
        values.yaml grows to more than 1000000 values when its aliases are expanded
        7 | g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f]
          |         ^
        → Write the values out, or use fewer aliases of aliases."
    `);
  });

  test('has an alias inside what it names', async () => {
    expect(await packTranscript({ files: { 'values.yaml': 'pack: &pack\n  again: *pack\n' } })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/values.yaml:2:11 error values/self-reference
        the alias "*pack" stands inside the very value that it names
        2 |   again: *pack
          |           ^
        → An alias can only repeat a value that is already complete."
    `);
  });

  test('is not YAML', async () => {
    const values = 'charts:\n  demo:\n    host: "{{ .spectro.host }}\n    port: 80\n';
    expect(await packTranscript({ files: { 'values.yaml': values } })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/values.yaml:4:5 error values/invalid-yaml
        values.yaml is not valid YAML: deficient indentation
        4 |     port: 80
          |     ^
        → Mend the line; indentation is spaces only, and a value that begins with {{ must be quoted."
    `);
  });
});

describe('packyard build refuses a file that', () => {
  test('is a symbolic link out of the repository', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    commitLink(repository, 'packs/demo/manifests/secret.yaml', '../../../../../etc/passwd');
    expect(await buildTranscript(repository, ['--rev', 'HEAD'])).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/manifests/secret.yaml error file/symlink
        "manifests/secret.yaml" is a symbolic link
        → Replace it with a copy of what it points to: archives of packs hold regular files only."
    `);
  });

  test('is a symbolic link in place of values.yaml', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    commitLink(repository, 'packs/demo/values.yaml', '/etc/passwd');
    expect(await buildTranscript(repository, ['--rev', 'HEAD'])).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      2 errors. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/values.yaml error file/symlink
        "values.yaml" is a symbolic link
        → Replace it with a copy of what it points to: archives of packs hold regular files only.

      packs/demo/values.yaml error values/missing
        the pack has no values.yaml
        → Add one; it may be empty."
    `);
  });

  test('Windows cannot hold, or confuses with another', async () => {
    const files = { 'manifests/aux.yaml': 'a', 'README.MD': 'b' };
    expect(await packTranscript({ files })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      2 errors. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/README.md error file/case-collision
        "README.md" and "README.MD" are one name on Windows and macOS
        → Rename one of them.

      packs/demo/manifests/aux.yaml error file/not-portable
        "manifests/aux.yaml" cannot be used on every machine: Windows reserves the name "aux.yaml"
        → Rename it."
    `);
  });
});

describe('packyard build refuses a logo that', () => {
  test('has 100 megapixels', async () => {
    expect(await packTranscript({ files: { 'logo.png': png(10_000, 10_000) } })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/logo.png error logo/too-many-pixels
        the logo has more than 25 million pixels
        → Scale it down; 256 by 256 is enough."
    `);
  });

  test('is a text file', async () => {
    expect(await packTranscript({ files: { 'logo.png': 'see logo.svg\n' } })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/logo.png error logo/not-an-image
        the logo is a text file, not a PNG, JPEG, WebP or SVG image
        → Replace it with a square PNG of 256 by 256 pixels, or remove it: a logo is then made from the name."
    `);
  });

  test('is cut off', async () => {
    const cut = png(200, 200).subarray(0, 50);
    expect(await packTranscript({ files: { 'logo.png': cut } })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/logo.png error logo/broken
        the logo cannot be decoded: vipspng: libpng read error
        → Export it again as PNG."
    `);
  });

  test('is an SVG with a script', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    expect(await packTranscript({ files: { 'logo.svg': svg } })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/logo.svg error logo/unsafe-svg
        the SVG logo holds a <script> element, which is not rendered
        → Export it as plain SVG with text turned into paths, or as PNG."
    `);
  });
});

describe('packyard build refuses two packs', () => {
  test('with one identity, and names both directories', async () => {
    const files = { ...packFiles('packs/demo-1.0.0'), ...packFiles('packs/demo-copy') };
    expect(await transcriptOf(files)).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      2 errors. Nothing was written: 2 packs refused.
      --- stderr
      packs: 1/2
      packs: 2/2
      packs/demo-1.0.0/pack.json:3:14 error registry/duplicate-release
        demo 1.0.0 is also in packs/demo-copy
        3 |   "version": "1.0.0",
          |              ^^^^^^^
        → A release has one content: give one of the two another version, or remove it.

      packs/demo-copy/pack.json:3:14 error registry/duplicate-release
        demo 1.0.0 is also in packs/demo-1.0.0
        3 |   "version": "1.0.0",
          |              ^^^^^^^
        → A release has one content: give one of the two another version, or remove it."
    `);
  });

  test('with identities that differ only in case', async () => {
    const files = {
      ...packFiles('packs/a', { version: '1.0.0-RC1' }),
      ...packFiles('packs/b', { version: '1.0.0-rc1' }),
    };
    expect(await transcriptOf(files)).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      2 errors. Nothing was written: 2 packs refused.
      --- stderr
      packs: 1/2
      packs: 2/2
      packs/a/pack.json:3:14 error registry/duplicate-release
        demo 1.0.0-RC1 is also in packs/b
        3 |   "version": "1.0.0-RC1",
          |              ^^^^^^^^^^^
        → A release has one content: give one of the two another version, or remove it.

      packs/b/pack.json:3:14 error registry/duplicate-release
        demo 1.0.0-rc1 is also in packs/a
        3 |   "version": "1.0.0-rc1",
          |              ^^^^^^^^^^^
        → A release has one content: give one of the two another version, or remove it."
    `);
  });
});
