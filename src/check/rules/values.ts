import type { LintRule } from '../rule.ts';
import { inertOverrides } from './values/inert-overrides.ts';
import { installPriority } from './values/install-priority.ts';
import { misplacedNamespace } from './values/misplaced-namespace.ts';
import { packSchema } from './values/pack-schema.ts';
import { rootValues } from './values/root-values.ts';
import { unknownChart } from './values/unknown-chart.ts';
import { unknownMacro } from './values/unknown-macro.ts';
import { unknownRelease } from './values/unknown-release.ts';
import { unquotedTemplate } from './values/unquoted-template.ts';

/** Rules about one pack, in the order in which they are asked. */
export const VALUES_RULES: readonly LintRule[] = [
  packSchema,
  misplacedNamespace,
  installPriority,
  unknownRelease,
  unknownChart,
  inertOverrides,
  rootValues,
  unquotedTemplate,
  unknownMacro,
];
