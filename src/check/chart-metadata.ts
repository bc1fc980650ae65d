import { propertyOf } from '../model/json-value.ts';
import { chartFileValue, type ChartFiles } from './chart-files.ts';

/** What Helm reads of a Chart.yaml; it drops all else when it packs. */
const KEYS: readonly string[] = [
  'apiVersion',
  'name',
  'version',
  'kubeVersion',
  'description',
  'type',
  'keywords',
  'home',
  'sources',
  'maintainers',
  'icon',
  'appVersion',
  'deprecated',
  'annotations',
  'condition',
  'tags',
];

/**
 * A Chart.yaml as Helm writes it anew: in one order, numbers as text, without what is empty. Undefined when it cannot be
 * read.
 */
export function helmMetadata(path: string, files: ChartFiles): unknown {
  const metadata = chartFileValue(files.get(path));
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return undefined;
  const requirements = chartFileValue(files.get(`${path.slice(0, -'Chart.yaml'.length)}requirements.yaml`));
  const dependencies = propertyOf(metadata, 'dependencies') ?? propertyOf(requirements, 'dependencies');
  return normalised(
    Object.fromEntries([
      ...KEYS.map((key): [string, unknown] => [key, propertyOf(metadata, key)]),
      ['dependencies', dependencies],
    ]),
  );
}

/** Folding changes the white space of texts. */
function normalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalised);
  if (typeof value !== 'object' || value === null) return scalar(value);
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, normalised(item)]);
  return new Map(entries.filter(([, item]) => !isEmpty(item)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function scalar(value: unknown): unknown {
  return typeof value === 'string' || typeof value === 'number' ? String(value).split(/\s+/u).join(' ').trim() : value;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0;
}
