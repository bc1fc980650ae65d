import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import * as api from '../src/index.ts';

test('the values that the library exports', () => {
  const kinds = Object.entries(api).map(([name, value]) => `${name}: ${typeof value}`);
  expect(kinds.toSorted()).toMatchInlineSnapshot(`
    [
      "FORMATS: object",
      "LAYERS: object",
      "PackyardError: function",
      "build: function",
      "check: function",
      "compareVersions: function",
      "explain: function",
      "fix: function",
      "formatFinding: function",
      "listRules: function",
      "messageOf: function",
      "parseVersion: function",
      "report: function",
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
      "FORMATS",
      "LAYERS",
      "PackyardError",
      "build",
      "check",
      "compareVersions",
      "explain",
      "fix",
      "formatFinding",
      "listRules",
      "messageOf",
      "parseVersion",
      "report",
      "tagsOf",
      "type BuildOptions",
      "type BuildPlan",
      "type BuildProgress",
      "type BuildReport",
      "type BuildResult",
      "type CheckOptions",
      "type CheckReport",
      "type CheckResult",
      "type Content",
      "type Dependency",
      "type DocumentLink",
      "type Entry",
      "type ErrorCode",
      "type ExplainedRule",
      "type FileChange",
      "type FileCounts",
      "type FileLink",
      "type Finding",
      "type FindingArgs",
      "type FixOptions",
      "type FixResult",
      "type Format",
      "type IndexDocument",
      "type IndexPack",
      "type Layer",
      "type Level",
      "type LimitArgs",
      "type ListedRule",
      "type Message",
      "type MissingArgs",
      "type OnProgress",
      "type PackDocument",
      "type PackManifest",
      "type PackyardErrorOptions",
      "type Paint",
      "type Place",
      "type PlannedWrite",
      "type Preset",
      "type ReleaseChart",
      "type ReleaseCounts",
      "type ReleaseDocument",
      "type ReportOptions",
      "type ReportedFinding",
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
