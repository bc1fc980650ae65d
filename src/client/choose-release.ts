import { PackyardError } from '../errors.ts';
import type { PackDocument, ReleaseDocument } from '../model/documents.ts';
import { tagsOf } from '../model/tags.ts';
import { highestMatching, matches, parseSelector, type Selector } from '../model/version-selector.ts';
import { isOldEnough } from './min-age.ts';
import { noVersion, tooYoung, withdrawn, youngWarning } from './no-version.ts';
import type { PackReference } from './reference.ts';
import type { ClientWarning } from './registry.ts';
import { replacementHint, statusSentence } from './status-words.ts';

export interface ChooseOptions {
  /** Also a release that is yanked or disabled, where it is named exactly: by its version or its digest. */
  readonly allowYanked?: boolean;
  /**
   * Milliseconds since a release was published, at least: younger ones are as if they were not there. A release of which
   * nobody says when it was published is younger than any age.
   */
  readonly minAge?: number;
  readonly now?: () => Date;
  readonly onWarning?: (warning: ClientWarning) => void;
}

/** What a reference asks of one pack. */
interface Question {
  /** Whether one release is named, in whatever state it is. */
  readonly exact: boolean;
  /** Of the version that is named. */
  readonly text?: string;
  isMeant(release: ReleaseDocument): boolean;
  /** The best of some releases; undefined when none of them is meant. */
  best(releases: readonly ReleaseDocument[]): ReleaseDocument | undefined;
}

/**
 * The release of a pack that a reference means: of those that it fits the highest active one, without an active one the
 * highest deprecated one. What is disabled or yanked is taken only where it is named exactly and allowed. Throws
 * `no-version`, `yanked` and `usage`.
 */
export function chooseRelease(
  document: PackDocument,
  reference: PackReference,
  options: ChooseOptions = {},
): ReleaseDocument {
  const { minAge = 0, onWarning } = options;
  const now = (options.now?.() ?? new Date()).getTime();
  const question = questionOf(document, reference);
  const usable = question.exact ? document.releases : document.releases.filter(isUsable);
  const old = question.exact ? usable : usable.filter((release) => isOldEnough(release, minAge, now));
  const newest = bestByState(question, usable);
  if (newest === undefined) throw noVersion(document, reference, document.releases.filter(question.isMeant));
  const chosen = old.length === usable.length ? newest : bestByState(question, old);
  if (chosen === undefined || !isOldEnough(chosen, minAge, now)) {
    throw tooYoung(reference, usable.filter(question.isMeant), { newest, minAge, now });
  }
  if (!isUsable(chosen) && options.allowYanked !== true) throw withdrawn(reference.name, chosen);
  if (chosen !== newest) onWarning?.(youngWarning(reference.name, newest, chosen, { minAge, now }));
  warnOfStatus(reference.name, chosen, onWarning);
  return chosen;
}

function isUsable({ status }: ReleaseDocument): boolean {
  return status === undefined || status.state === 'deprecated';
}

/** What is written as it was asked for goes before all else; then what is active, then what is deprecated. */
function bestByState(question: Question, releases: readonly ReleaseDocument[]): ReleaseDocument | undefined {
  return (
    releases.find(({ version }) => version === question.text) ??
    question.best(releases.filter(({ status }) => status === undefined)) ??
    question.best(releases.filter(isUsable)) ??
    question.best(releases)
  );
}

function warnOfStatus(
  name: string,
  { version, status }: ReleaseDocument,
  onWarning: ((warning: ClientWarning) => void) | undefined,
): void {
  if (status === undefined) return;
  const hint = replacementHint(name, status);
  onWarning?.({
    code: status.state,
    message: statusSentence(name, version, status),
    ...(hint !== undefined && { hint }),
  });
}

function questionOf(document: PackDocument, reference: PackReference): Question {
  const { sha256, selector, tag = 'latest' } = reference;
  if (sha256 !== undefined) return ofDigest(sha256);
  if (selector === undefined || selector === 'latest') {
    const ofThatTag = ofTag(document, selector ?? tag);
    // Elsewhere a version is a tag too.
    const version = document.releases.some(ofThatTag.isMeant) ? undefined : parseSelector(tag);
    return version !== undefined && isExact(version) ? ofSelector(version) : ofThatTag;
  }
  const parsed = parseSelector(selector);
  if (parsed !== undefined) return ofSelector(parsed);
  throw new PackyardError({
    code: 'usage',
    message: `${JSON.stringify(selector.slice(0, 200))} says no version of the pack ${JSON.stringify(reference.name)}.`,
    hint: 'Name one version (1.3.1), a train (1.3.x), a range (">=1.2 <2"), or "latest".',
  });
}

function ofDigest(sha256: string): Question {
  const isMeant = ({ artifact }: ReleaseDocument): boolean =>
    artifact.sha256 === sha256 || artifact.contentSha256 === sha256;
  return { exact: true, isMeant, best: (releases) => releases.find(isMeant) };
}

function ofSelector(selector: Selector): Question {
  const exact = isExact(selector);
  return {
    exact,
    ...(exact && { text: selector.text.trim().replace(/^=\s*/u, '') }),
    isMeant: ({ version }) => matches(selector, version),
    best: (releases) => {
      const version = highestMatching(
        releases.map((release) => release.version),
        selector,
      );
      return releases.find((release) => release.version === version);
    },
  };
}

/** Whether a selector is one version, with or without `=`. */
function isExact({ alternatives: [first, ...others] }: Selector): boolean {
  const [comparator, ...more] = first ?? [];
  return others.length === 0 && more.length === 0 && (comparator?.kind === 'exact' || comparator?.kind === '=');
}

function ofTag({ tags }: PackDocument, tag: string): Question {
  const tagged = Object.hasOwn(tags, tag) ? tags[tag] : undefined;
  return {
    exact: false,
    isMeant: (release) => release.version === tagged || Object.hasOwn(tagsOf([taggable(release)]), tag),
    best: (releases) => {
      const derived = tagsOf(releases.map(taggable));
      const version = Object.hasOwn(derived, tag) ? derived[tag] : undefined;
      return (
        releases.find((release) => release.version === tagged) ??
        releases.find((release) => release.version === version)
      );
    },
  };
}

function taggable({ version, group }: ReleaseDocument): { version: string; active: true; group?: string } {
  return { version, active: true, ...(group !== undefined && { group }) };
}
