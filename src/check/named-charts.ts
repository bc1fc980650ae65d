import { suggest } from '../model/suggest.ts';
import { shortened } from './shortened.ts';
import { listedCharts } from './listed-charts.ts';
import type { LintPack } from './lint-pack.ts';

const MOST_KNOWN = 10;

/** The names by which `values.yaml` may speak of charts. */
export interface NamedCharts {
  /** Names of the charts that are listed, and of those that were only forgotten to be. */
  readonly names: ReadonlySet<string>;
  /** For a message: the name that was most likely meant, and which there are. */
  readonly facts: (chart: string) => { chart: string; suggestion?: string; known: string[] };
}

/** Undefined where a chart is missing or does not say its name, so that every name could be right. */
export function namedCharts(pack: LintPack): NamedCharts | undefined {
  const names = new Map(pack.charts.map(({ path, name }) => [path, name]));
  if (listedCharts(pack).some(({ path }) => names.get(path ?? '') === undefined)) return undefined;
  const listed = [...new Set(names.values())].flatMap((name) => name ?? []);
  const unlisted = [...pack.archives.values()].flatMap(({ name }) => name ?? []);
  return {
    names: new Set([...listed, ...unlisted]),
    facts: (chart) => {
      const suggestion = suggestionFor(chart, listed);
      return {
        chart: shortened(chart),
        ...(suggestion !== undefined && { suggestion }),
        known: listed.slice(0, MOST_KNOWN).map(shortened),
      };
    },
  };
}

/** Names from archives can be of any length, and comparing two long ones takes minutes. */
function suggestionFor(chart: string, names: readonly string[]): string | undefined {
  const near = names.filter((name) => name === shortened(name));
  return chart === shortened(chart) ? suggest(chart, near) : undefined;
}
