import type { ValuesRules } from '../../../src/model/rules/values-rules.ts';
import type { Cases } from './case.ts';

const SAVE_AS_UTF8 = 'Save it as UTF-8.';

export const VALUES: Cases<ValuesRules> = {
  'values/missing': [{ args: {}, text: 'the pack has no values.yaml', hint: 'Add one; it may be empty.' }],
  'values/too-large': [
    {
      args: { limit: 8_388_608 },
      text: 'values.yaml is larger than 8 MiB',
      hint: 'Keep only what differs from the defaults of the charts.',
    },
  ],
  'values/not-utf8': [
    { args: { offset: 0 }, text: 'values.yaml is not UTF-8: byte 0 belongs to no character', hint: SAVE_AS_UTF8 },
  ],
  'values/invalid-yaml': [
    {
      args: { reason: 'missing colon' },
      text: 'values.yaml is not valid YAML: missing colon',
      hint: 'Mend the line; indentation is spaces only, and a value that begins with {{ must be quoted.',
    },
  ],
  'values/too-many-nodes': [
    {
      args: { limit: 1_000_000 },
      text: 'values.yaml grows to more than 1000000 values when its aliases are expanded',
      hint: 'Write the values out, or use fewer aliases of aliases.',
    },
  ],
  'values/self-reference': [
    {
      args: { anchor: 'a' },
      text: 'the alias "*a" stands inside the very value that it names',
      hint: 'An alias can only repeat a value that is already complete.',
    },
  ],
  'values/not-a-mapping': [
    {
      args: { found: 'a string' },
      text: 'values.yaml holds a string where a mapping is wanted',
      hint: 'Write keys and values, such as "pack:" and "charts:".',
    },
  ],
  'values/duplicate-key': [
    {
      args: { key: 'image', firstLine: 3 },
      text: 'the key "image" stands twice in one mapping, first in line 3',
      hint: 'Keep one of them; where both are mappings, put what is in them together.',
    },
  ],
  'values/tab': [
    {
      args: {},
      text: 'a tab stands in the indentation, where YAML takes spaces only',
      hint: 'Replace it by spaces, as many as the lines beside it have.',
    },
  ],
  'values/unknown-chart': [
    {
      args: { chart: 'ngnix', suggestion: 'nginx', known: ['nginx'] },
      text: 'no chart of the pack is called "ngnix", so these values are never used',
      hint: 'Did you mean "nginx"?',
    },
    {
      args: { chart: 'web', known: ['nginx', 'redis'] },
      text: 'no chart of the pack is called "web", so these values are never used',
      hint: 'Use the name in Chart.yaml: "nginx", "redis".',
    },
    {
      args: { chart: 'web', known: [] },
      text: 'no chart of the pack is called "web", so these values are never used',
      hint: 'The pack has no chart; values of a manifest stand below "manifests:".',
    },
    {
      args: { chart: 'image', known: ['nginx'], owner: { chart: 'nginx', more: 0 } },
      text: 'below "charts:" stand the names of charts, but "image" is a value of the chart "nginx"',
      hint: 'Indent by one level more, below "nginx:".',
    },
    {
      args: { chart: 'image', known: ['nginx'], owner: { chart: 'nginx', more: 3 } },
      text: 'below "charts:" stand the names of charts, but "image" and 3 more beside it are values of the chart "nginx"',
      hint: 'Indent by one level more, below "nginx:".',
    },
  ],
  'values/inert-overrides': [
    {
      args: { chart: 'nginx', count: 2, keys: ['nginx', 'web'] },
      text: 'the chart "nginx" uses none of the values that it is given: "nginx", "web"',
      hint: "Compare them with the chart's own values.yaml; often they stand one level too high or too deep.",
    },
  ],
  'values/root-values': [
    {
      args: { chart: 'nginx', count: 12, keys: ['image', 'service'] },
      text: 'values of the chart "nginx" stand at the root, where it does not see them: "image", "service" and 10 more',
      hint: 'Move them below "charts:" and there below "nginx:".',
    },
  ],
  'values/unquoted-template': [
    {
      args: { template: '{{ .spectro.var.x }}' },
      text: 'without quotes, YAML reads "{{ .spectro.var.x }}" as a mapping, not as text',
      hint: "Put it in quotes: '{{ .spectro.var.x }}'.",
    },
  ],
  'values/pack-schema': [
    {
      args: { pointer: '/pack/namespace', expected: 'must be a string, not a list' },
      text: '"pack.namespace" must be a string, not a list',
      hint: 'What each key holds is described in schemas/values-pack.schema.json.',
    },
  ],
  'values/pack-unknown-key': [
    {
      args: { key: 'iamge', suggestion: 'image' },
      text: 'the key "iamge" is not known in the pack section, and is ignored',
      hint: 'Did you mean "image"?',
    },
    {
      args: { key: 'replicas' },
      text: 'the key "replicas" is not known in the pack section, and is ignored',
      hint: 'Take it out; values of a chart stand below "charts:".',
    },
  ],
  'values/misplaced-namespace': [
    {
      args: { path: 'pack.content.namespace', given: false },
      text: '"pack.content.namespace" is not where the namespace is read',
      hint: 'Write it as "pack.namespace".',
    },
    {
      args: { path: 'pack.content.namespace', given: true },
      text: '"pack.content.namespace" is not where the namespace is read',
      hint: 'Take it out: "pack.namespace" is given as well.',
    },
  ],
  'values/unknown-release': [
    {
      args: { chart: 'ngnix', suggestion: 'nginx', known: ['nginx'] },
      text: 'no chart of the pack is called "ngnix", so that no release is renamed',
      hint: 'Did you mean "nginx"?',
    },
    {
      args: { chart: 'postgresql', known: ['nginx'] },
      text: 'no chart of the pack is called "postgresql", so that no release is renamed',
      hint: 'Use the name in Chart.yaml: "nginx".',
    },
  ],
  'values/install-priority': [
    {
      args: { found: 'the number 10' },
      text: '"spectrocloud.com/install-priority" must be a whole number in quotes, not the number 10',
      hint: 'Write it as "10"; the lowest is installed first.',
    },
  ],
  'values/unknown-macro': [
    {
      args: { macro: '.spectro.vars.token', suggestion: '.spectro.var.token' },
      text: 'the macro ".spectro.vars.token" is not known',
      hint: 'Did you mean ".spectro.var.token"?',
    },
    {
      args: { macro: '.spectro.cluster' },
      text: 'the macro ".spectro.cluster" is not known',
      hint: 'There are .spectro.system.<path>, .spectro.pack.<pack>.<path>, .spectro.var.<variable> and .spectro.macro.<name>.',
    },
  ],
};
