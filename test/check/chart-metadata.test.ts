import { expect, test } from 'vitest';

import { helmMetadata } from '../../src/check/chart-metadata.ts';

function metadata(text: string, requirements?: string): unknown {
  const files = new Map([['charts/s/Chart.yaml', Buffer.from(text)]]);
  if (requirements !== undefined) files.set('charts/s/requirements.yaml', Buffer.from(requirements));
  return helmMetadata('charts/s/Chart.yaml', files);
}

test('what Helm does not write, and how it writes, does not count', () => {
  const one = metadata(
    'name: a\nversion: 1.2\nengine: gotpl\ndeprecated: false\nkeywords: []\ndescription: "a\\n b "\n',
  );
  expect(one).toEqual(metadata('description: a b\nversion: "1.2"\nname: a\n'));
});

test('what Helm writes counts', () => {
  for (const text of [
    'name: b',
    'name: a\nappVersion: 1',
    'name: a\nmaintainers: [{name: x}]',
    'name: a\ndeprecated: true',
  ])
    expect(metadata(text)).not.toEqual(metadata('name: a'));
});

test('requirements beside it are its dependencies', () => {
  const dependencies = 'dependencies: [{name: b, version: 1}]\n';
  expect(metadata('name: a', dependencies)).toEqual(metadata(`name: a\n${dependencies}`));
  expect(metadata('name: a', dependencies)).not.toEqual(metadata('name: a'));
});

test.each(['- a', 'text', '', 'a: ['])('%j is none', (text) => {
  expect(metadata(text)).toBeUndefined();
});
