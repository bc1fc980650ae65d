import type { ChartRules } from '../../../src/model/rules/chart-rules.ts';
import type { Cases } from './case.ts';

const ADD_IT = 'Add it, or take it out of pack.json; paths are relative to pack.json, and case counts.';

const INVALID_METADATA =
  'Helm refuses such a chart: add what is missing (apiVersion is v2 for Helm 3), and pack it again.';

const VERSION_DIFFERS =
  'People look for the version of what is installed: use that of the chart or of the application.';

export const CHART: Cases<ChartRules> = {
  'chart/missing-file': [
    { args: { path: 'charts/a.tgz' }, text: 'the chart "charts/a.tgz" is not in the pack', hint: ADD_IT },
    {
      args: { path: 'charts/a.tgz', suggestion: 'charts/A.tgz' },
      text: 'the chart "charts/a.tgz" is not in the pack',
      hint: 'Did you mean "charts/A.tgz"?',
    },
  ],
  'chart/unreadable': [
    {
      args: { path: 'a.tgz', reason: 'it is not gzip' },
      text: 'the chart "a.tgz" cannot be read: it is not gzip',
      hint: 'Pack it again with `helm package`, and see that Git did not change it (`*.tgz binary` in .gitattributes).',
    },
  ],
  'chart/too-large': [
    {
      args: { path: 'a.tgz', limit: 67_108_864 },
      text: 'the chart "a.tgz" grows to more than 64 MiB when unpacked',
      hint: 'A chart is text: look for what was packed by mistake, and name it in .helmignore.',
    },
  ],
  'chart/no-metadata': [
    {
      args: { path: 'a.tgz' },
      text: 'the chart "a.tgz" holds no readable Chart.yaml in its top folder',
      hint: 'Pack it with `helm package`, which writes one.',
    },
  ],
  'chart/invalid-metadata': [
    {
      args: { path: 'a.tgz', missing: ['version'] },
      text: 'the Chart.yaml of "a.tgz" has no version',
      hint: INVALID_METADATA,
    },
    {
      args: { path: 'a.tgz', missing: ['apiVersion', 'name', 'version'] },
      text: 'the Chart.yaml of "a.tgz" has no apiVersion, name and version',
      hint: INVALID_METADATA,
    },
  ],
  'chart/name-mismatch': [
    {
      args: { path: 'charts/a-2.0.0.tgz', name: 'a', version: '1.0.0' },
      text: 'the chart in "charts/a-2.0.0.tgz" is "a", version "1.0.0"',
      hint: 'Its Chart.yaml decides: name the file "a-1.0.0.tgz", or pack the chart that was meant.',
    },
  ],
  'chart/copy-differs': [
    {
      args: {
        path: 'charts/a-1.0.0.tgz',
        copy: 'charts/a',
        changed: { count: 12, paths: ['templates/x.yaml', 'values.yaml'] },
        added: { count: 1, paths: ['templates/new.yaml'] },
        removed: { count: 1, paths: ['README.md'] },
      },
      text: 'the unpacked copy "charts/a/" is not what "charts/a-1.0.0.tgz" holds: differ: templates/x.yaml, values.yaml and 10 more; are not packed: templates/new.yaml; are packed only: README.md',
      hint: 'Only the packed chart is installed: pack the copy again with `helm package`, or delete it.',
    },
    {
      args: {
        path: 'charts/a-1.0.0.tgz',
        copy: 'charts/a',
        versions: { packed: '1.0.0', copy: '1.1.0' },
        changed: { count: 1, paths: ['Chart.yaml'] },
        added: { count: 0, paths: [] },
        removed: { count: 0, paths: [] },
      },
      text: 'the unpacked copy "charts/a/" is not what "charts/a-1.0.0.tgz" holds: it is version "1.1.0", and packed is "1.0.0"; differ: Chart.yaml',
      hint: 'Only the packed chart is installed: pack the copy again with `helm package`, or delete it.',
    },
  ],
  'chart/unlisted': [
    {
      args: { path: 'charts/a-1.0.0.tgz', name: 'a' },
      text: 'the chart "charts/a-1.0.0.tgz" is not listed in pack.json, so it is never installed',
      hint: 'Add it to "charts" in pack.json, or delete the file.',
    },
    {
      args: { path: 'charts/a-1.0.0.tgz', name: 'a', listed: 'charts/a-2.0.0.tgz' },
      text: 'the chart "charts/a-1.0.0.tgz" is not listed in pack.json, so it is never installed',
      hint: 'Delete it if "charts/a-2.0.0.tgz" took its place; both are called "a".',
    },
  ],
  'chart/duplicate-name': [
    {
      args: { path: 'charts/a-2.0.0.tgz', name: 'a', first: 'charts/a-1.0.0.tgz' },
      text: 'the charts "charts/a-1.0.0.tgz" and "charts/a-2.0.0.tgz" are both called "a"',
      hint: 'Values are given to a chart by its name: keep one of them, or give one another name in its Chart.yaml.',
    },
  ],
  'chart/version-differs': [
    {
      args: { version: '1.4.41', name: 'a', chartVersion: '1.4.42' },
      text: 'the pack has version "1.4.41", its chart "a" has "1.4.42"',
      hint: VERSION_DIFFERS,
    },
    {
      args: { version: '1.4.41', name: 'a', chartVersion: '1.4.42', appVersion: '2.0' },
      text: 'the pack has version "1.4.41", its chart "a" has "1.4.42" (of the application "2.0")',
      hint: VERSION_DIFFERS,
    },
  ],
};
