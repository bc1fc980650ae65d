import { formatBytes } from '../../model/format-bytes.ts';
import type { ValuesRules } from '../../model/rules/values-rules.ts';
import type { Catalog } from './entry.ts';
import { didYouMean, quoted, subject } from './words.ts';

export const VALUES: Catalog<ValuesRules> = {
  'values/missing': {
    title: 'values.yaml is missing',
    severity: 'error',
    message: () => ({
      text: 'the pack has no values.yaml',
      hint: 'Add one; it may be empty.',
    }),
  },
  'values/too-large': {
    title: 'values.yaml is too large',
    severity: 'error',
    message: ({ limit }) => ({
      text: `values.yaml is larger than ${formatBytes(limit)}`,
      hint: 'Keep only what differs from the defaults of the charts.',
    }),
  },
  'values/not-utf8': {
    title: 'values.yaml is not UTF-8',
    severity: 'error',
    message: ({ offset }) => ({
      text: `values.yaml is not UTF-8: byte ${offset} belongs to no character`,
      hint: 'Save it as UTF-8.',
    }),
  },
  'values/invalid-yaml': {
    title: 'values.yaml is not valid YAML',
    severity: 'error',
    message: ({ reason }) => ({
      text: `values.yaml is not valid YAML: ${reason}`,
      hint: 'Mend the line; indentation is spaces only, and a value that begins with {{ must be quoted.',
    }),
  },
  'values/duplicate-key': {
    title: 'A key stands twice in one mapping',
    severity: 'error',
    message: ({ key, firstLine }) => ({
      text: `the key ${quoted(key)} stands twice in one mapping, first in line ${firstLine}`,
      hint: 'Keep one of them; where both are mappings, put what is in them together.',
    }),
  },
  'values/tab': {
    title: 'A tab in the indentation',
    severity: 'error',
    message: () => ({
      text: 'a tab stands in the indentation, where YAML takes spaces only',
      hint: 'Replace it by spaces, as many as the lines beside it have.',
    }),
  },
  'values/too-many-nodes': {
    title: 'values.yaml expands without bound',
    severity: 'error',
    message: ({ limit }) => ({
      text: `values.yaml grows to more than ${limit} values when its aliases are expanded`,
      hint: 'Write the values out, or use fewer aliases of aliases.',
    }),
  },
  'values/self-reference': {
    title: 'An alias stands inside what it names',
    severity: 'error',
    message: ({ anchor }) => ({
      text: `the alias "*${anchor}" stands inside the very value that it names`,
      hint: 'An alias can only repeat a value that is already complete.',
    }),
  },
  'values/not-a-mapping': {
    title: 'values.yaml holds no mapping',
    severity: 'error',
    message: ({ found }) => ({
      text: `values.yaml holds ${found} where a mapping is wanted`,
      hint: 'Write keys and values, such as "pack:" and "charts:".',
    }),
  },
  'values/unknown-chart': {
    title: 'Values for a chart that the pack does not have',
    severity: 'warning',
    message: ({ chart, suggestion, known, owner }) => ({
      text:
        owner === undefined
          ? `no chart of the pack is called ${quoted(chart)}, so these values are never used`
          : `below "charts:" stand the names of charts, but ${andMore(chart, owner.more)} of the chart ${quoted(owner.chart)}`,
      hint:
        owner === undefined
          ? (didYouMean(suggestion) ?? chartsKnown(known))
          : `Indent by one level more, below ${quoted(`${owner.chart}:`)}.`,
    }),
  },
  'values/inert-overrides': {
    title: 'Values that the chart does not use, all of them',
    severity: 'warning',
    message: ({ chart, count, keys }) => ({
      text: `the chart ${quoted(chart)} uses none of the values that it is given: ${firstOf(keys, count)}`,
      hint: "Compare them with the chart's own values.yaml; often they stand one level too high or too deep.",
    }),
  },
  'values/root-values': {
    title: 'Values of a chart at the root of values.yaml',
    severity: 'warning',
    message: ({ chart, count, keys }) => ({
      text: `values of the chart ${quoted(chart)} stand at the root, where it does not see them: ${firstOf(keys, count)}`,
      hint: `Move them below "charts:" and there below ${quoted(`${chart}:`)}.`,
    }),
  },
  'values/unquoted-template': {
    title: 'A template without quotes, which YAML reads as a mapping',
    severity: 'warning',
    message: ({ template }) => ({
      text: `without quotes, YAML reads ${quoted(template)} as a mapping, not as text`,
      hint: `Put it in quotes: '${template}'.`,
    }),
  },
  'values/pack-schema': {
    title: 'The pack section does not fit its schema',
    severity: 'warning',
    message: ({ pointer, expected }) => ({
      text: `${subject(pointer)} ${expected}`,
      hint: 'What each key holds is described in schemas/values-pack.schema.json.',
    }),
  },
  'values/pack-unknown-key': {
    title: 'A key of the pack section that is not known',
    severity: 'warning',
    message: ({ key, suggestion }) => ({
      text: `the key ${quoted(key)} is not known in the pack section, and is ignored`,
      hint: didYouMean(suggestion) ?? 'Take it out; values of a chart stand below "charts:".',
    }),
  },
  'values/misplaced-namespace': {
    title: 'A namespace where nothing reads it',
    severity: 'warning',
    message: ({ path, given }) => ({
      text: `${quoted(path)} is not where the namespace is read`,
      hint: given ? 'Take it out: "pack.namespace" is given as well.' : 'Write it as "pack.namespace".',
    }),
  },
  'values/unknown-release': {
    title: 'A release name for a chart that the pack does not have',
    severity: 'warning',
    message: ({ chart, suggestion, known }) => ({
      text: `no chart of the pack is called ${quoted(chart)}, so that no release is renamed`,
      hint: didYouMean(suggestion) ?? chartsKnown(known),
    }),
  },
  'values/install-priority': {
    title: 'An install priority that is no whole number in quotes',
    severity: 'warning',
    message: ({ found }) => ({
      text: `"spectrocloud.com/install-priority" must be a whole number in quotes, not ${found}`,
      hint: 'Write it as "10"; the lowest is installed first.',
    }),
  },
  'values/unknown-macro': {
    title: 'A macro that is not known',
    severity: 'warning',
    message: ({ macro, suggestion }) => ({
      text: `the macro ${quoted(macro)} is not known`,
      hint:
        didYouMean(suggestion) ??
        'There are .spectro.system.<path>, .spectro.pack.<pack>.<path>, .spectro.var.<variable> and .spectro.macro.<name>.',
    }),
  },
};

function firstOf(keys: readonly string[], count: number): string {
  const more = count > keys.length ? ` and ${count - keys.length} more` : '';
  return `${keys.map(quoted).join(', ')}${more}`;
}

function andMore(key: string, more: number): string {
  if (more === 0) return `${quoted(key)} is a value`;
  return `${quoted(key)} and ${more} more beside it are values`;
}

function chartsKnown(known: readonly string[]): string {
  if (known.length === 0) return 'The pack has no chart; values of a manifest stand below "manifests:".';
  return `Use the name in Chart.yaml: ${known.map(quoted).join(', ')}.`;
}
