/** The first line that holds a text, counted from 1; undefined where none does. */
export function lineWith(text: string, at: string): number | undefined {
  const index = text.indexOf(at);
  return index === -1 ? undefined : text.slice(0, index).split('\n').length;
}
