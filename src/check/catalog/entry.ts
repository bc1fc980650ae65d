import type { Level } from '../../model/check-config.ts';

/** What is wrong, and what to do about it. */
export interface Message {
  readonly text: string;
  readonly hint: string;
}

/** One rule: its name for people, how much it matters, and its words. Its page is `docs/rules/<id>.md`. */
export interface RuleEntry<Args> {
  /** What is wrong, in a few words, without a full stop. */
  readonly title: string;
  /** In the preset `recommended`. */
  readonly severity: Level;
  /** In the preset `strict`, where it is not one step more than in `recommended`. */
  readonly strict?: Level;
  /** In the preset `compat`, where it is not off unless it is an error. */
  readonly compat?: Level;
  /** Whether `--fix` can repair it; what is not safe needs `--unsafe` as well. */
  readonly fix?: 'safe' | 'unsafe';
  message(args: Args): Message;
}

/** Entries for every rule of a group: the compiler refuses a table in which one is missing. */
export type Catalog<Rules> = { readonly [Rule in keyof Rules]: RuleEntry<Rules[Rule]> };
