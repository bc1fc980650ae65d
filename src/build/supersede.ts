import { PackyardError } from '../errors.ts';
import { escapeControl } from '../model/escape-control.ts';

/** Why published content may be replaced, by name and version. */
export type Supersedes = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Characters of a message: it stands in a document that every client reads. */
const LONGEST = 500;

/**
 * Reads `name@version` arguments and the message for all of them. Throws `usage`. Whether there is something to replace,
 * `checkSuperseded` says later.
 */
export function parseSupersede(values: readonly string[], message: string | undefined): Supersedes {
  const supersedes = new Map<string, Map<string, string>>();
  if (values.length === 0) {
    if (message === undefined) return supersedes;
    throw usage('--message needs --supersede.', 'Name the release to replace: --supersede nginx@1.2.0');
  }
  const releases = values.map(parseRelease);
  const reason = parseMessage(message);
  for (const { name, version } of releases) {
    const versions = supersedes.get(name) ?? new Map<string, string>();
    supersedes.set(name, versions.set(version, reason));
  }
  return supersedes;
}

/** Replacing what does not change would be a promise that nobody keeps. `changed` are `name@version`. Throws `usage`. */
export function checkSuperseded(supersedes: Supersedes, changed: Iterable<string>): void {
  const known = new Set(changed);
  for (const [name, versions] of supersedes) {
    for (const version of versions.keys()) {
      if (known.has(`${name}@${version}`)) continue;
      throw usage(
        `${name} ${version} is not published with other content, so there is nothing to supersede.`,
        'Look for a typing error, or leave it out of --supersede.',
      );
    }
  }
}

interface NamedRelease {
  readonly name: string;
  readonly version: string;
}

/** No name has an `@`. */
function parseRelease(value: string): NamedRelease {
  const { name, version } = /^(?<name>[^@\s]+)@(?<version>[^@\s]+)$/u.exec(value)?.groups ?? {};
  if (name !== undefined && version !== undefined) return { name, version };
  throw usage(
    `--supersede takes a release as name@version, not ${JSON.stringify(value)}.`,
    'Such as: --supersede nginx@1.2.0',
  );
}

function parseMessage(message: string | undefined): string {
  const trimmed = message?.trim() ?? '';
  if (trimmed === '') {
    const why = message === undefined ? 'needs a --message.' : 'needs a --message that says something.';
    throw usage(`--supersede ${why}`, 'Say why published content is replaced: clients see it in the registry.');
  }
  if (trimmed.length > LONGEST) {
    throw usage(
      `--message is longer than ${LONGEST} characters.`,
      'Say the reason in a sentence, and link to the rest.',
    );
  }
  if (escapeControl(trimmed) !== trimmed || /[\n\t\p{Surrogate}]/u.test(trimmed)) {
    throw usage('--message holds control characters.', 'Say the reason in one line of plain text.');
  }
  return trimmed;
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
