import { describe, expect, test } from 'vitest';

import { withChartVersion, withImages } from '../../../src/contribute/bump/pack-content.ts';

const charts = (item: string): string => `pack:\n  content:\n    charts:\n      - ${item}\n`;

describe('the version of a chart', () => {
  const before = { name: 'demo', version: '1.0.0', appVersion: '5.0' };
  const after = { name: 'demo', version: '2.0.0', appVersion: '6.0' };

  test.each([
    ['that of the chart', 'name: demo\n        version: 1.0.0 # pinned', 'name: demo\n        version: 2.0.0 # pinned'],
    ['that of the software', 'name: demo\n        version: "5.0"', 'name: demo\n        version: "6.0"'],
    ['one that YAML takes for a number', 'name: demo\n        version: 5.0', 'name: demo\n        version: "6.0"'],
  ])('%s is brought up to date', (_, old, fresh) => {
    expect(withChartVersion(charts(old), before, after).replaceAll("'", '"')).toBe(charts(fresh));
  });

  test.each([
    ['of another chart', charts('name: other\n        version: 1.0.0')],
    ['that is another one', charts('name: demo\n        version: 0.9.0')],
    ['that is none', charts('name: demo\n        version: [1.0.0]')],
    ['in no mapping', charts('demo 1.0.0')],
    ['in one line', 'pack:\n  content:\n    charts: [{ name: demo, version: 1.0.0 }]\n'],
    ['in no YAML', 'pack: [\n'],
    ['in no list', 'pack: {}\n'],
  ])('%s stays', (_, text) => {
    expect(withChartVersion(text, before, after)).toBe(text);
  });

  test('stays where the new one is not known', () => {
    const text = charts('name: demo\n        version: 1.0.0');
    expect(withChartVersion(text, before, { name: 'demo' })).toBe(text);
    const software = charts('name: demo\n        version: "5.0"');
    expect(withChartVersion(software, before, { name: 'demo', version: '2.0.0' })).toBe(software);
  });
});

describe('images', () => {
  const before = { used: ['docker.io/a:1', 'docker.io/gone:1'], optional: [] };
  const after = { used: ['docker.io/a:2', 'docker.io/new:1'], optional: [] };

  test('lists that have no lines of their own, or cannot be read, stay', () => {
    for (const text of ['pack:\n  content:\n    images: [{ image: docker.io/a:1 }]\n', 'pack: [\n', 'pack: {}\n', ''])
      expect(withImages(text, before, after)).toBe(text);
  });

  test('items that are no images stay where they are', () => {
    const text = 'pack:\n  content:\n    images:\n      - image: docker.io/a:1 # ours\n      - other: x\n';
    expect(withImages(text, before, after)).toContain('      - image: docker.io/a:2 # ours\n');
    expect(withImages(text, before, after)).toContain('      - other: x\n');
  });
});
