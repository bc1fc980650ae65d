import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import * as api from '../src/index.ts';

test('the values that the library exports', () => {
  const kinds = Object.entries(api).map(([name, value]) => `${name}: ${typeof value}`);
  expect(kinds.toSorted()).toMatchInlineSnapshot(`
    [
      "LAYERS: object",
      "PackyardError: function",
      "build: function",
      "compareVersions: function",
      "formatFinding: function",
      "messageOf: function",
      "parseVersion: function",
      "tagsOf: function",
    ]
  `);
});

test('all names that the library exports, types as well', () => {
  const source = readFileSync(fileURLToPath(new URL('../src/index.ts', import.meta.url)), 'utf8');
  const lists = [...source.matchAll(/export (type )?\{([^}]*)\}/gu)];
  const names = lists.flatMap(([, type = '', list = '']) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => (name.startsWith('type ') ? name : `${type}${name}`)),
  );
  expect(source).not.toMatch(/export \*/u);
  expect(names.toSorted()).toMatchInlineSnapshot(`
    [
      "LAYERS",
      "PackyardError",
      "build",
      "compareVersions",
      "formatFinding",
      "messageOf",
      "parseVersion",
      "tagsOf",
      "type BuildOptions",
      "type BuildPlan",
      "type BuildProgress",
      "type BuildReport",
      "type BuildResult",
      "type Content",
      "type Dependency",
      "type DocumentLink",
      "type Entry",
      "type ErrorCode",
      "type FileCounts",
      "type FileLink",
      "type Finding",
      "type FindingArgs",
      "type IndexDocument",
      "type IndexPack",
      "type Layer",
      "type LimitArgs",
      "type Message",
      "type MissingArgs",
      "type OnProgress",
      "type PackDocument",
      "type PackManifest",
      "type PackyardErrorOptions",
      "type Paint",
      "type Place",
      "type PlannedWrite",
      "type ReleaseChart",
      "type ReleaseCounts",
      "type ReleaseDocument",
      "type ResourceConstraint",
      "type RuleId",
      "type SchemaArgs",
      "type SearchDocument",
      "type SearchPack",
      "type Severity",
      "type TaggedRelease",
      "type UnknownKeyArgs",
      "type Version",
    ]
  `);
});
