import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { editStatus, type EditStatusOptions } from '../../src/build/edit-status.ts';
import type { StatusEdit } from '../../src/build/plan-status-edit.ts';
import { StatusError } from '../../src/build/status-error.ts';
import { gitRepository, type FileMap, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

const FILE = 'status/demo.yaml';
const YANK = { name: 'demo', versions: '1.2.x', state: 'yanked', reason: 'CVE-2026-1234', at: '2026-05-01' } as const;
const TEXT = 'releases:\n  - versions: "1.2.x"\n    state: yanked\n    reason: CVE-2026-1234\n    at: 2026-05-01\n';

const TODAY = { at: undefined } as unknown as Partial<EditStatusOptions>;

interface Place {
  readonly repository: TestRepository;
  edit(options?: Partial<EditStatusOptions>): Promise<StatusEdit>;
  text(): string;
}

async function place(files: FileMap = {}): Promise<Place> {
  const packs = ['1.2.0', '1.2.1', '1.3.0'].map((version) => packFiles(`packs/demo-${version}`, { version }));
  const other = packFiles('packs/other', { name: 'other', manifest: { annotations: { system_state: 'deleted' } } });
  const repository = await gitRepository(Object.assign({}, ...packs, other, files) as FileMap);
  const cache = await scratch();
  return {
    repository,
    edit: (options = {}) => editStatus({ repository: repository.path, cache, ...YANK, ...options }),
    text: () => readFileSync(join(repository.path, FILE), 'utf8'),
  };
}

describe('editStatus', () => {
  test('makes the file, says which versions change, and does nothing when it is asked again', async () => {
    const { edit, text } = await place();
    const done = await edit();
    expect(text()).toBe(TEXT);
    expect(done).toMatchObject({
      file: FILE,
      change: 'created',
      entry: { versions: '1.2.x', state: 'yanked', reason: 'CVE-2026-1234', at: '2026-05-01' },
      versions: [
        { version: '1.2.1', before: 'active', after: 'yanked' },
        { version: '1.2.0', before: 'active', after: 'yanked' },
      ],
      text: TEXT,
    });
    const again = await edit(TODAY);
    expect(again).toMatchObject({ change: 'unchanged', diff: '', versions: [{ before: 'yanked' }, {}] });
    expect(text()).toBe(TEXT);
  });

  test('changes nothing where it is only tried', async () => {
    const { edit, repository } = await place();
    const { change, diff } = await edit({ dryRun: true });
    expect(change).toBe('created');
    expect(diff).toBe(`--- /dev/null\n+++ b/${FILE}\n@@ -0,0 +1,5 @@\n${TEXT.replace(/^(?=.)/gmu, '+')}`);
    expect(existsSync(join(repository.path, 'status'))).toBe(false);
  });

  test('takes today for the day, in UTC', async () => {
    const before = new Date().toISOString().slice(0, 10);
    const { edit } = await place();
    const { entry } = await edit(TODAY);
    expect([before, new Date().toISOString().slice(0, 10)]).toContain(entry.at);
  });

  test('changes an entry for the same versions in place, and keeps what is not named', async () => {
    const before = `# by Ada\n${TEXT.replace('yanked', 'yanked # soon gone')}    replacement: "1.3.0" # tested\n# end\n`;
    const { edit, text } = await place({ [FILE]: before });
    expect((await edit({ state: 'disabled', at: '2026-06-01' })).change).toBe('replaced');
    expect(text()).toBe(before.replace('yanked', 'disabled').replace('2026-05-01', '2026-06-01'));
  });

  test('adds an entry behind all others where a later one would count', async () => {
    const before = `${TEXT}  - versions: "*"\n    state: active # all is well\n`;
    const { edit, text } = await place({ [FILE]: before });
    expect(await edit()).toMatchObject({ change: 'added', versions: [{ before: 'active', after: 'yanked' }, {}] });
    expect(text()).toBe(before + TEXT.replace('releases:\n', ''));
    expect((await edit()).change).toBe('unchanged');
  });

  test('adds where an entry cannot be changed in place', async () => {
    const before = TEXT.replace('CVE-2026-1234', '>\n      it is\n      bad');
    const { edit, text } = await place({ [FILE]: before });
    expect((await edit()).change).toBe('added');
    expect(text()).toBe(before + TEXT.replace('releases:\n', ''));
  });

  test('lifts what was said, and what the pack says of itself', async () => {
    const { edit, repository } = await place({ [FILE]: TEXT });
    const lifted = { state: 'active', reason: undefined, at: undefined } as unknown as Partial<EditStatusOptions>;
    expect(await edit(lifted)).toMatchObject({
      change: 'added',
      versions: [{ before: 'yanked', after: 'active' }, {}],
    });
    const other = await edit({ ...lifted, name: 'other', versions: '*' });
    expect(other.versions).toEqual([{ version: '1.0.0', before: 'disabled', after: 'active' }]);
    expect(readdirSync(join(repository.path, 'status'))).toEqual(['demo.yaml', 'other.yaml']);
  });

  test('keeps lines that end as on Windows', async () => {
    const { edit, text } = await place({ [FILE]: '# a\r\nreleases:\r\n  - versions: "9"\r\n    state: active\r\n' });
    await edit();
    expect(text()).toBe(
      `# a\r\nreleases:\r\n  - versions: "9"\r\n    state: active\r\n${TEXT.replace('releases:\n', '').replaceAll('\n', '\r\n')}`,
    );
  });

  test('names a release that only others have where it is told to', async () => {
    const { edit, text } = await place();
    expect(await edit({ versions: '0.9.0', replacement: '0.9.1', force: true })).toMatchObject({
      change: 'created',
      versions: [],
    });
    expect((await edit({ name: 'gone', force: true })).file).toBe('status/gone.yaml');
    expect(text()).toContain('replacement: "0.9.1"');
  });
});

describe('editStatus refuses', () => {
  const unknown = 'Where only the history or the published registry has it, add --force.';
  test.each<[string, Partial<EditStatusOptions>, object]>([
    [
      'a pack that there is not',
      { name: 'dmeo' },
      {
        code: 'unknown-release',
        message: 'The work tree has no pack "dmeo".',
        hint: `Did you mean demo@1.2.x? ${unknown}`,
      },
    ],
    [
      'a pack like none',
      { name: 'xyz' },
      { code: 'unknown-release', message: 'The work tree has no pack "xyz".', hint: unknown },
    ],
    [
      'versions that there are not',
      { versions: '2.x' },
      {
        code: 'unknown-release',
        message: 'The pack "demo" has no version in the work tree that "2.x" means.',
        hint: `It has 1.3.0, 1.2.1, 1.2.0. ${unknown}`,
      },
    ],
    [
      'no reason',
      { reason: ' ' },
      {
        code: 'usage',
        message: 'No reason is given.',
        hint: 'Say why, for the people who use it: --reason "CVE-2026-1234"',
      },
    ],
    [
      'no versions',
      { versions: 'latest' },
      {
        code: 'usage',
        message: '"latest" says no versions.',
        hint: 'Name one version (1.3.1), a train (1.3.x), a range (">=1.2 <2"), or "*" for all.',
      },
    ],
    [
      'no day',
      { at: '2026-02-30' },
      { code: 'usage', message: 'There is no day "2026-02-30".', hint: 'Write year, month and day: --at 2026-05-01' },
    ],
    [
      'an empty replacement',
      { replacement: '' },
      { code: 'usage', message: 'The replacement is empty.', hint: 'Name a version, or leave --replacement out.' },
    ],
    [
      'a name that leads elsewhere',
      { name: '../x' },
      {
        code: 'usage',
        message: '"../x" cannot be the name of a pack.',
        hint: 'Name pack and versions, as in nginx@1.2.x.',
      },
    ],
  ])('%s', async (_name, options, wanted) => {
    const { edit, repository } = await place();
    expect(await failureOf(edit(options))).toEqual(wanted);
    expect(existsSync(join(repository.path, 'status'))).toBe(false);
  });

  const refused = async ({ edit }: Place, options: Partial<EditStatusOptions> = {}): Promise<[string, string[]]> => {
    const error: unknown = await edit(options).catch((reason: unknown) => reason);
    if (!(error instanceof StatusError)) throw error;
    return [
      `${error.message} ${error.hint}`,
      error.findings.map(({ rule, place: at }) => `${at?.line ?? '-'} ${rule}`),
    ];
  };

  test.each([
    ['1.4.0', '6 status/unknown-replacement'],
    ['1.2.1', '6 status/own-replacement'],
    ['other@1.0.0', '6 status/withdrawn-replacement'],
    ['../1', '6 status/schema'],
  ])('the replacement %s', async (replacement, finding) => {
    const repository = await place();
    const [message, findings] = await refused(repository, { replacement });
    expect(message).toMatch(/^status\/demo\.yaml would not be in order with this entry\. .*; nothing was changed\.$/u);
    expect(findings).toEqual([finding]);
    expect(existsSync(join(repository.repository.path, 'status'))).toBe(false);
  });

  test('a file that is not in order', async () => {
    expect(await refused(await place({ [FILE]: 'releases: 1\n' }))).toEqual([
      'status/demo.yaml is not in order. Mend it first; nothing was changed.',
      ['1 status/schema'],
    ]);
  });

  test('a list that nothing can be added to line by line', async () => {
    expect(await refused(await place({ [FILE]: 'releases: [{ versions: "9", state: active }]\n' }))).toEqual([
      'status/demo.yaml would not be in order with this entry. Write "releases" as a list with a dash in front of each entry, on lines of its own; nothing was changed.',
      [],
    ]);
  });

  test('to call deprecated what must not be used, unless it is told to', async () => {
    const repository = await place({ [FILE]: TEXT });
    expect(await refused(repository, { state: 'deprecated', versions: '1.x' })).toEqual([
      'status/demo.yaml says that 1.2.1 is yanked; this would make it deprecated only. Leave it out of the versions, or add --force; nothing was changed.',
      [],
    ]);
    expect(await repository.edit({ state: 'deprecated', versions: '1.x', force: true })).toMatchObject({
      change: 'added',
    });
  });

  test('a file that would get too large', async () => {
    const text = `releases:\n  - { versions: "9", state: active }\n${'#'.repeat(65_480)}\n`;
    expect((await refused(await place({ [FILE]: text })))[1]).toEqual(['- status/too-large']);
  });

  test('to write through links, and over what is no file', async () => {
    const elsewhere = await scratch();
    const linked = await place();
    symlinkSync(elsewhere, join(linked.repository.path, 'status'));
    expect(await failureOf(linked.edit())).toEqual({
      code: 'output-unwritable',
      message: 'status/demo.yaml cannot be written: a folder above it is a symbolic link.',
      hint: 'Put a file, or nothing, in that place.',
    });
    const link = await place();
    mkdirSync(join(link.repository.path, 'status'));
    symlinkSync(join(elsewhere, 'x'), join(link.repository.path, FILE));
    expect(await failureOf(link.edit({ dryRun: true }))).toMatchObject({
      message: 'status/demo.yaml cannot be written: it is no regular file.',
    });
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});
