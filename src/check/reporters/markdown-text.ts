import { oneLine } from '../one-line.ts';
import { wellFormed } from './well-formed.ts';

/** How much of one text is shown, so that one finding cannot use up all the room. */
const LONGEST = 500;

/** Text of any kind as one line of Markdown that shows it as it is. */
export function markdownText(text: string): string {
  return escapeMarkdown(markdownLine(text));
}

/** The same where Markdown has no meaning, as in a block of code. */
export function markdownLine(text: string): string {
  return wellFormed(shorten(oneLine(text.slice(0, LONGEST + 1))));
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/**
 * Text that stays text. Character references end markup; names of people, issues and sites are found in what is shown,
 * so those are broken with a blank of no width.
 */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[#$&*<>[\\\]_`|~]/gu, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/&#35;|@|:(?=\/\/)|(?<=www)(?=\.)|\bGH(?=-\d)/giu, '$&&#8203;');
}
