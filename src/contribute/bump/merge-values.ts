import { applyEdits } from './text-edits.ts';
import { editsFor, type Outcome } from './value-edits.ts';
import { shownValue } from './shown-value.ts';
import { withComments } from './value-comments.ts';
import { wholeText, type ValuesSection } from './values-section.ts';
import { EMPTY, identityOfMapping, readValues, type ValuesText, type ValueTree } from './value-tree.ts';

/** The three texts of the values of one chart, and what to make of them. */
export interface MergeRequest {
  /** What the author started from: the old chart's own values. */
  readonly base: string;
  /** What the author made of it. */
  readonly ours: string | ValuesSection;
  /** What has become of it: the new chart's own values. */
  readonly theirs: string;
  /** Where both changed a value differently. Default: `ours`. */
  readonly prefer?: 'ours' | 'theirs';
  /** Default: by how many of the old chart's values the author wrote down. */
  readonly style?: MergeStyle;
}

/**
 * `copy`: the author's text has the values of the chart, so that the result has those of the new one. `overrides`: it
 * has a few only, so that the result has those and no others.
 */
export type MergeStyle = 'copy' | 'overrides';

export interface MergeConflict {
  readonly path: readonly string[];
  readonly base?: string;
  readonly ours?: string;
  readonly theirs?: string;
  readonly kept: 'ours' | 'theirs';
}

export interface MergedValues {
  readonly style: MergeStyle;
  /** The whole text that the author's values are part of. */
  readonly text: string;
  readonly conflicts: readonly MergeConflict[];
  /** Of values that the author set and the new chart does not have any more. */
  readonly unknown: readonly (readonly string[])[];
}

/**
 * Merges what an author and a chart made of the same values. The result is valid YAML; as few lines as possible of it
 * are in neither text. Says why a text cannot be merged.
 */
export function mergeValues(request: MergeRequest): MergedValues | { readonly problem: string } {
  const base = readValues(withoutReturns(request.base));
  if ('problem' in base) return { problem: `the values of the old chart cannot be read: ${base.problem}` };
  const theirs = readValues(withoutReturns(request.theirs));
  if ('problem' in theirs) return { problem: `the values of the new chart cannot be read: ${theirs.problem}` };
  const ours = typeof request.ours === 'string' ? wholeText(withoutReturns(request.ours)) : request.ours;
  if ('problem' in ours) return { problem: `they cannot be read: ${ours.problem}` };
  const style = request.style ?? styleOf(base.root, ours.root);
  const texts = { base, ours, theirs };
  if (base.root.identity === theirs.root.identity) return { style, text: ours.values.text, conflicts: [], unknown: [] };
  const merge = outcomeOf(texts, style, request.prefer ?? 'ours');
  // The second way gives up the comments of the new chart, for the anchors of the author.
  const text = (style === 'copy' ? chartsText(texts, merge.outcome) : undefined) ?? authorsText(texts, merge.outcome);
  if (text === undefined) {
    const isGone = merge.outcome.identity === EMPTY.identity;
    return {
      problem: isGone
        ? 'the new chart has none of them any more'
        : 'they use anchors or merge keys in a way that cannot be merged',
    };
  }
  return { style, text, conflicts: merge.conflicts, unknown: merge.unknown };
}

interface Texts {
  readonly base: ValuesText;
  readonly ours: ValuesSection;
  readonly theirs: ValuesText;
}

function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** The text of the new chart with the author's changes; undefined where it would not say what was meant. */
function chartsText({ base, ours, theirs }: Texts, outcome: Outcome): string | undefined {
  const guest = { values: ours.values, root: ours.root };
  const edits = editsFor(outcome, { host: { values: theirs, root: theirs.root }, guest, side: 'theirs' });
  const text = ours.withText(applyEdits(theirs.text, edits));
  return withAuthorsComments(text, { base, ours }, outcome);
}

/** The text of the author with the chart's changes; undefined where it would not say what was meant. */
function authorsText({ base, ours, theirs }: Texts, outcome: Outcome): string | undefined {
  const host = { values: ours.values, root: ours.root };
  const edits = editsFor(outcome, { host, guest: { values: theirs, root: theirs.root }, side: 'ours' });
  const text = applyEdits(ours.values.text, edits);
  return withAuthorsComments(text, { base, ours }, outcome);
}

/** With what became of the author's comments on values that changed; undefined where the text is not what was meant. */
function withAuthorsComments(
  text: string,
  { base, ours }: Pick<Texts, 'base' | 'ours'>,
  outcome: Outcome,
): string | undefined {
  const edited = ours.in(text);
  if (edited === undefined || edited.root.identity !== outcome.identity) return undefined;
  const commented = withComments(edited, { base, ours });
  return ours.in(commented)?.root.identity === outcome.identity ? commented : text;
}

interface Merge {
  readonly outcome: Outcome;
  readonly conflicts: readonly MergeConflict[];
  readonly unknown: readonly (readonly string[])[];
}

interface Walk {
  readonly texts: Texts;
  readonly style: MergeStyle;
  readonly prefer: 'ours' | 'theirs';
  readonly conflicts: MergeConflict[];
  readonly unknown: (readonly string[])[];
}

function outcomeOf(texts: Texts, style: MergeStyle, prefer: 'ours' | 'theirs'): Merge {
  const walk: Walk = { texts, style, prefer, conflicts: [], unknown: [] };
  const outcome = mappings(walk, [], texts.base.root, texts.ours.root, texts.theirs.root);
  return { outcome, conflicts: walk.conflicts, unknown: walk.unknown };
}

function mappings(walk: Walk, path: readonly string[], base: ValueTree, ours: ValueTree, theirs: ValueTree): Outcome {
  const children = new Map<string, Outcome>();
  const keys = new Set([...(theirs.entries?.keys() ?? []), ...(ours.entries?.keys() ?? [])]);
  for (const key of keys) {
    const [b, o, t] = [base, ours, theirs].map((tree) => tree.entries?.get(key)?.value);
    if (walk.style === 'overrides' && o === undefined) continue;
    children.set(key, value(walk, [...path, key], b, o, t));
  }
  const present = Array.from(children, ([key, { identity }]) => [key, identity] as const);
  const identity = identityOfMapping(present.filter((each): each is [string, string] => each[1] !== undefined));
  return { take: 'both', identity, children, ours, theirs };
}

type Side = ValueTree | undefined;

function value(walk: Walk, path: readonly string[], base: Side, ours: Side, theirs: Side): Outcome {
  const side = (take: 'ours' | 'theirs'): Outcome => {
    const taken = take === 'ours' ? ours : theirs;
    return { take, identity: taken?.identity, ours, theirs };
  };
  const isUnknown = walk.style === 'overrides' && theirs === undefined;
  if (isUnknown && base !== undefined) walk.unknown.push(path);
  if (isUnknown) return side('ours');
  if (ours?.identity === theirs?.identity) return { ...side('ours'), take: 'either' };
  if (ours?.entries !== undefined && theirs?.entries !== undefined)
    return mappings(walk, path, base?.entries === undefined ? EMPTY : base, ours, theirs);
  if (base?.identity === ours?.identity) return side('theirs');
  if (base?.identity === theirs?.identity) return side('ours');
  const { texts, prefer } = walk;
  walk.conflicts.push({
    path,
    ...(base !== undefined && { base: shownValue(texts.base, base) }),
    ...(ours !== undefined && { ours: shownValue(texts.ours.values, ours) }),
    ...(theirs !== undefined && { theirs: shownValue(texts.theirs, theirs) }),
    kept: prefer,
  });
  return side(prefer);
}

/** Whoever copies a chart's values has most of them; whoever overrides some has few. */
function styleOf(base: ValueTree, ours: ValueTree): MergeStyle {
  const count = { all: 0, written: 0 };
  countLeaves(base, ours, count);
  return count.written * 2 >= count.all ? 'copy' : 'overrides';
}

function countLeaves(base: ValueTree, ours: Side, count: { all: number; written: number }): void {
  if (base.entries === undefined || base.entries.size === 0) {
    count.all += 1;
    if (ours !== undefined) count.written += 1;
    return;
  }
  for (const [key, entry] of base.entries) countLeaves(entry.value, ours?.entries?.get(key)?.value, count);
}
