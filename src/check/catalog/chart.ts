import { formatBytes } from '../../model/format-bytes.ts';
import type { ChartRules } from '../../model/rules/chart-rules.ts';
import type { Catalog } from './entry.ts';
import { missing, quoted } from './words.ts';

export const CHART: Catalog<ChartRules> = {
  'chart/missing-file': {
    title: 'A listed chart is missing',
    severity: 'error',
    message: (args) => missing('chart', args),
  },
  'chart/unreadable': {
    title: 'A chart cannot be read',
    severity: 'error',
    message: ({ path, reason }) => ({
      text: `the chart ${quoted(path)} cannot be read: ${reason}`,
      hint: 'Pack it again with `helm package`, and see that Git did not change it (`*.tgz binary` in .gitattributes).',
    }),
  },
  'chart/too-large': {
    title: 'A chart is too large unpacked',
    severity: 'error',
    message: ({ path, limit }) => ({
      text: `the chart ${quoted(path)} grows to more than ${formatBytes(limit)} when unpacked`,
      hint: 'A chart is text: look for what was packed by mistake, and name it in .helmignore.',
    }),
  },
  'chart/no-metadata': {
    title: 'A chart without a readable Chart.yaml',
    severity: 'warning',
    message: ({ path }) => ({
      text: `the chart ${quoted(path)} holds no readable Chart.yaml in its top folder`,
      hint: 'Pack it with `helm package`, which writes one.',
    }),
  },
};
