import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { codeIdentity } from '../../src/build/code-identity.ts';
import { RECIPE } from '../../src/build/recipe.ts';
import { canonicalTar } from '../helpers/canonical-tar.ts';
import { generatedLogo } from '../../src/pack/generated-logo.ts';

/** What recipe 4 makes. Other bytes are another recipe: raise the number, and write down what it makes. */
const GOLDEN = {
  recipe: 4,
  archive: '5f8e037e11ab9dcbdd35954e1493d7fe0013a89707db37d72b23d6ae406a2258',
  logo: 'c550260bbd11987ba1f2ae27cb020024fbe985019f1cc44ebd52af8d8be5042a',
};

test('the recipe makes what it always made', () => {
  const files = [
    { path: 'bin/run', executable: true, data: Buffer.from('#!/bin/sh\n') },
    { path: 'pack.json', executable: false, data: Buffer.from('{}\n') },
    { path: `ü/${'long/'.repeat(60)}name`, executable: false, data: Buffer.alloc(700, 'x') },
  ];
  const hash = createHash('sha256');
  for (const chunk of canonicalTar('demo-1.0.0', files)) hash.update(chunk);
  const logo = createHash('sha256').update(generatedLogo('hello-yard')).digest('hex');
  expect({ recipe: RECIPE, archive: hash.digest('hex'), logo }).toEqual(GOLDEN);
});

test('what one Packyard recorded is known from what another did', () => {
  expect(codeIdentity()).toMatch(/^[0-9a-f]{64}$/u);
  expect(codeIdentity()).toBe(codeIdentity());
});
