import type { LimitArgs, SchemaArgs, UnknownKeyArgs } from './args.ts';

/** What the findings of each rule of this group carry. */
export interface ValuesRules {
  'values/missing': Record<string, never>;
  'values/too-large': LimitArgs;
  'values/not-utf8': { offset: number };
  'values/invalid-yaml': { reason: string };
  'values/duplicate-key': { key: string; firstLine: number };
  'values/tab': Record<string, never>;
  'values/too-many-nodes': LimitArgs;
  'values/self-reference': { anchor: string };
  'values/not-a-mapping': { found: string };
  'values/unknown-chart': {
    chart: string;
    suggestion?: string;
    /** Names of the charts that there are; the first ones of many. */
    known: string[];
    /** The chart that has a value of that name, and how many other keys beside it are values of that chart. */
    owner?: { chart: string; more: number };
  };
  'values/inert-overrides': { chart: string; count: number; keys: string[] };
  'values/root-values': { chart: string; count: number; keys: string[] };
  'values/unquoted-template': { template: string };
  'values/pack-schema': SchemaArgs;
  'values/pack-unknown-key': UnknownKeyArgs;
  'values/misplaced-namespace': {
    /** Dotted path of the key. */
    path: string;
    /** Whether `pack.namespace` is given as well. */
    given: boolean;
  };
  'values/unknown-release': { chart: string; suggestion?: string; known: string[] };
  'values/install-priority': { found: string };
  'values/unknown-macro': { macro: string; suggestion?: string };
}
