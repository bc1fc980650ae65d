/** Text without halves of surrogate pairs, which neither a URI nor XML can hold. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
