import type { Paint } from '../../check/format-finding.ts';
import type { RegistryDiff } from './registry-diff.ts';

export const DIFF_FORMATS = ['text', 'markdown', 'json'] as const;

export type DiffFormat = (typeof DIFF_FORMATS)[number];

export interface FormatDiffOptions {
  /** Colours pieces of text for a terminal. */
  readonly paint: Paint;
  /** Whether the terminal can show links. */
  readonly links: boolean;
}

type Formatter = (diff: RegistryDiff, options: FormatDiffOptions) => string;

/** Each is loaded when it is asked for. */
const FORMATTERS: Readonly<Record<DiffFormat, () => Promise<Formatter>>> = {
  text: async () => (await import('./text-diff.ts')).textDiff,
  markdown: async () => (await import('./markdown-diff.ts')).markdownDiff,
  json: async () => (await import('./json-diff.ts')).jsonDiff,
};

/** A comparison in a format, ready to be printed: nothing in it is obeyed by a terminal, a log or a page. */
export async function formatDiff(
  format: DiffFormat,
  diff: RegistryDiff,
  options: FormatDiffOptions = { paint: (_style, text) => text, links: false },
): Promise<string> {
  const formatter = await FORMATTERS[format]();
  return formatter(diff, options);
}
