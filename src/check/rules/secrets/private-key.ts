import type { Finding } from '../../../model/finding.ts';
import type { LintPack } from '../../lint-pack.ts';
import { secretsOf } from './secrets-of.ts';

/** Private keys, as PEM or as base64 of it, that are in a pack for everyone to read. */
export function privateKey(pack: LintPack): Iterable<Finding> {
  return secretsOf(pack, 'secrets/private-key');
}
