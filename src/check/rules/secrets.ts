import type { LintRule } from '../rule.ts';
import { cloudKey } from './secrets/cloud-key.ts';
import { highEntropy } from './secrets/high-entropy.ts';
import { privateKey } from './secrets/private-key.ts';
import { token } from './secrets/token.ts';

/** Rules about one pack, in the order in which they are asked. */
export const SECRETS_RULES: readonly LintRule[] = [privateKey, cloudKey, token, highEntropy];
