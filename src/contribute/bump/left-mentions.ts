import { MANIFEST_FILE, VALUES_FILE, type PackFiles } from '../../pack/pack.ts';
import type { Decision } from '../draft-part.ts';
import type { SwappedChart } from './bump-plan.ts';

const README = /^readme(?:\.\w+)?$/iu;
/** Beyond that, somebody has to read the file anyway. */
const MOST_LINES = 10;

/** Lines that still name the version before, or the chart before. */
export function leftMentions(
  files: PackFiles,
  { from, charts }: { readonly from: string; readonly charts: readonly SwappedChart[] },
): Decision[] {
  const words = new Set([from, from.replace(/^v(?=\d)/iu, ''), ...charts.flatMap(oldWords)]);
  const paths = [...files.keys()].filter((path) => README.test(path) || path === MANIFEST_FILE || path === VALUES_FILE);
  return paths.flatMap((path) => {
    const lines = files.get(path)?.data.toString('utf8').split('\n') ?? [];
    const found = lines.flatMap((line, index): Decision[] => {
      // What was not replaced still has its own version.
      if (charts.length === 0 && (path === VALUES_FILE || line.includes('.tgz'))) return [];
      const word = [...words].find((each) => isIn(line, each));
      return word === undefined ? [] : [{ file: path, line: index + 1, text: `This line still says ${word}.` }];
    });
    const more = found.length - MOST_LINES;
    return more > 0
      ? [...found.slice(0, MOST_LINES), { file: path, text: `${more} more lines still name the version before.` }]
      : found;
  });
}

function oldWords({ before: { version }, after }: SwappedChart): string[] {
  return version === undefined || version === after.version ? [] : [version];
}

/** A version such as `5` is a word of many lines. */
function isIn(line: string, word: string): boolean {
  if (!/\d\.\d/u.test(word) || line.length > 5000) return false;
  for (let at = line.indexOf(word); at !== -1; at = line.indexOf(word, at + 1)) {
    const [before = '', after = ''] = [
      line.slice(Math.max(0, at - 2), at),
      line.slice(at + word.length, at + word.length + 2),
    ];
    if (!/[\d]\.?$|[A-Za-uw-z\d]$/u.test(before) && !/^(?:\d|\.\d)/u.test(after)) return true;
  }
  return false;
}
