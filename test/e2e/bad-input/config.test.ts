import { describe, expect, test } from 'vitest';

import { packFiles } from '../../helpers/pack-fixture.ts';
import { transcriptOf } from '../../helpers/refused-build.ts';

const configured = (config: string | Uint8Array): Promise<string> =>
  transcriptOf({ ...packFiles('packs/demo'), 'registry.yaml': config });

describe('packyard build with a registry.yaml', () => {
  test('that is not YAML', async () => {
    expect(await configured('name: yard\n\ttitle: Yard\n')).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      registry.yaml:2:1 error config/invalid-yaml
        registry.yaml is not valid YAML: tab characters must not be used in indentation
        2 |  title: Yard
          | ^
        → Mend the line; indentation is spaces only.

      error registry.yaml has an error.
        → Mend it and run the command again; without the file, every setting has its default."
    `);
  });

  test('that is a list', async () => {
    expect(await configured('- packs/*\n')).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      registry.yaml:1:1 error config/invalid-yaml
        registry.yaml is not valid YAML: it holds a list where a mapping is wanted
        1 | - packs/*
          | ^
        → Mend the line; indentation is spaces only.

      error registry.yaml has an error.
        → Mend it and run the command again; without the file, every setting has its default."
    `);
  });

  test('that is not UTF-8', async () => {
    expect(await configured(Buffer.from('name: yard\ntitle: \xe9t\xe9\n', 'latin1'))).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      registry.yaml error config/invalid-yaml
        registry.yaml is not valid YAML: byte 18 is not UTF-8
        → Mend the line; indentation is spaces only.

      error registry.yaml has an error.
        → Mend it and run the command again; without the file, every setting has its default."
    `);
  });

  test('that is an alias bomb', async () => {
    const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, index, names) => {
      const items = Array.from({ length: 20 }, () => (index === 0 ? 'lol' : `*${names[index - 1]}`));
      return `${name}: &${name} [${items.join(', ')}]\n`;
    });
    expect(await configured(levels.join(''))).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      registry.yaml:5:25 error config/invalid-yaml
        registry.yaml is not valid YAML: its aliases expand without bound
        5 | e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
          |                         ^
        → Mend the line; indentation is spaces only.

      error registry.yaml has an error.
        → Mend it and run the command again; without the file, every setting has its default."
    `);
  });

  test('that its schema refuses, with everything that is wrong', async () => {
    const config = `name: Community Packs
title: 7
homepage: https://user:secret@example.org
packs:
  - ../elsewhere/*
logos:
  sizes: [48, 4096]
  shape: round
`;
    expect(await configured(config)).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      registry.yaml:1:7 error config/schema
        "name" must be lower-case letters and digits, with -, _ or . between them, and no name that Windows reserves
        1 | name: Community Packs
          |       ^^^^^^^^^^^^^^^
        → schemas/registry.schema.json says what registry.yaml may hold.

      registry.yaml:2:8 error config/schema
        "title" must be a string, not a number
        2 | title: 7
          |        ^
        → schemas/registry.schema.json says what registry.yaml may hold.

      registry.yaml:3:11 error config/schema
        "homepage" must be an http(s) address without a user or password
        3 | homepage: https://user:secret@example.org
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        → schemas/registry.schema.json says what registry.yaml may hold.

      registry.yaml:5:5 error config/schema
        "packs.0" must be a glob below the root of the repository, with /; with at most five * and two {a,b}, and no (…) or {1..9}
        5 |   - ../elsewhere/*
          |     ^^^^^^^^^^^^^^
        → schemas/registry.schema.json says what registry.yaml may hold.

      registry.yaml:7:15 error config/schema
        "logos.sizes.1" must be <= 1024
        7 |   sizes: [48, 4096]
          |               ^^^^
        → schemas/registry.schema.json says what registry.yaml may hold.

      registry.yaml:8:10 error config/schema
        "logos.shape" is not a known key
        8 |   shape: round
          |          ^^^^^
        → schemas/registry.schema.json says what registry.yaml may hold.

      error registry.yaml has 6 errors.
        → Mend it and run the command again; without the file, every setting has its default."
    `);
  });

  test('that has keys which nothing reads: a warning, and the registry is built', async () => {
    expect(await configured('nmae: yard\nzzz: 1\n')).toMatchInlineSnapshot(`
      "exit status 0
      --- stdout
      2 warnings.
      1 pack, 1 release: 1 added, 0 changed, 0 unchanged
      25 files, <size>: 25 new, 0 changed, 0 removed, <size> written in <time>
      Registry public (commit <commit>)
      Clients start at public/index.json. Any static server shows it, such as: npx http-server public
      --- stderr
      packs: 1/1
      files: 7/25
      files: 13/25
      files: 19/25
      files: 25/25
      registry.yaml:1:1 warning config/unknown-key
        registry.yaml has no key "nmae"
        1 | nmae: yard
          | ^^^^
        → Did you mean "name"?

      registry.yaml:2:1 warning config/unknown-key
        registry.yaml has no key "zzz"
        2 | zzz: 1
          | ^^^
        → Remove it: nothing reads it."
    `);
  });

  test('that is empty: the defaults hold', async () => {
    expect(await configured('# nothing yet\n')).toMatchInlineSnapshot(`
      "exit status 0
      --- stdout
      1 pack, 1 release: 1 added, 0 changed, 0 unchanged
      25 files, <size>: 25 new, 0 changed, 0 removed, <size> written in <time>
      Registry public (commit <commit>)
      Clients start at public/index.json. Any static server shows it, such as: npx http-server public
      --- stderr
      packs: 1/1
      files: 7/25
      files: 13/25
      files: 19/25
      files: 25/25"
    `);
  });
});
