import type { Finding } from '../../../model/finding.ts';
import type { LintPack } from '../../lint-pack.ts';
import { secretsOf } from './secrets-of.ts';

/** Keys of cloud accounts, known by their form. */
export function cloudKey(pack: LintPack): Iterable<Finding> {
  return secretsOf(pack, 'secrets/cloud-key');
}
