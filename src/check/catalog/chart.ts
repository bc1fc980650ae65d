import { formatBytes } from '../../model/format-bytes.ts';
import type { ChartRules, CopyDiffersArgs, PathList } from '../../model/rules/chart-rules.ts';
import type { Catalog, Message } from './entry.ts';
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
  'chart/invalid-metadata': {
    title: 'A Chart.yaml without what Helm needs',
    severity: 'warning',
    message: ({ path, missing: keys }) => ({
      text: `the Chart.yaml of ${quoted(path)} has no ${listOf(keys)}`,
      hint: 'Helm refuses such a chart: add what is missing (apiVersion is v2 for Helm 3), and pack it again.',
    }),
  },
  'chart/name-mismatch': {
    title: 'The file name of a chart is not its name and version',
    severity: 'warning',
    message: ({ path, name, version }) => ({
      text: `the chart in ${quoted(path)} is ${quoted(name)}, version ${quoted(version)}`,
      hint: `Its Chart.yaml decides: name the file ${quoted(`${name}-${version}.tgz`)}, or pack the chart that was meant.`,
    }),
  },
  'chart/copy-differs': {
    title: 'An unpacked copy of a chart differs from the packed one',
    severity: 'warning',
    message: copyDiffers,
  },
  'chart/unlisted': {
    title: 'A chart that pack.json does not list',
    severity: 'warning',
    fix: 'safe',
    message: ({ path, name, listed }) => ({
      text: `the chart ${quoted(path)} is not listed in pack.json, so it is never installed`,
      hint:
        listed === undefined
          ? `Add it to "charts" in pack.json, or delete the file.`
          : `Delete it if ${quoted(listed)} took its place; both are called ${quoted(name)}.`,
    }),
  },
  'chart/duplicate-name': {
    title: 'Two charts of a pack have one name',
    severity: 'warning',
    message: ({ path, name, first }) => ({
      text: `the charts ${quoted(first)} and ${quoted(path)} are both called ${quoted(name)}`,
      hint: 'Values are given to a chart by its name: keep one of them, or give one another name in its Chart.yaml.',
    }),
  },
  'chart/version-differs': {
    title: "The pack's version is not that of its chart",
    severity: 'hint',
    message: ({ version, name, chartVersion, appVersion }) => ({
      text: `the pack has version ${quoted(version)}, its chart ${quoted(name)} has ${quoted(chartVersion)}${appVersion === undefined ? '' : ` (of the application ${quoted(appVersion)})`}`,
      hint: 'People look for the version of what is installed: use that of the chart or of the application.',
    }),
  },
};

function copyDiffers({ path, copy, versions, changed, added, removed }: CopyDiffersArgs): Message {
  const differences = [
    ...(versions === undefined
      ? []
      : [`it is version ${quoted(versions.copy)}, and packed is ${quoted(versions.packed)}`]),
    ...filesThat('differ', changed),
    ...filesThat('are not packed', added),
    ...filesThat('are packed only', removed),
  ];
  return {
    text: `the unpacked copy ${quoted(`${copy}/`)} is not what ${quoted(path)} holds: ${differences.join('; ')}`,
    hint: `Only the packed chart is installed: pack the copy again with \`helm package\`, or delete it.`,
  };
}

function filesThat(what: string, { count, paths }: PathList): string[] {
  if (count === 0) return [];
  const more = count > paths.length ? ` and ${count - paths.length} more` : '';
  return [`${what}: ${paths.join(', ')}${more}`];
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
