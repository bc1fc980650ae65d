import { oneLine } from '../check/one-line.ts';
import { shortened } from '../check/shortened.ts';
import { PackyardError } from '../errors.ts';
import type { PackDocument, ReleaseDocument } from '../model/documents.ts';
import { suggest } from '../model/suggest.ts';
import type { ReleaseStatus } from '../model/status.ts';
import { compareVersions } from '../model/version.ts';
import { parseSelector } from '../model/version-selector.ts';
import { ageText, oldEnoughAt } from './min-age.ts';
import { referenceText, type PackReference } from './reference.ts';
import type { ClientWarning } from './registry.ts';
import { replacementHint, statusSentence, versionWithState } from './status-words.ts';

/** Versions that a message names. */
const SHOWN = 10;

interface Age {
  /** Milliseconds. */
  readonly minAge: number;
  readonly now: number;
}

/** No release that may be used is meant. `meant` are those that must not be. */
export function noVersion(
  document: PackDocument,
  reference: PackReference,
  meant: readonly ReleaseDocument[],
): PackyardError<'no-version'> {
  const { name, sha256 } = reference;
  const [first] = highestFirst(meant);
  if (first?.status !== undefined) return allWithdrawn(reference, first.version, first.status, meant.length);
  const message =
    sha256 === undefined
      ? `The pack ${quoted(name)} has no release that ${quoted(askedFor(reference))} means.`
      : (supersededBy(document, name, sha256) ?? `The pack ${quoted(name)} has no release with the SHA-256 ${sha256}.`);
  return new PackyardError({
    code: 'no-version',
    message,
    hint: `${meantInstead(document, reference)}${existing(document, reference)}`,
  });
}

function allWithdrawn(
  reference: PackReference,
  version: string,
  status: ReleaseStatus,
  count: number,
): PackyardError<'no-version'> {
  const { name } = reference;
  const which = count === 1 ? 'The only one' : `The highest of ${count}`;
  const asked = quoted(askedFor(reference));
  return new PackyardError({
    code: 'no-version',
    message:
      `All releases of the pack ${quoted(name)} that ${asked} means are disabled or yanked. ` +
      `${which}: ${statusSentence(name, version, status)}`,
    hint: `${replacementHint(name, status) ?? chooseAnother(name)} To take one all the same, name its version and add --allow-yanked.`,
  });
}

function askedFor({ selector, tag }: PackReference): string {
  return selector ?? tag ?? 'latest';
}

/** A release that was named exactly and must not be used. */
export function withdrawn(name: string, { version, status }: ReleaseDocument): PackyardError<'yanked'> {
  const instead = status === undefined ? undefined : replacementHint(name, status);
  return new PackyardError({
    code: 'yanked',
    message: status === undefined ? `${name} ${version} is withdrawn.` : statusSentence(name, version, status),
    hint: `${instead ?? chooseAnother(name)} To take it all the same, add --allow-yanked.`,
  });
}

function chooseAnother(name: string): string {
  return `Choose another one: "packyard versions ${name}" lists them.`;
}

/** Everything that is meant is younger than asked for. */
export function tooYoung(
  reference: PackReference,
  meant: readonly ReleaseDocument[],
  { newest, minAge, now }: Age & { readonly newest: ReleaseDocument },
): PackyardError<'no-version'> {
  const [first] = meant
    .map((release) => ({ release, at: oldEnoughAt(release, minAge) }))
    .filter((each): each is { release: ReleaseDocument; at: number } => each.at !== undefined)
    .toSorted((a, b) => a.at - b.at);
  const when =
    first === undefined
      ? 'The registry does not say when it was published, so it never counts as old enough.'
      : `${reference.name} ${shown(first.release)} is old enough at ${timeText(first.at)}, in ${ageText(first.at - now)}.`;
  return new PackyardError({
    code: 'no-version',
    message:
      `No release that ${quoted(referenceText(reference))} means is at least ${ageText(minAge)} old: ` +
      `${reference.name} ${shown(newest)} ${publishedWords(newest, now)}.`,
    hint: `${when} To take it now, ask for no least age: --min-age 0d.`,
  });
}

/** The newest that is meant was passed over for being too young. */
export function youngWarning(
  name: string,
  newest: ReleaseDocument,
  chosen: ReleaseDocument,
  { minAge, now }: Age,
): ClientWarning {
  return {
    code: 'min-age',
    message:
      `${name} ${shown(newest)} ${publishedWords(newest, now)}, and at least ${ageText(minAge)} are asked for: ` +
      `${shown(chosen)} is taken.`,
    hint: `To take ${shown(newest)}, ask for no least age: --min-age 0d.`,
  };
}

function publishedWords({ publishedAt }: ReleaseDocument, now: number): string {
  const at = publishedAt === undefined ? Number.NaN : Date.parse(publishedAt);
  if (Number.isNaN(at)) return 'does not say when it was published';
  return at > now ? `is said to be published at ${timeText(at)}` : `was published ${ageText(now - at)} ago`;
}

/** Without milliseconds. A time beyond what a date can hold is as good as never. */
function timeText(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? 'a time that never comes' : date.toISOString().replace(/\.\d+Z$/u, 'Z');
}

/** What was published under a version before, and is not served any more. */
function supersededBy({ releases }: PackDocument, name: string, sha256: string): string | undefined {
  for (const { version, supersedes = [] } of releases) {
    const superseded = supersedes.find(({ contentSha256 }) => contentSha256 === sha256);
    if (superseded === undefined) continue;
    const why = oneLine(shortened(superseded.message.trim()));
    return `The content ${sha256} of ${name} ${oneLine(shortened(version))} was replaced by another one: ${why}`;
  }
  return undefined;
}

/** Another word for what was probably meant, as a sentence; empty where there is none. */
function meantInstead({ tags }: PackDocument, { name, selector, tag }: PackReference): string {
  const asked = selector ?? tag;
  if (asked === undefined) return '';
  const train = Object.hasOwn(tags, `${asked}.x`) ? `${asked}.x` : undefined;
  // Versions that look alike are no slip of the finger.
  const word = train ?? (parseSelector(asked) === undefined ? suggest(asked, Object.keys(tags)) : undefined);
  return word === undefined || word === asked ? '' : `Did you mean ${oneLine(shortened(`${name}:${word}`))}? `;
}

/** The versions nearest to what was asked for, highest first. */
function existing({ releases }: PackDocument, { selector, tag }: PackReference): string {
  const all = highestFirst(releases);
  const anchor = anchorOf(selector ?? tag);
  const behind = anchor === undefined ? 0 : all.findIndex(({ version }) => compareVersions(version, anchor) < 0);
  const middle = behind === -1 ? all.length : behind;
  const start = Math.max(0, Math.min(middle - SHOWN / 2, all.length - SHOWN));
  const shownVersions = all.slice(start, start + SHOWN).map(versionWithState);
  const more = all.length > SHOWN ? ` and ${all.length - SHOWN} more` : '';
  return `It has ${shownVersions.join(', ')}${more}.`;
}

/** A version that a selector is about. */
function anchorOf(text: string | undefined): string | undefined {
  const version = (text === undefined ? undefined : parseSelector(text))?.alternatives[0]?.[0]?.version;
  return version === undefined || version.core.length === 0 ? undefined : version.core.join('.');
}

function highestFirst(releases: readonly ReleaseDocument[]): readonly ReleaseDocument[] {
  return releases.toSorted((a, b) => compareVersions(b.version, a.version));
}

function shown({ version }: ReleaseDocument): string {
  return oneLine(shortened(version));
}

function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}
