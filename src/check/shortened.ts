const MOST_CHARACTERS = 200;

/** Text out of an archive, cut where it is too long for a message. */
export function shortened(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
