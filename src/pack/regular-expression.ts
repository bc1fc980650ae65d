/** What is wrong in a text, and where in it. */
export interface TextProblem {
  /** In UTF-16 code units. */
  readonly offset: number;
  readonly length: number;
  /** In words, without a capital or a full stop. */
  readonly reason: string;
}

const LOOK_AROUND = /\(\?<?[=!]/uy;

/**
 * The first obvious mistake in a regular expression as RE2 reads it: brackets out of balance, nothing to repeat, and
 * what RE2 does not have. Anything else is left to RE2.
 */
export function regularExpressionProblem(pattern: string): TextProblem | undefined {
  const open: number[] = [];
  let before: 'nothing' | 'something' | 'repetition' = 'nothing';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '\\') {
      const escaped = pattern.charAt(at + 1);
      if (escaped === '') return problem(at, 1, 'a backslash has nothing behind it');
      if (/[1-9]/u.test(escaped)) return problem(at, 2, 'RE2 has no references to groups');
      at = escaped === 'Q' ? literalEnd(pattern, at) : at + 1;
      before = 'something';
    } else if (character === '[') {
      const end = classEnd(pattern, at);
      if (end === -1) return problem(at, 1, '"[" is not closed');
      at = end - 1;
      before = 'something';
    } else if (character === '(') {
      LOOK_AROUND.lastIndex = at;
      const look = LOOK_AROUND.exec(pattern);
      if (look !== null) return problem(at, look[0].length, 'RE2 cannot look ahead or behind');
      open.push(at);
      if (pattern.charAt(at + 1) === '?') at += 1;
      before = 'nothing';
    } else if (character === ')') {
      if (open.pop() === undefined) return problem(at, 1, '")" closes nothing');
      before = 'something';
    } else if (character === '|') before = 'nothing';
    else if ('*+?'.includes(character)) {
      if (before === 'nothing') return problem(at, 1, `there is nothing for "${character}" to repeat`);
      if (before === 'repetition') return problem(at, 1, `"${character}" repeats what is repeated already`);
      if (pattern.charAt(at + 1) === '?') at += 1;
      before = 'repetition';
    } else before = 'something';
  }
  const unclosed = open.at(-1);
  return unclosed === undefined ? undefined : problem(unclosed, 1, '"(" is not closed');
}

/** Where the `/` is that closes a regular expression which begins at an offset; -1 when none does. */
export function regularExpressionEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '[') {
      const end = classEnd(text, at);
      if (end !== -1) at = end - 1;
    } else if (text.startsWith('/}', at)) return at;
  }
  return text.indexOf('/}', start);
}

/** Offset behind a class such as `[^]a-z[:digit:]]`; -1 when it is not closed. */
function classEnd(text: string, start: number): number {
  let at = start + (text.charAt(start + 1) === '^' ? 2 : 1);
  if (text.charAt(at) === ']') at += 1;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === ']') return at + 1;
    if (character === '\\') at += 1;
    else if (text.startsWith('[:', at)) {
      const named = text.indexOf(':]', at + 2);
      if (named !== -1) at = named + 1;
    }
  }
  return -1;
}

/** Offset of the last character of `\Q…\E`, in which nothing has a meaning. */
function literalEnd(pattern: string, start: number): number {
  const end = pattern.indexOf('\\E', start + 2);
  return end === -1 ? pattern.length : end + 1;
}

function problem(offset: number, length: number, reason: string): TextProblem {
  return { offset, length, reason };
}
