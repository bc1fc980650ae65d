/** Words of a command line up to the first redirection or pipe, as a shell parts them; variables stay as they are. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [token] of line.matchAll(/"[^"]*"|'[^']*'|\s+|[<>|;&]|[^\s"'<>|;&]+/gu)) {
    if (/^[<>|;&]$/u.test(token)) break;
    if (token.trim() === '') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + (/^["']/u.test(token) ? token.slice(1, -1) : token);
  }
  return word === undefined ? words : [...words, word];
}
