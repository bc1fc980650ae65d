import { expect, test } from 'vitest';

import type { SearchDocument } from '../../src/model/documents.ts';
import { builderOf, rulesOf, type Builder } from '../helpers/build-registry.ts';
import { gitRepository, type FileMap, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { readIndex, readJson, readPackDocument } from '../helpers/registry-tree.ts';

const VERSIONS = ['1.0.0', '1.1.0', '2.0.0'];
const PACKS: FileMap = Object.assign(
  {},
  ...VERSIONS.map((version) => packFiles(`packs/demo-${version}`, { version })),
) as FileMap;

const YANKED = `releases:
  - versions: 2.x
    state: yanked
    reason: CVE-2026-1234
    at: 2026-05-01
    replacement: 1.1.0
`;

async function withStatus(text: string): Promise<{ repository: TestRepository } & Builder> {
  const repository = await gitRepository({ ...PACKS, 'status/demo.yaml': text });
  return { repository, ...(await builderOf(repository)) };
}

test('a status lands in the pack’s document, in tags and in what a catalogue lists', async () => {
  const { out, build } = await withStatus(YANKED);
  expect(await build()).toMatchObject({ ok: true, findings: [] });
  const { tags, releases } = readPackDocument(out, 'demo');
  const status = { state: 'yanked', reason: 'CVE-2026-1234', at: '2026-05-01', replacement: '1.1.0' };
  expect(releases.map((release) => release.status)).toEqual([status, undefined, undefined]);
  expect(tags).toEqual({ latest: '1.1.0', '1.x': '1.1.0', '1.1.x': '1.1.0', '1.0.x': '1.0.0' });
  expect(readIndex(out).packs['demo']?.latest).toBe('1.1.0');
  const [listed] = readJson<SearchDocument>(out, 'search.json').packs;
  expect(listed).toMatchObject({ versions: ['2.0.0', '1.1.0', '1.0.0'], states: { '2.0.0': 'yanked' } });
});

test('a status that comes later is all that changes, and tags that go back are named', async () => {
  const repository = await gitRepository(PACKS);
  const { out, build } = await builderOf(repository);
  await build();
  repository.commit({ 'status/demo.yaml': YANKED });
  const { plan, report } = await build({ previous: out });
  expect(report.releases).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
  expect(plan?.tags).toContainEqual({ pack: 'demo', tag: 'latest', from: '2.0.0', to: '1.1.0', reason: 'yanked' });
  expect(readPackDocument(out, 'demo').releases[0]?.status?.state).toBe('yanked');
  repository.commit({ 'status/demo.yaml': null });
  await build({ previous: out });
  expect(readPackDocument(out, 'demo').releases[0]).not.toHaveProperty('status');
});

test('what a pack says of itself counts until the file says otherwise', async () => {
  const deprecated = packFiles('packs/demo-1.0.0', { manifest: { annotations: { system_state: 'deprecated' } } });
  const repository = await gitRepository({ ...PACKS, ...deprecated });
  const { out, build } = await builderOf(repository);
  await build();
  expect(readPackDocument(out, 'demo').releases[2]?.status?.state).toBe('deprecated');
  repository.commit({ 'status/demo.yaml': 'releases:\n  - { versions: 1.0.0, state: active }\n' });
  await build();
  expect(readPackDocument(out, 'demo').releases[2]).not.toHaveProperty('status');
});

test.each([
  ['status/unknown-version', YANKED.replace('2.x', '3.x')],
  ['status/unknown-replacement', YANKED.replace('1.1.0', '9.9.9')],
  ['status/schema', YANKED.replace(/ {4}reason.*\n/u, '')],
])('%s fails the build', async (rule, text) => {
  const { build } = await withStatus(text);
  const result = await build();
  expect(result).toMatchObject({ ok: false, written: false });
  expect(rulesOf(result)).toEqual([`status/demo.yaml error ${rule}`]);
});

test('of a file that is broken stays what is published', async () => {
  const { repository, out, build } = await withStatus(YANKED);
  await build();
  repository.commit({ 'status/demo.yaml': 'releases: [' });
  expect(await build({ previous: out, keepGoing: true })).toMatchObject({ ok: false, written: true });
  expect(readPackDocument(out, 'demo').releases[0]?.status?.state).toBe('yanked');
});
