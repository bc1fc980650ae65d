import { InvalidArgumentError } from 'commander';

export interface Choice<Word extends string> {
  (value: string): Word;
  /** What it accepts, for help, completion and documentation. */
  readonly choices: readonly Word[];
}

/** Accepts one of some words. */
export function choice<Word extends string>(words: readonly Word[]): Choice<Word> {
  const parse = (value: string): Word => {
    const word = words.find((each) => each === value);
    if (word !== undefined) return word;
    throw new InvalidArgumentError(`It is one of ${words.join(', ')}.`);
  };
  return Object.assign(parse, { choices: words });
}

/** Accepts a whole number from 0 on. */
export function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/u.test(value)) throw new InvalidArgumentError('It is a whole number, 0 or more.');
  return Number(value);
}

/** Collects the values of an option that may be repeated. */
export function collect(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}
