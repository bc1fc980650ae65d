import { expect, test } from 'vitest';

import { refused } from '../../../../src/check/rules/logo/refused.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { png } from '../../../helpers/png.ts';

test('what is no image', async () => {
  expect([...refused(await lintPackOf({ files: { 'logo.png': 'GIF89a' } }))]).toEqual([
    { rule: 'logo/not-an-image', severity: 'error', file: 'logo.png', args: { found: 'a GIF image' } },
  ]);
});

test('a drawing that is not safe to render', async () => {
  const logo = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const [finding, ...more] = refused(await lintPackOf({ files: { 'logo.svg': logo } }));
  expect(finding).toMatchObject({ rule: 'logo/unsafe-svg', file: 'logo.svg' });
  expect(more).toEqual([]);
});

test('an image that is in order, and none', async () => {
  expect([...refused(await lintPackOf({ files: { 'logo.png': png(64, 64) } }))]).toEqual([]);
  expect([...refused(await lintPackOf())]).toEqual([]);
});
