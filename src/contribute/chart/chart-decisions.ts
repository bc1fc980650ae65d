import { escapeControl } from '../../model/escape-control.ts';
import { propertyOf } from '../../model/json-value.ts';
import type { ChartContent } from '../../pack/chart-content.ts';
import type { Decision, DraftImage, ProposedFacts } from '../draft-part.ts';
import { textAt } from './chart-facts.ts';
import type { ValuesText } from './values-text.ts';

export interface ReadChart {
  /** Of the packed chart in the pack. */
  readonly path: string;
  readonly chart: ChartContent;
  readonly metadata: unknown;
  readonly facts: ProposedFacts;
  readonly values: ValuesText;
  readonly images: readonly DraftImage[];
  /** Whether they are those that only other values than the chart's own turn on. */
  readonly isOff: boolean;
}

/** Of a list that a sentence names. */
const SHOWN = 5;
const LONGEST_NAME = 100;

/** What a human must still decide about a chart in a pack. */
export function chartDecisions(read: ReadChart): Decision[] {
  const { path } = read;
  return [
    ...[...ofChart(read)].map((text) => ({ file: path, text: escapeControl(text) })),
    ...[...ofValues(read)].map((text) => ({ file: 'values.yaml', text: escapeControl(text) })),
  ];
}

function* ofChart({ chart, metadata, facts }: ReadChart): Generator<string> {
  if (propertyOf(metadata, 'deprecated') === true)
    yield 'The chart says that it is deprecated: look for what has taken its place.';
  if (propertyOf(metadata, 'type') === 'library')
    yield 'The chart is a library, which installs nothing: name a chart that uses it.';
  const { kubeVersion } = facts;
  if (kubeVersion !== undefined)
    yield `The chart wants Kubernetes ${kubeVersion}: say so in pack.json, as a dependency on the pack of Kubernetes.`;
  const missing = missingDependencies(chart, metadata);
  if (missing.length > 0)
    yield `Charts that it depends on are not in it (${named(missing)}): run \`helm dependency update\`, and pack it again.`;
  if ([...chart.files.keys()].some((each) => /^(?:charts\/[^/]+\/)?crds\/./u.test(each)))
    yield 'The chart brings definitions of resources (crds/), which Helm installs once, and neither updates nor removes: say in README.md how they are.';
}

function missingDependencies({ files }: ChartContent, metadata: unknown): string[] {
  const listed = propertyOf(metadata, 'dependencies');
  if (!Array.isArray(listed)) return [];
  const inside = [...files.keys()].filter((path) => path.startsWith('charts/')).map((path) => path.split('/')[1] ?? '');
  return listed.flatMap((dependency: unknown) => {
    const name = textAt(dependency, 'name');
    if (name === undefined) return [];
    return inside.some((each) => each === name || (each.startsWith(`${name}-`) && each.endsWith('.tgz'))) ? [] : [name];
  });
}

function* ofValues({ values, images, isOff }: ReadChart): Generator<string> {
  const macros = values.text.split('\n').filter((line) => !/^\s*#/u.test(line) && line.includes('{{'));
  if (macros.length > 0)
    yield `Values of the chart hold {{ … }} (${macros.length} ${macros.length === 1 ? 'line' : 'lines'}), which is read as a macro of the pack before the chart sees it: see whether each is still what the chart needs.`;
  if (images.length === 0) yield 'No images were found in the chart: list what it runs under pack.content.images.';
  if (isOff)
    yield 'The chart runs nothing with its own values: under pack.content.images is what other values turn on. Set those that turn it on, and list what they use.';
}

function named(all: readonly string[]): string {
  const more = all.length > SHOWN ? `, and ${all.length - SHOWN} more` : '';
  const shown = all
    .slice(0, SHOWN)
    .map((each) => (each.length > LONGEST_NAME ? `${each.slice(0, LONGEST_NAME)}…` : each));
  return shown.join(', ') + more;
}
