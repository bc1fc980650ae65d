import { expect, test } from 'vitest';

import { pageFile, pageUrl } from '../../src/check/rule-page.ts';

test('a page stands under the id of its rule', () => {
  expect(pageUrl('chart/missing-file')).toBe('docs/rules/chart/missing-file.md');
});

test('a page lies in the package', () => {
  const root = new URL('../../', import.meta.url);
  expect(pageFile('chart/missing-file').href).toBe(`${root.href}docs/rules/chart/missing-file.md`);
});
