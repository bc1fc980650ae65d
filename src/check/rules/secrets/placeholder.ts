/** Templates, and references to what is elsewhere. */
const REFERENCE = /\{\{|\$\{|\$\(|%\(|<[^<>]{1,200}>|\.\.\.|…/u;
/** What authors of documentation write; too long to stand in random characters by chance. */
const WORDS =
  /change[-_]?(?:me|this|it)|example|placeholder|your[-_]|-here$|sample|dummy|redacted|replace|insert|xxxx|\*\*\*|deadbeef|12345|password|localdev/iu;
/** Keys of emulators and documentation, which are the same for everybody. */
const KNOWN: ReadonlySet<string> = new Set([
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
]);
/** Characters in a row that follow or repeat each other: a random text of a hundred has them once in millions. */
const LONGEST_RUN = 5;

/** Whether a value stands for a secret instead of being one. */
export function isPlaceholder(value: string): boolean {
  return KNOWN.has(value) || REFERENCE.test(value) || WORDS.test(value) || hasRun(value);
}

/** Whether characters repeat or count up, as a hand types them. */
export function hasRun(value: string): boolean {
  let same = 1;
  let following = 1;
  for (let index = 1; index < value.length; index += 1) {
    const step = value.charCodeAt(index) - value.charCodeAt(index - 1);
    same = step === 0 ? same + 1 : 1;
    following = step === 1 ? following + 1 : 1;
    if (same > LONGEST_RUN || following > LONGEST_RUN) return true;
  }
  return false;
}
