import type { Message } from '../../../src/check/messages.ts';

export interface Case<Args> extends Message {
  readonly args: Args;
}

/** The compiler refuses a table in which a rule of the group has no case. */
export type Cases<Rules> = { readonly [Rule in keyof Rules]: readonly [Case<Rules[Rule]>, ...Case<Rules[Rule]>[]] };
