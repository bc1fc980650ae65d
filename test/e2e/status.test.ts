import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { runCli, transcript } from '../helpers/cli.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';

async function repository(): Promise<TestRepository> {
  return gitRepository({
    ...packFiles('packs/demo-1.0.0'),
    ...packFiles('packs/demo-1.1.0', { version: '1.1.0' }),
    ...packFiles('packs/other', { name: 'other' }),
  });
}

const run = async ({ path }: TestRepository, ...args: string[]): Promise<string> =>
  transcript(await runCli(args, { cwd: path }), { repo: path });

const CVE = ['--reason', 'CVE-2026-1234', '--at', '2026-05-01'];

test('yank writes the file, and has nothing to do the second time', async () => {
  const place = await repository();
  expect(await run(place, 'yank', 'demo@1.0.0', ...CVE, '--replacement', '1.1.0')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    Created status/demo.yaml: 1.0.0 is yanked
      1.0.0  active → yanked
    Commit it: the next build publishes it."
  `);
  expect(readFileSync(join(place.path, 'status/demo.yaml'), 'utf8')).toMatchInlineSnapshot(`
    "releases:
      - versions: "1.0.0"
        state: yanked
        reason: CVE-2026-1234
        at: 2026-05-01
        replacement: "1.1.0"
    "
  `);
  expect(await run(place, 'yank', 'demo@1.0.0', '--reason', 'CVE-2026-1234')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    status/demo.yaml says so already."
  `);
  expect(await run(place, 'yank', 'demo@1.0.0', ...CVE, '--quiet')).toBe('exit status 0');
});

test('deprecate --dry-run prints what would change', async () => {
  const place = await repository();
  writeFileSync(join(place.path, 'registry.yaml'), 'name: demo\n');
  expect(
    await run(
      place,
      'deprecate',
      'demo@*',
      '--reason',
      'no more\u001b[31m updates',
      '--at',
      '2026-05-01',
      '--replacement',
      'other@1.0.0',
      '--dry-run',
    ),
  ).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    Would create status/demo.yaml: * is deprecated
      1.1.0  active → deprecated
      1.0.0  active → deprecated

    --- /dev/null
    +++ b/status/demo.yaml
    @@ -0,0 +1,6 @@
    +releases:
    +  - versions: "*"
    +    state: deprecated
    +    reason: "no more\\u001b[31m updates"
    +    at: 2026-05-01
    +    replacement: "other@1.0.0""
  `);
  expect(await run(place, 'yank', 'demo@0.9', ...CVE, '--force', '--dry-run')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    Would create status/demo.yaml: 0.9 is yanked
      no version of the work tree

    --- /dev/null
    +++ b/status/demo.yaml
    @@ -0,0 +1,5 @@
    +releases:
    +  - versions: "0.9"
    +    state: yanked
    +    reason: CVE-2026-1234
    +    at: 2026-05-01"
  `);
});

test('another state, as JSON', async () => {
  const place = await repository();
  const { stdout } = await runCli(['yank', 'demo@1.x', '--state', 'disabled', ...CVE, '--json'], { cwd: place.path });
  expect(JSON.parse(stdout)).toMatchObject({
    format: 'packyard-status-edit/1',
    dryRun: false,
    file: 'status/demo.yaml',
    change: 'created',
    entry: { versions: '1.x', state: 'disabled', reason: 'CVE-2026-1234', at: '2026-05-01' },
    versions: [
      { version: '1.1.0', before: 'active', after: 'disabled' },
      { version: '1.0.0', before: 'active', after: 'disabled' },
    ],
  });
  expect(await run(place, 'yank', 'demo@1.1.0', '--state', 'active', '--at', '2026-05-02')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    Added to status/demo.yaml: 1.1.0 is active
      1.1.0  disabled → active
    Commit it: the next build publishes it."
  `);
});

test('what cannot be done', async () => {
  const place = await repository();
  expect(await run(place, 'yank', 'demo', ...CVE)).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error "demo" does not say which versions of which pack.
      → Name one or several: demo@1.2.3, @1.2.x, "@>=1.2 <1.3", or "@*" for all."
  `);
  expect(await run(place, 'yank', 'demo@', ...CVE)).toContain('"demo@" does not say which versions of which pack.');
  expect(await run(place, 'yank', '@1.x', ...CVE)).toContain('Name one or several: nginx@1.2.3');
  expect(await run(place, 'yank', 'dmeo@1.x', ...CVE)).toMatchInlineSnapshot(`
    "exit status 1
    --- stderr
    error The work tree has no pack "dmeo".
      → Did you mean demo@1.x? Where only the history or the published registry has it, add --force."
  `);
  expect(await run(place, 'yank', 'demo@1.0.0')).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error No reason is given.
      → Say why, for the people who use it: --reason "CVE-2026-1234""
  `);
  expect(await run(place, 'yank', 'demo@1.0.0', ...CVE, '--state', 'gone')).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error Option '--state <state>' argument 'gone' is invalid. It is one of active, deprecated, disabled, yanked.
      → Run packyard yank --help to see what it takes."
  `);
  expect(await run(place, 'yank', 'demo@1.0.0', ...CVE, '--replacement', '1.1.1')).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    status/demo.yaml:6:19 error status/unknown-replacement
      the replacement does not exist: the pack "demo" has no version "1.1.1"
      6 |     replacement: "1.1.1"
        |                   ^^^^^
      → Did you mean "1.1.0"?

    error status/demo.yaml would not be in order with this entry.
      → Say something else, or --force it where the history or the published registry has the release; nothing was changed."
  `);
  expect(JSON.parse((await runCli(['yank', 'demo@7', ...CVE, '--json'], { cwd: place.path })).stdout)).toMatchObject({
    error: { code: 'unknown-release' },
  });
});
