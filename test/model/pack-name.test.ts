import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { readSchema } from '../../src/check/schema-files.ts';
import { isPackName } from '../../src/model/pack-name.ts';

test.each(['a', 'nginx', 'container-1.x_y', '1', 'a'.repeat(100)])('%s can be the name of a pack', (text) => {
  expect(isPackName(text)).toBe(true);
});

test.each(['', 'A', '-a', 'a.', 'con', 'nul.x', 'a/b', '../a', 'a b', 'a'.repeat(101), '__proto__'])(
  '%j cannot',
  (text) => {
    expect(isPackName(text)).toBe(false);
  },
);

test('names are those that the schema of pack.json accepts', async () => {
  const schema = JSON.parse((await readSchema('pack')).toString()) as {
    properties: { name: { pattern: string; maxLength: number } };
  };
  const { pattern, maxLength } = schema.properties.name;
  const source = readFileSync(new URL('../../src/model/pack-name.ts', import.meta.url), 'utf8');
  expect(source).toContain(`/${pattern}/u`);
  expect(maxLength).toBe(100);
});
