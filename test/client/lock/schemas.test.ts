import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

import { lockValidator } from '../../../src/client/lock/lock-validator.ts';
import { readProjectFile } from '../../../src/client/settings/project-file.ts';
import { isPackName } from '../../../src/model/pack-name.ts';
import { PackyardError } from '../../../src/errors.ts';
import { scratch } from '../../helpers/scratch.ts';

const PIN = {
  selector: '1.x',
  registry: 'community',
  version: '1.3.1',
  sha256: 'a'.repeat(64),
  contentSha256: 'b'.repeat(64),
  size: 1234,
};
const LOCK = { format: 'packyard-lock/1', packs: { nginx: PIN } };
const PROJECT = {
  $schema: 'https://packs.example.org/schemas/packyard-project.schema.json',
  registries: {
    acme: { url: 'https://acme.example.org/packs/', mirrors: ['https://mirror.example.org/'], direct: true },
  },
  registry: 'acme',
  packs: { nginx: '1.x', redis: { version: '>=7 <8', registry: 'acme', minAge: '3d' }, caddy: {} },
  minAge: '12h',
};

function schemaOf(name: string): Record<string, unknown> {
  const file = new URL(`../../../schemas/${name}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

function validatorOf(name: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateSchema: true });
  ajv.addVocabulary(['x-expected']);
  return ajv.compile(schemaOf(name));
}

describe.each([
  ['packyard-lock', LOCK],
  ['packyard-project', PROJECT],
])('%s', (name, good) => {
  test('is a strict schema of draft 2020-12 with an identity of its own', () => {
    expect(schemaOf(name)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:packyard:schema:${name}:1`,
      title: name.replace('packyard-', 'packyard.').replace('.project', '.json'),
    });
    expect(validatorOf(name)(good)).toBe(true);
  });

  test.each([[null], [[]], ['text'], [1]])('refuses %j', (value) => {
    expect(validatorOf(name)(value)).toBe(false);
  });
});

test('a lock is refused that lacks a key', async () => {
  const validate = await lockValidator();
  expect(validate(LOCK)).toBe(true);
  for (const key of Object.keys(PIN)) {
    const { [key as keyof typeof PIN]: _, ...rest } = PIN;
    expect([key, validate({ ...LOCK, packs: { nginx: rest } })]).toEqual([key, false]);
  }
});

test('names of packs are those that there can be', () => {
  const lock = validatorOf('packyard-lock');
  const project = validatorOf('packyard-project');
  const names = ['nginx', 'a', 'a-b_c.d', '0', 'con', 'con.x', 'constructor', '__proto__', 'A', '-a', 'a-', 'a/b', ''];
  for (const name of [...names, 'a'.repeat(100), 'a'.repeat(101)]) {
    const packs = JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(PIN)}}`) as object;
    expect([name, lock({ ...LOCK, packs })]).toEqual([name, isPackName(name)]);
    const wishes = JSON.parse(`{${JSON.stringify(name)}:"1.x"}`) as object;
    expect([name, project({ packs: wishes })]).toEqual([name, isPackName(name)]);
  }
});

/** What the schema of packyard.json tells an editor is what reading it says. */
test.each<[what: string, project: object, good: boolean]>([
  ['all that there is', PROJECT, true],
  ['nothing', {}, true],
  ['a registry as a number', { registry: 1 }, false],
  ['an empty registry', { registry: '' }, false],
  ['packs in a list', { packs: [] }, false],
  ['a pack as a number', { packs: { nginx: 1 } }, false],
  ['a pack of no name', { packs: { 'a/b': '1.x' } }, false],
  ['an empty version', { packs: { nginx: { version: '' } } }, false],
  ['a registry of no name', { registries: { 'a b': { url: 'https://example.org/' } } }, false],
  ['a registry without an address', { registries: { acme: {} } }, false],
  ['an age as a number', { minAge: 3 }, false],
])('packyard.json with %s', async (_, project, good) => {
  expect(validatorOf('packyard-project')(project)).toBe(good);
  const file = join(await scratch(), 'packyard.json');
  writeFileSync(file, JSON.stringify(project));
  const read = await readProjectFile(file).then(
    () => true,
    (error: unknown) => !(error instanceof PackyardError && error.code === 'project-invalid'),
  );
  expect(read).toBe(good);
});
