import { isMapping, propertyOf } from '../../model/json-value.ts';
import { yamlOf, type ChartPart } from '../../pack/chart-parts.ts';
import { mergedValues } from '../../pack/merged-values.ts';
import { parseTemplate, type Template, type TemplateNode } from './template/parse-template.ts';
import { renderTemplate, type RenderWork } from './template/render-template.ts';
import { UNKNOWN } from './template/unknown.ts';

/** A template of a chart as it is written with the chart's own values. */
export interface RenderedFile {
  /** Inside the outermost chart. */
  readonly path: string;
  /** Holds marks where something cannot be known. */
  readonly text: string;
}

const TEMPLATE = /^(?<root>(?:charts\/[^/]+\/)*)templates\/(?<name>(?:.*\/)?[^/]+\.(?:ya?ml|tpl))$/u;
/** What `helm test` starts is no part of what runs. */
const LEFT_OUT = /(?:^|\/)(?:_[^/]*|tests?\/.*)$/u;
/** Characters of one template. */
const LONGEST = 1_048_576;
/** Characters of all of them, as they are, and as they are written. */
const MOST_TEXT = 16_777_216;
const MOST_OUTPUT = 8_388_608;

/** The templates of a chart and of those inside it, read. */
export interface ChartTemplates {
  readonly files: ReadonlyMap<string, Buffer>;
  /** Those that Helm writes, by their paths inside the outermost chart. */
  readonly templates: ReadonlyMap<string, { readonly root: string; readonly template: Template }>;
  /** What they include, by name. */
  readonly defines: ReadonlyMap<string, readonly TemplateNode[]>;
}

/** Reads the templates of a chart; what is not understood, or is too much, is left out. */
export function chartTemplates(files: ReadonlyMap<string, Buffer>): ChartTemplates {
  const templates = new Map<string, { readonly root: string; readonly template: Template }>();
  const defines = new Map<string, readonly TemplateNode[]>();
  let room = MOST_TEXT;
  // Of templates with one name the outer chart's is taken, as Helm does.
  for (const [path, data] of [...files].toSorted(([a], [b]) => depthOf(b) - depthOf(a))) {
    const { root = '', name } = TEMPLATE.exec(path)?.groups ?? {};
    if (name === undefined || data.length > Math.min(LONGEST, room)) continue;
    room -= data.length;
    const template = parseTemplate(data.toString('utf8'));
    if (template === undefined) continue;
    for (const [each, nodes] of template.defines) defines.set(each, nodes);
    if (!LEFT_OUT.test(name)) templates.set(path, { root, template });
  }
  return { files, templates, defines };
}

/**
 * Writes the templates of some charts as far as that can be known without a cluster; `everything` takes what the values of
 * a file's own conditions turn off as well. The work is bounded: where it is used up, files are left out.
 */
export function* renderedCharts(
  { files, templates, defines }: ChartTemplates,
  parts: readonly ChartPart[],
  everything: boolean = false,
): Generator<RenderedFile> {
  const work: RenderWork = { steps: 2_000_000, output: MOST_OUTPUT };
  for (const part of parts) {
    const context = contextOf(part, parts, files);
    for (const [path, { root, template }] of templates) {
      if (root !== part.root) continue;
      if (work.steps < 0 || work.output < 0) return;
      yield { path, text: renderTemplate(template.nodes, context, { defines, work, everything }) };
    }
  }
}

function depthOf(path: string): number {
  return path.split('/').length;
}

/** What a template finds at its dot. Source: https://helm.sh/docs/chart_template_guide/builtin_objects/ */
function contextOf(part: ChartPart, parts: readonly ChartPart[], files: ReadonlyMap<string, Buffer>): unknown {
  const metadata = yamlOf(files.get(`${part.root}Chart.yaml`));
  const chart = isMapping(metadata)
    ? Object.fromEntries(
        Object.entries(metadata).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]),
      )
    : {};
  return {
    Values: valuesOf(part, parts),
    Chart: { ...chart, IsRoot: part.root === '' },
    Release: { Name: 'release', Namespace: 'default', Service: 'Helm', IsInstall: true, IsUpgrade: false, Revision: 1 },
    Capabilities: { APIVersions: UNKNOWN, KubeVersion: UNKNOWN, HelmVersion: UNKNOWN },
    Template: { Name: UNKNOWN, BasePath: `${part.root}templates` },
    Files: UNKNOWN,
    Subcharts: UNKNOWN,
  };
}

/** A chart's `global` goes to those inside it. */
function valuesOf(part: ChartPart, parts: readonly ChartPart[]): unknown {
  const values = part.values ?? {};
  if (part.root === '') return values;
  const around = parts
    .filter(({ root }) => root !== part.root && part.root.startsWith(root))
    .toSorted((a, b) => b.root.length - a.root.length);
  let global = propertyOf(values, 'global');
  for (const outer of around) {
    const over = propertyOf(outer.values, 'global');
    if (over !== undefined) global = global === undefined ? over : mergedValues(global, over);
  }
  return isMapping(values) && global !== undefined ? { ...values, global } : values;
}
