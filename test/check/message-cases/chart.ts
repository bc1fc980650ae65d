import type { ChartRules } from '../../../src/model/rules/chart-rules.ts';
import type { Cases } from './case.ts';

const ADD_IT = 'Add it, or take it out of pack.json; paths are relative to pack.json, and case counts.';

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
};
