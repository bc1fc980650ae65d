import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

import type { SearchDocument } from '../../src/model/documents.ts';
import { builderOf } from '../helpers/build-registry.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { brokenLinks, filesOf, readIndex, readPackDocument, sha256Of } from '../helpers/registry-tree.ts';
import { richRepository } from '../helpers/rich-repository.ts';

const SCHEMAS = new URL('../../schemas/', import.meta.url);

function errorsOf(schema: string, file: string): unknown {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  ajv.addVocabulary(['x-expected']);
  const validate = ajv.compile(JSON.parse(readFileSync(new URL(`${schema}.schema.json`, SCHEMAS), 'utf8')) as object);
  return validate(JSON.parse(readFileSync(file, 'utf8'))) ? [] : validate.errors;
}

async function richRegistry(): Promise<string> {
  const { out, build } = await builderOf(await richRepository());
  expect(await build()).toMatchObject({ ok: true, written: true, findings: [] });
  return out;
}

describe('the documents of a registry', () => {
  test('fit their schemas', async () => {
    const out = await richRegistry();
    expect(errorsOf('index', join(out, 'index.json'))).toEqual([]);
    expect(errorsOf('search', join(out, 'search.json'))).toEqual([]);
    for (const name of Object.keys(readIndex(out).packs)) {
      expect(errorsOf('pack-document', join(out, `packs/${name}/index.json`))).toEqual([]);
    }
  });

  test('link only to what is there, with its hash and size', async () => {
    expect(brokenLinks(await richRegistry())).toEqual([]);
  });

  test('lead to every file, with relative paths', async () => {
    const out = await richRegistry();
    const { search, sources, packs } = readIndex(out);
    const linked = ['index.json', 'search.json', search.path, sources.path];
    for (const [name, { document }] of Object.entries(packs)) {
      linked.push(document.path, `packs/${name}/index.json`);
      for (const { artifact, files, logo, logoWebp } of readPackDocument(out, name).releases) {
        const copies = Object.values(files).map(({ path }) => path);
        linked.push(artifact.path, ...copies, ...Object.values(logo), ...Object.values(logoWebp));
      }
    }
    const schemas = [
      'index',
      'pack',
      'pack-document',
      'registry',
      'search',
      'sources',
      'status',
      'values',
      'values-pack',
    ].map((name) => `schemas/${name}.schema.json`);
    expect(new Set([...linked, ...schemas])).toEqual(new Set(filesOf(out)));
    expect(linked.filter((path) => /^\/|^\w+:|(^|\/)\.\.?(\/|$)|\\/u.test(path))).toEqual([]);
  });

  test('stand under a stable path as well, with the same bytes', async () => {
    const out = await richRegistry();
    const { search, packs } = readIndex(out);
    const hashOf = (path: string): string => sha256Of(readFileSync(join(out, path)));
    expect(hashOf('search.json')).toBe(search.sha256);
    for (const [name, { document }] of Object.entries(packs)) {
      expect(hashOf(`packs/${name}/index.json`)).toBe(document.sha256);
    }
  });

  test('the schemas are published as they stand in the package', async () => {
    const out = await richRegistry();
    for (const path of filesOf(out).filter((file) => file.startsWith('schemas/'))) {
      expect(readFileSync(join(out, path))).toEqual(readFileSync(new URL(path.slice('schemas/'.length), SCHEMAS)));
    }
  });
});

describe('what they say', () => {
  test('releases from the highest down, tags, and the release that stands for the pack', async () => {
    const versions = ['1.2.0', '1.10.0', '2.0.0-rc.1', 'v1.10.1', '1.9'];
    const packs = versions.map((version) =>
      packFiles(`packs/demo-${version}`, { version, manifest: { displayName: `Demo ${version}` } }),
    );
    const { out, build } = await builderOf(await gitRepository(Object.assign({}, ...packs)));
    await build();
    const { tags, releases } = readPackDocument(out, 'demo');
    expect(releases.map(({ version }) => version)).toEqual(['2.0.0-rc.1', 'v1.10.1', '1.10.0', '1.9', '1.2.0']);
    expect(tags).toEqual({
      latest: 'v1.10.1',
      '2.x': '2.0.0-rc.1',
      '2.0.x': '2.0.0-rc.1',
      '1.x': 'v1.10.1',
      '1.10.x': 'v1.10.1',
      '1.9.x': '1.9',
      '1.2.x': '1.2.0',
    });
    expect(readIndex(out).packs['demo']).toMatchObject({ latest: 'v1.10.1', displayName: 'Demo v1.10.1' });
  });

  test('packs by name, with what a catalogue shows', async () => {
    const annotations = { description: 'Says hello.' };
    const files = {
      ...packFiles('packs/b', { name: 'b', manifest: { annotations, addonType: 'logging' } }),
      ...packFiles('packs/a', { name: 'a', version: '2', manifest: { layer: 'cni' } }),
    };
    const { out, build } = await builderOf(await gitRepository(files));
    await build();
    const { format, packs } = JSON.parse(readFileSync(join(out, 'search.json'), 'utf8')) as SearchDocument;
    const facts = { displayName: 'Demo', cloudTypes: ['all'], updatedAt: '2024-01-01T12:00:00Z' };
    expect(format).toBe('packyard-search/1');
    expect(packs.map(({ logo, ...pack }) => ({ ...pack, logo: Object.keys(logo) }))).toEqual([
      { ...facts, name: 'a', layer: 'cni', latest: '2', versions: ['2'], logo: ['48', '128', '256'] },
      {
        ...facts,
        name: 'b',
        description: 'Says hello.',
        layer: 'addon',
        addonType: 'logging',
        latest: '1.0.0',
        versions: ['1.0.0'],
        logo: ['48', '128', '256'],
      },
    ]);
  });

  test('the commit in which each content first landed', async () => {
    const repository = await gitRepository(packFiles('packs/one'));
    const first = repository.git('rev-parse', 'HEAD');
    const second = repository.commit(packFiles('packs/two', { version: '2.0.0' }));
    // Moved, but the same content: it landed when it came, not when it moved.
    repository.git('mv', 'packs/one', 'packs/renamed');
    const third = repository.commit({ 'README.md': '# Moved\n' });
    const { out, build } = await builderOf(repository);
    await build();
    const [newer, older] = readPackDocument(out, 'demo').releases;
    const treeAt = (path: string): string => repository.git('rev-parse', `HEAD:${path}`);
    expect(newer).toMatchObject({
      publishedAt: '2024-01-02T12:00:00Z',
      source: { directory: 'packs/two', tree: treeAt('packs/two'), commit: second },
      recipe: 4,
    });
    expect(older).toMatchObject({
      publishedAt: '2024-01-01T12:00:00Z',
      source: { directory: 'packs/renamed', tree: treeAt('packs/renamed'), commit: first },
    });
    expect(readIndex(out)).toMatchObject({ serial: 3, source: { commit: third, committedAt: '2024-01-03T12:00:00Z' } });
    expect(readIndex(out).packs['demo']).toMatchObject({ updatedAt: '2024-01-02T12:00:00Z' });
  });

  test('what registry.yaml says of the registry', async () => {
    const config = `name: yard
title: The Yard
description: All of it.
homepage: https://example.org/yard
repository: https://git.example.org/yard.git
`;
    const { out, build } = await builderOf(
      await gitRepository({ ...packFiles('packs/demo'), 'registry.yaml': config }),
    );
    await build();
    const { registry, source } = readIndex(out);
    expect(registry).toEqual({
      name: 'yard',
      title: 'The Yard',
      description: 'All of it.',
      homepage: 'https://example.org/yard',
    });
    expect(source).toEqual({
      repository: 'https://git.example.org/yard.git',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/u),
      committedAt: '2024-01-01T12:00:00Z',
    });
  });

  test('charts, images, manifests, roles and constraints of a release', async () => {
    const out = await richRegistry();
    const [flannel] = readPackDocument(out, 'flannel').releases;
    expect(flannel?.charts).toEqual([expect.objectContaining({ name: 'flannel', path: 'charts/flannel-0.27.3.tgz' })]);
    expect(flannel?.images.length).toBeGreaterThan(0);
  });
});
