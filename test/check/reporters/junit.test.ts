import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { junitReport } from '../../../src/check/reporters/junit.ts';
import { HOSTILE, hostileReport, reportOf, THREE } from './reports.ts';
import { xmlElements } from './xml-elements.ts';

/** The names of all elements, each moved in as deep as it stands. */
function outline(xml: string): string[] {
  return xmlElements(xml).map(({ name, depth }) => `${'  '.repeat(depth)}${name}`);
}

test('has a suite for each pack, a case for each finding, and a passing one for the others', () => {
  expect(junitReport(reportOf(THREE, { packs: 4 }))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="packyard check" tests="4" failures="1" errors="0" skipped="2">
  <testsuite name="packs/a" tests="1" failures="1" errors="0" skipped="0">
    <testcase classname="packs/a" name="pack/duplicate-key packs/a/pack.json:3:4" file="packs/a/pack.json" line="3"><failure type="pack/duplicate-key" message="the key &quot;name&quot; stands twice, first on line 2">packs/a/pack.json:3:4 error pack/duplicate-key
  the key &quot;name&quot; stands twice, first on line 2
  3 |   &quot;name&quot;: 2
    |    ^^^^^^
  → Keep one: readers differ in which of the two they take.
</failure></testcase>
  </testsuite>
  <testsuite name="packs/b" tests="1" failures="0" errors="0" skipped="1">
    <testcase classname="packs/b" name="chart/missing-file packs/b/pack.json" file="packs/b/pack.json"><skipped message="warning: the chart &quot;charts/b.tgz&quot; is not in the pack"/></testcase>
  </testsuite>
  <testsuite name="The repository" tests="1" failures="0" errors="0" skipped="1">
    <testcase classname="The repository" name="pack/duplicate-key registry.yaml" file="registry.yaml"><skipped message="hint: the key &quot;x&quot; stands twice, first on line 1"/></testcase>
  </testsuite>
  <testsuite name="packs without findings" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="packs without findings" name="2 packs"/>
  </testsuite>
</testsuites>
`);
});

test('names the packs without findings where they are known', () => {
  const elements = xmlElements(junitReport(reportOf([], { clean: ['packs/c', 'packs/d'] })));
  expect(elements.map(({ name, attributes }) => [name, attributes.get('name')])).toEqual([
    ['testsuites', 'packyard check'],
    ['testsuite', 'packs/c'],
    ['testcase', 'no findings'],
    ['testsuite', 'packs/d'],
    ['testcase', 'no findings'],
  ]);
});

test('has no suite for nothing', () => {
  expect(outline(junitReport(reportOf([], { packs: 0 })))).toEqual(['testsuites']);
  expect(outline(junitReport(reportOf(THREE.slice(0, 2))))).not.toContain('packs without findings');
});

const OUTLINE = outline(junitReport(hostileReport('x')));

test.each(HOSTILE.map((text) => [text]))('is well formed whatever a pack holds: %j', (text) => {
  expect(outline(junitReport(hostileReport(text)))).toEqual(OUTLINE);
});

test('is well formed for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(outline(junitReport(hostileReport(text)))).toEqual(OUTLINE);
    }),
  );
});
