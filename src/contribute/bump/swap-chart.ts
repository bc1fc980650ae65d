import { isUtf8 } from 'node:buffer';
import { join, posix } from 'node:path';

import type { LintPack } from '../../check/lint-pack.ts';
import { chartCopies } from '../../check/chart-copies.ts';
import { PackyardError } from '../../errors.ts';
import { stringsAt } from '../../model/json-value.ts';
import { replaceJsonValue } from '../../pack/edit-json.ts';
import { pathInPack } from '../../pack/pack-path.ts';
import { MANIFEST_FILE, VALUES_FILE, type PackFile } from '../../pack/pack.ts';
import type { ChartMetadata } from '../../pack/chart-archive.ts';
import { readChart, type ChartContent } from '../../pack/chart-content.ts';
import { readChartPart } from '../chart/read-chart-part.ts';
import type { Decision, DraftPart } from '../draft-part.ts';
import type { SwappedChart } from './bump-plan.ts';
import { changeText } from './change-text.ts';
import { mergeChartValues } from './merge-chart-values.ts';
import { imagesWith } from './images-with.ts';
import { withChartVersion, withImages } from './pack-content.ts';
import type { SoftwareVersions } from './pinned-tags.ts';
import type { MergeRemarks } from './placed-values.ts';
import { withPlainLines } from './text-edits.ts';

/** A chart as it is to come into a pack. */
export interface NewChart {
  readonly name: string;
  readonly version: string;
  readonly appVersion?: string;
  readonly part: DraftPart;
}

export interface ChartSwap extends MergeRemarks {
  readonly files: ReadonlyMap<string, PackFile>;
  readonly chart: SwappedChart;
  readonly decisions: readonly Decision[];
}

export interface SwapOptions {
  readonly prefer?: 'ours' | 'theirs' | undefined;
  readonly signal?: AbortSignal | undefined;
}

export async function readNewChart(source: string, signal?: AbortSignal): Promise<NewChart> {
  const part = await readChartPart(source, { fetchIcon: false, ...(signal !== undefined && { signal }) });
  const { name = '', version = '', appVersion } = identityOf(part);
  return { name, version, ...(appVersion !== undefined && { appVersion }), part };
}

/** The path says both; the facts are proposals for a pack. */
function identityOf({ charts, chartValues, facts }: DraftPart): Partial<Omit<NewChart, 'part'>> {
  const [name = ''] = chartValues.keys();
  const file = posix.basename(charts[0] ?? '', '.tgz');
  return {
    name,
    version: file.slice(name.length + 1),
    ...(facts.appVersion !== undefined && { appVersion: facts.appVersion }),
  };
}

/** The chart of a pack whose place a new one takes: the one of its name, or the only one. Throws `usage`. */
export function chartToReplace(pack: LintPack, { name }: NewChart): ChartContent {
  const charts = pack.charts.flatMap(({ path }) => pack.archives.get(path) ?? []);
  const named = charts.filter((chart) => chart.name === name);
  const [found] = named.length > 0 ? named : charts;
  const isOne = named.length === 1 || (named.length === 0 && charts.length === 1);
  if (found !== undefined && isOne) return found;
  const names = charts.map((chart) => chart.name ?? chart.path).join(', ');
  throw new PackyardError({
    code: 'usage',
    message:
      charts.length === 0
        ? `The pack has no chart whose place ${name} could take.`
        : `It cannot be told whose place the chart ${name} is to take.`,
    hint:
      charts.length === 0
        ? 'A pack with a chart is made with packyard new --chart.'
        : `The pack has: ${names}. Give a chart with one of these names.`,
  });
}

/** The files of a pack with a chart in place of another, its values merged. */
export async function swapChart(
  pack: LintPack,
  directory: string,
  next: NewChart,
  { prefer, signal }: SwapOptions,
): Promise<ChartSwap> {
  const old = chartToReplace(pack, next);
  const name = old.name ?? next.name;
  const base = await baseOf(directory, old, signal);
  const [source] = next.part.files;
  const path = posix.join(posix.dirname(old.path), posix.basename(next.part.charts[0] ?? ''));
  const copies = chartCopies(pack).filter(({ chart }) => chart.path === old.path);
  const files = new Map([...pack.files].filter(([each]) => each !== old.path && !isInside(each, copies)));
  files.set(path, { path, executable: false, data: source?.data ?? Buffer.alloc(0) });
  changeText(files, MANIFEST_FILE, (text) => withChartPath(text, pack, old.path, path));
  const decisions: Decision[] = [];
  const data = files.get(VALUES_FILE)?.data ?? Buffer.alloc(0);
  const text = data.toString('utf8');
  const { unusableValues } = next.part;
  const unread = unusableValues && `the values.yaml of the new chart cannot be used: ${unusableValues}`;
  const problem = isUtf8(data) ? (base.problem ?? unread) : 'values.yaml is not UTF-8';
  const merged =
    problem !== undefined
      ? { text, ...NOTHING, problem }
      : mergeChartValues(text, {
          name,
          newName: next.name,
          base: base.text,
          theirs: next.part.chartValues.get(next.name) ?? '',
          prefer,
          software: softwareOf(old, next),
        });
  if (merged.problem !== undefined)
    decisions.push({
      file: VALUES_FILE,
      text: `The values of the chart were left as they are, because ${merged.problem}. Compare them with those of the new chart by hand.`,
    });
  if (name !== next.name)
    decisions.push({
      file: MANIFEST_FILE,
      text: `The chart ${name} became ${next.name}: clusters take that for another chart, remove the one and install the other. See whether that is meant, and whether anything else names it, such as pack.releaseNameOverride.`,
    });
  decisions.push(...copies.map((copy) => ({ text: leftOut(copy.directory, old.path) })));
  changeText(files, VALUES_FILE, () => merged.text);
  const before = await imagesWith(old, text, name);
  const after = await imagesWith(await contentOf(files, path), merged.text, next.name);
  const versions = [
    { name, ...versionsOf(old) },
    { name: next.name, ...versionsOf(next) },
  ] as const;
  changeText(files, VALUES_FILE, (each) =>
    withPlainLines(each, (plain) => withImages(withChartVersion(plain, ...versions), before, after)),
  );
  return {
    files,
    chart: {
      before: { name, ...(old.version !== undefined && { version: old.version }), path: old.path },
      after: { name: next.name, version: next.version, path },
    },
    conflicts: merged.conflicts,
    unknown: merged.unknown,
    pinned: merged.pinned,
    decisions,
  };
}

function leftOut(directory: string, path: string): string {
  return `${directory}, an unpacked copy of ${path}, was left out: what clusters install is the .tgz alone.`;
}

const NOTHING: MergeRemarks = { conflicts: [], unknown: [], pinned: [] };

function softwareOf(old: ChartContent, next: NewChart): SoftwareVersions | undefined {
  const [before, after] = [old.appVersion, next.appVersion];
  return before === undefined || after === undefined ? undefined : { before, after };
}

/** The values of the chart as it is. That it cannot be read is no reason to keep it. */
async function baseOf(
  directory: string,
  { path }: ChartContent,
  signal: AbortSignal | undefined,
): Promise<{ readonly text: string; readonly problem?: string }> {
  const file = join(directory, ...path.split('/'));
  const problem = `${path}, whose values they were made of, cannot be read`;
  try {
    const { chartValues, unusableValues } = await readChartPart(file, { ...(signal !== undefined && { signal }) });
    if (unusableValues !== undefined) return { text: '', problem: `${problem}: ${unusableValues}` };
    return { text: [...chartValues.values()][0] ?? '' };
  } catch (error) {
    if (!(error instanceof PackyardError) || !['chart-invalid', 'archive-refused'].includes(error.code)) throw error;
    return { text: '', problem };
  }
}

async function contentOf(files: ReadonlyMap<string, PackFile>, path: string): Promise<ChartContent> {
  const file = files.get(path);
  const chart = file === undefined ? undefined : await readChart(file);
  return chart ?? { path, folder: '', files: new Map() };
}

function versionsOf({ version, appVersion }: Omit<ChartMetadata, 'name'>): Omit<ChartMetadata, 'name'> {
  return { ...(version !== undefined && { version }), ...(appVersion !== undefined && { appVersion }) };
}

function isInside(path: string, copies: readonly { readonly directory: string }[]): boolean {
  return copies.some(({ directory }) => path.startsWith(`${directory}/`));
}

function withChartPath(text: string, { manifest }: LintPack, from: string, to: string): string {
  const paths = stringsAt(manifest?.value, 'charts');
  return paths.reduce(
    (edited, path, index) => (pathInPack(path) === from ? replaceJsonValue(edited, ['charts', index], to) : edited),
    text,
  );
}
