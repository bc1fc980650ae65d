/** A text as it is searched: lower case, without accents and without what stands between words. */
export interface SearchedText {
  /** Its words, one right after the other: `argocd` for `Argo CD`. */
  readonly letters: string;
  /** Where each word begins in them, in order; the last one is their length. */
  readonly starts: readonly number[];
}

/** What a text is searched as, with where each of its letters comes from. */
export interface TracedText extends SearchedText {
  /** For each code unit of `letters`: the first and the one behind the last of the text. */
  readonly origins: readonly (readonly [start: number, end: number])[];
}

/** Longer texts are searched up to here, so that one pack cannot make a search slow. */
const LONGEST = 10_000;

// eslint-disable-next-line no-control-regex
const ASCII = /^[\u0000-\u007f]*$/u;
const MARKS = /\p{M}+/gu;
const LETTER = /^[\p{L}\p{N}]$/u;

/** Never throws, whatever the text holds. */
export function searchedText(text: string): SearchedText {
  const short = text.slice(0, LONGEST);
  if (!ASCII.test(short)) return tracedText(short);
  const starts: number[] = [];
  let letters = '';
  for (const word of short.toLowerCase().split(/[^0-9a-z]+/u)) {
    if (word === '') continue;
    starts.push(letters.length);
    letters += word;
  }
  return { letters, starts: [...starts, letters.length] };
}

/** As `searchedText`, for showing which part of a text was found. */
export function tracedText(text: string): TracedText {
  const starts: number[] = [];
  const origins: (readonly [number, number])[] = [];
  let letters = '';
  let at = 0;
  let inWord = false;
  for (const character of text.slice(0, LONGEST)) {
    const end = at + character.length;
    const plain = character.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(MARKS, '');
    for (const letter of plain) {
      const wasInWord = inWord;
      inWord = LETTER.test(letter);
      if (!inWord) continue;
      if (!wasInWord) starts.push(letters.length);
      letters += letter;
      for (let unit = 0; unit < letter.length; unit += 1) origins.push([at, end]);
    }
    at = end;
  }
  return { letters, starts: [...starts, letters.length], origins };
}

export function wordsOf({ letters, starts }: SearchedText): string[] {
  return starts.slice(0, -1).map((start, index) => letters.slice(start, starts[index + 1]));
}
