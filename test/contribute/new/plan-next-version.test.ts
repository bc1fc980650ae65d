import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { newPack } from '../../../src/contribute/new/new-pack.ts';
import { planNewPack } from '../../../src/contribute/new/plan-new-pack.ts';
import { packsRepository } from '../../helpers/packs-repository.ts';
import { failureOf } from '../../helpers/rejection.ts';

test('the next version of a pack', async () => {
  const repository = await packsRepository();
  const options = { from: 'hello-yard@1.1.0', repository: repository.path, cache: false } as const;
  const plan = await newPack(options);
  expect(plan).toMatchObject({ name: 'hello-yard', version: '1.1.1', displayName: 'Hello Yard', layer: 'addon' });
  expect(readFileSync(join(repository.path, 'packs/hello-yard-1.1.1/pack.json'), 'utf8')).toContain(
    '"version": "1.1.1"',
  );
  expect(await failureOf(planNewPack({ ...options, name: 'other' }))).toEqual({
    code: 'usage',
    message: 'The next version of hello-yard is called hello-yard too, not other.',
    hint: 'Leave the name out.',
  });
  expect(await failureOf(planNewPack({ ...options, layer: 'os' }))).toEqual({
    code: 'usage',
    message: '--layer and --from do not go together.',
    hint: 'What hello-yard@1.1.0 says of itself stays: change it afterwards.',
  });
});
