import { basename } from 'node:path/posix';

import type { ChartContent } from '../pack/chart-content.ts';
import { isMapping, keysOf, propertyOf } from '../model/json-value.ts';
import { chartFileValue } from './chart-files.ts';

/** Keys at the top of a chart's own values.yaml; undefined when it cannot be read, none when it has none. */
export function ownValueKeys({ files }: ChartContent): readonly string[] | undefined {
  const data = files.get('values.yaml');
  const value = data === undefined ? null : chartFileValue(data);
  return value === undefined ? undefined : keysOf(value);
}

/** Whether a chart takes none of these keys as values; what cannot be told counts as taken. */
export function takesNone(chart: ChartContent, keys: readonly string[]): boolean {
  if (mentionsAny(chart, keys)) return false;
  const own = ownValueKeys(chart);
  const schema = schemaKeys(chart);
  if (own === undefined || schema === undefined) return false;
  const known = new Set(['global', 'tags', ...own, ...schema, ...subchartKeys(chart)]);
  return !keys.some((key) => known.has(key)) && !usesAny(chart, new Set(keys));
}

/** Charts are large, and most overrides are right: one key that stands at the start of a line saves parsing. */
function mentionsAny({ files }: ChartContent, keys: readonly string[]): boolean {
  const data = files.get('values.yaml');
  return data !== undefined && keys.slice(0, 5).some((key) => data.includes(`\n${key}:`));
}

/** Undefined where the schema says it in another way than by properties. */
function schemaKeys({ files }: ChartContent): readonly string[] | undefined {
  const data = files.get('values.schema.json');
  if (data === undefined) return [];
  const schema = chartFileValue(data);
  const elsewhere = ['$ref', 'allOf', 'anyOf', 'oneOf', 'patternProperties'];
  if (!isMapping(schema) || elsewhere.some((key) => Object.hasOwn(schema, key))) return undefined;
  return keysOf(propertyOf(schema, 'properties'));
}

/** Values of a subchart stand below its name or alias; a condition names another key. */
function subchartKeys({ files }: ChartContent): string[] {
  const declared = ['Chart.yaml', 'requirements.yaml'].flatMap((path) => {
    const dependencies = propertyOf(chartFileValue(files.get(path)), 'dependencies');
    return Array.isArray(dependencies) ? dependencies.flatMap(dependencyKeys) : [];
  });
  const there = [...files.keys()].flatMap((path) => {
    const [folder, name = ''] = path.split('/', 2);
    return folder === 'charts' ? [name.replace(/-v?\d[^/]*\.tgz$/u, '')] : [];
  });
  return [...declared, ...there];
}

function dependencyKeys(dependency: unknown): string[] {
  const [name, alias, condition] = ['name', 'alias', 'condition'].map((key) => propertyOf(dependency, key));
  const paths = typeof condition === 'string' ? condition.split(',') : [];
  return [name, alias, ...paths.map((path) => path.trim().split('.', 1)[0])].filter((key) => typeof key === 'string');
}

/** `.Values.key`, `index .Values "key"`, or all values at once. */
const USE = /\.Values\b(?:\.(?<key>[\w-]+)|\s+["`](?<literal>[^"`\n]{0,200})["`])?/gu;

const NO_TEMPLATE = /(?:^|\/)(?:values\.yaml|values\.schema\.json|[^/]*\.md|[^/]*\.gotmpl)$/u;

/** Whether templates of a chart use one of these keys. A library that it brings along sees its values as well. */
function usesAny({ files }: ChartContent, keys: ReadonlySet<string>): boolean {
  for (const [path, data] of files) {
    if (NO_TEMPLATE.test(path)) continue;
    if (isPackedLibrary(path)) return true;
    for (const { groups } of data.toString('utf8').matchAll(USE)) {
      const key = groups?.['key'] ?? groups?.['literal'];
      if (key === undefined || keys.has(key)) return true;
    }
  }
  return false;
}

function isPackedLibrary(path: string): boolean {
  return path.startsWith('charts/') && /^(?:.*[-_])?(?:common|lib|library)[^/]*\.tgz$/u.test(basename(path));
}
