import type { Finding } from '../../../model/finding.ts';
import type { LintPack } from '../../lint-pack.ts';
import { secretsOf } from './secrets-of.ts';

/** Values under keys such as `password` that no person would choose, whatever they are for. */
export function highEntropy(pack: LintPack): Iterable<Finding> {
  return secretsOf(pack, 'secrets/high-entropy');
}
