import type { ReleaseDocument } from '../../model/documents.ts';
import type { Dependency, ResourceConstraint } from '../../model/pack-manifest.ts';
import { propertyOf } from '../../model/json-value.ts';
import { piece, type Pieces } from './pieces.ts';
import { table } from './table.ts';

/** What a release holds and needs: a section for each kind that it has any of, each as lines. */
export function contentSections(release: ReleaseDocument): readonly Pieces[][] {
  const { images, charts, manifests, ansibleRoles, dependencies, resources, annotations } = release;
  const sections: readonly (readonly [title: string, rows: readonly (readonly string[])[]])[] = [
    ['Images', images.map((image) => [image])],
    ['Charts', charts.map(({ name = '', version = '', appVersion, path }) => [name, version, app(appVersion), path])],
    ['Manifests', manifests.map((path) => [path])],
    ['Ansible roles', ansibleRoles.map((path) => [path])],
    ['Dependencies', dependencies.map(dependencyRow)],
    ['Resources', resources.map(resourceRow)],
    ['Annotations', Object.entries(annotations).filter(isNotShown)],
  ];
  return sections.filter(([, rows]) => rows.length > 0).map(([title, rows]) => section(title, rows));
}

/** The description stands above everything else. */
function isNotShown([key]: readonly [string, string]): boolean {
  return key !== 'description';
}

function section(title: string, rows: readonly (readonly string[])[]): Pieces[] {
  const [first = []] = rows;
  const columns = first.map(() => ({ title: '' }));
  const [, ...lines] = table(
    columns,
    rows.map((row) => row.map((cell) => [piece(cell.replaceAll(/\s+/gu, ' '))])),
  );
  return [[piece(`${title} (${rows.length})`, 'bold')], ...lines.map((line): Pieces => [piece('  '), ...line])];
}

function app(version: string | undefined): string {
  return version === undefined ? '' : `app ${version}`;
}

const NEEDS: Readonly<Record<string, string>> = {
  required: 'required',
  optional: 'optional',
  notSupported: 'not supported',
  upgrade: 'upgrade from',
};

function dependencyRow({ packName, layer, type, minVersion = '', maxVersion = '' }: Dependency): readonly string[] {
  return [
    packName,
    layer,
    Object.hasOwn(NEEDS, type) ? (NEEDS[type] ?? type) : type,
    rangeText(minVersion, maxVersion),
  ];
}

function rangeText(least: string, most: string): string {
  if (least === '') return most === '' ? 'any version' : `up to ${most}`;
  if (most === '') return `from ${least} on`;
  return least === most ? least : `${least} to ${most}`;
}

const UNITS: Readonly<Record<string, string>> = { cpu: 'millicores', memory: 'MiB', diskSize: 'GB' };

function resourceRow(resource: ResourceConstraint): readonly string[] {
  const { type, minLimit, components } = resource;
  const unit = Object.hasOwn(UNITS, type) ? ` ${UNITS[type]}` : '';
  const least = minLimit === undefined ? '' : `at least ${plain(minLimit)}${unit}`;
  return [
    type,
    least,
    Array.isArray(components)
      ? components
          .map(componentText)
          .filter((text) => text !== '')
          .join('; ')
      : '',
  ];
}

/** Says where: the schema of documents leaves open what stands here. */
function componentText(component: unknown): string {
  const keys = ['scheduleType', 'resourceRequestParamRef', 'replicaCountParamRef'];
  const values = keys.map((key) => propertyOf(component, key)).filter((value) => value !== undefined);
  return values.map(plain).join(' ');
}

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
