import type { FindingArgs } from '../../src/model/rules.ts';
import { CHART } from './message-cases/chart.ts';
import { CHECK } from './message-cases/check.ts';
import { CONFIG } from './message-cases/config.ts';
import { CONSTRAINT } from './message-cases/constraint.ts';
import { FILE } from './message-cases/file.ts';
import { HISTORY } from './message-cases/history.ts';
import { IMAGE } from './message-cases/image.ts';
import { LOGO } from './message-cases/logo.ts';
import { MANIFEST } from './message-cases/manifest.ts';
import { PACK } from './message-cases/pack.ts';
import { PRESETS } from './message-cases/presets.ts';
import { README } from './message-cases/readme.ts';
import { REGISTRY } from './message-cases/registry.ts';
import { ROLE } from './message-cases/role.ts';
import { SCHEMA } from './message-cases/schema.ts';
import { SECRETS } from './message-cases/secrets.ts';
import { STATUS } from './message-cases/status.ts';
import { VALUES } from './message-cases/values.ts';
import type { Cases } from './message-cases/case.ts';

/** For every rule: what a finding carries, and the words for it. */
export const CASES: Cases<FindingArgs> = {
  ...CHART,
  ...CHECK,
  ...CONFIG,
  ...CONSTRAINT,
  ...FILE,
  ...HISTORY,
  ...IMAGE,
  ...LOGO,
  ...MANIFEST,
  ...PACK,
  ...PRESETS,
  ...README,
  ...REGISTRY,
  ...ROLE,
  ...SCHEMA,
  ...SECRETS,
  ...STATUS,
  ...VALUES,
};
