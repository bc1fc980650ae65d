import type { Finding } from '../../../model/finding.ts';
import type { LintPack } from '../../lint-pack.ts';
import { secretsOf } from './secrets-of.ts';

/** Tokens of services, known by their form, and logins for container registries. */
export function token(pack: LintPack): Iterable<Finding> {
  return secretsOf(pack, 'secrets/token');
}
