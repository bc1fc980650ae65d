/** More references than this in style sheets are not looked at. */
const MOST = 10_000;

/** The references that an element has by its classes. */
export type Styled = (classes: readonly string[]) => readonly string[];

/**
 * Reads the style sheets of an SVG; undefined when they hold too many references. A rule that is selected by anything
 * but one class is taken to hold for every element: too much is counted rather than too little.
 */
export function styledReferences(svg: string): Styled | undefined {
  const byClass = new Map<string, string[]>();
  const everywhere: string[] = [];
  let count = 0;
  const blocks = svg.split('}');
  for (const [index, block] of blocks.entries()) {
    const brace = block.lastIndexOf('{');
    if (brace === -1 && index === blocks.length - 1) break;
    const targets = urlTargets(block.slice(brace + 1));
    if (targets.length === 0) continue;
    for (const selector of selectorOf(block.slice(0, Math.max(brace, 0))).split(',')) {
      count += targets.length;
      if (count > MOST) return undefined;
      const name = /^\s*\.([\w-]+)\s*$/u.exec(selector)?.[1];
      const list = name === undefined ? everywhere : (byClass.get(name) ?? []);
      list.push(...targets);
      if (name !== undefined) byClass.set(name, list);
    }
  }
  return (classes) => [...everywhere, ...[...new Set(classes)].flatMap((name) => byClass.get(name) ?? [])];
}

/** What stands in front of a `{`, less the tags and the rules around it. */
function selectorOf(text: string): string {
  const inner = text.slice(text.lastIndexOf('{') + 1);
  const tag = inner.lastIndexOf('<');
  return tag === -1 ? inner : inner.slice(inner.indexOf('>', tag) + 1);
}

/** The ids that `url(#…)` names in a style or an attribute. */
export function urlTargets(style: string): string[] {
  return [...style.matchAll(/url\(\s*["']?#([^"')\s]*)/giu)].map(([, id = '']) => id);
}
