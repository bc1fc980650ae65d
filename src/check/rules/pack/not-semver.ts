import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';

/** What the schema takes for a version at all; the rest is left to it. */
const VERSION = /^[vV]?(?<version>\d[\w.+-]{0,99})$/u;
const PARTS = /^(?<core>[\d.]+)(?:-(?<prerelease>[^+]*))?(?:\+(?<build>.*))?$/u;
const IDENTIFIER = /^[\dA-Za-z-]+$/u;

/** Versions that SemVer 2.0.0 does not have, a leading `v` apart. */
export function* notSemver({ manifest }: LintPack): Generator<Finding> {
  const written = propertyOf(manifest?.value, 'version');
  if (manifest === undefined || typeof written !== 'string') return;
  const version = VERSION.exec(written)?.groups?.['version'];
  if (version === undefined || isSemver(version)) return;
  const suggestion = asSemver(version);
  const args = { version: written, ...(suggestion !== undefined && { suggestion }) };
  yield findingOf('pack/not-semver', MANIFEST_FILE, args, { place: manifest.place(['version']) });
}

function isSemver(version: string): boolean {
  const groups = PARTS.exec(version)?.groups;
  if (groups === undefined) return false;
  const core = groups['core']?.split('.') ?? [];
  const prerelease = groups['prerelease']?.split('.') ?? [];
  const build = groups['build']?.split('.') ?? [];
  return (
    core.length === 3 &&
    [...core, ...prerelease].every((part) => IDENTIFIER.test(part) && !/^0\d+$/u.test(part)) &&
    build.every((part) => IDENTIFIER.test(part))
  );
}

/** The version with three numbers and without leading zeros, where that is SemVer. */
function asSemver(version: string): string | undefined {
  const core = /^\d+(?:\.\d+)*/u.exec(version)?.[0] ?? '';
  const numbers = core.split('.').map((part) => part.replace(/^0+(?=\d)/u, ''));
  while (numbers.length < 3) numbers.push('0');
  const candidate = numbers.join('.') + version.slice(core.length);
  return isSemver(candidate) ? candidate : undefined;
}
