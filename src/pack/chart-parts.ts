import { LIMITS } from '../model/limits.ts';
import { propertyOf, stringsAt } from '../model/json-value.ts';
import { mergedValues } from './merged-values.ts';
import { parseYaml } from './yaml-document.ts';

/** A chart, or one of the charts inside it, with the values that it gets. */
export interface ChartPart {
  /** Folder below the chart's own, such as `charts/redis/`; empty for the chart itself. */
  readonly root: string;
  readonly values: unknown;
  readonly appVersion?: string;
  /** Keys of its values that are those of charts inside it. */
  readonly dependencyKeys: ReadonlySet<string>;
}

interface Loaded extends ChartPart {
  readonly dependencies: readonly unknown[];
}

/** The value of a file as YAML; undefined when there is none, or it cannot be read as that. */
export type ReadYaml = (data: Buffer | undefined) => unknown;

const MOST_PARTS = 100;
const CHART_YAML = /^(?:charts\/[^/]+\/)*Chart\.yaml$/u;
const LAST_PART = /charts\/[^/]+\/$/u;

/**
 * The chart of an archive and the charts inside it that its values turn on, each with its own values under those that
 * the charts around it and `overrides` give. Charts inside that are packed themselves are not looked into.
 */
export function chartParts(
  files: ReadonlyMap<string, Buffer>,
  overrides: unknown,
  read: ReadYaml = yamlOf,
): ChartPart[] {
  const yaml = (path: string): unknown => read(files.get(path));
  const parts = new Map<string, Loaded>();
  const roots = [...files.keys()].filter((path) => CHART_YAML.test(path)).map((path) => path.slice(0, -10));
  for (const root of roots.toSorted((a, b) => a.length - b.length).slice(0, MOST_PARTS)) {
    const metadata = yaml(`${root}Chart.yaml`);
    const around = root === '' ? undefined : parts.get(root.replace(LAST_PART, ''));
    if (root !== '' && around === undefined) continue;
    const given = around === undefined ? { values: overrides } : givenBy(around, metadata, root);
    if (given !== undefined) parts.set(root, loaded(yaml, root, metadata, given.values));
  }
  return [...parts.values()];
}

function loaded(yaml: (path: string) => unknown, root: string, metadata: unknown, over: unknown): Loaded {
  const listed = propertyOf(metadata, 'dependencies') ?? propertyOf(yaml(`${root}requirements.yaml`), 'dependencies');
  const dependencies: readonly unknown[] = Array.isArray(listed) ? listed.slice(0, MOST_PARTS) : [];
  const appVersion = propertyOf(metadata, 'appVersion');
  return {
    root,
    values: mergedValues(yaml(`${root}values.yaml`), over ?? undefined),
    ...((typeof appVersion === 'string' || typeof appVersion === 'number') && { appVersion: String(appVersion) }),
    dependencyKeys: new Set(dependencies.map(valuesKey)),
    dependencies,
  };
}

/** The values that a chart gives to one inside it; undefined when it turns that off. */
function givenBy(around: Loaded, metadata: unknown, root: string): { readonly values: unknown } | undefined {
  const folder = root.split('/').at(-2) ?? '';
  const inside = propertyOf(metadata, 'name');
  const name = typeof inside === 'string' ? inside : folder;
  const own = around.dependencies.filter((dependency) => propertyOf(dependency, 'name') === name);
  const used = own.find((dependency) => isEnabled(dependency, around.values));
  if (own.length > 0 && used === undefined) return undefined;
  return { values: propertyOf(around.values, used === undefined ? name : valuesKey(used)) };
}

function valuesKey(dependency: unknown): string {
  const key = propertyOf(dependency, 'alias') ?? propertyOf(dependency, 'name');
  return typeof key === 'string' ? key : '';
}

/** The first condition that is set decides, and else the tags, of which one that is on is enough. */
function isEnabled(dependency: unknown, values: unknown): boolean {
  const condition = propertyOf(dependency, 'condition');
  for (const path of typeof condition === 'string' ? condition.split(',').slice(0, MOST_PARTS) : []) {
    let value = values;
    for (const key of path.trim().split('.')) value = propertyOf(value, key);
    if (typeof value === 'boolean') return value;
  }
  const tags = new Set(stringsAt(dependency, 'tags').map((tag) => propertyOf(propertyOf(values, 'tags'), tag)));
  return tags.has(true) || !tags.has(false);
}

export function yamlOf(data: Buffer | undefined): unknown {
  if (data === undefined || data.length > LIMITS.valuesBytes) return undefined;
  const parsed = parseYaml(data.toString('utf8'), { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  return 'document' in parsed ? parsed.document.value : undefined;
}
