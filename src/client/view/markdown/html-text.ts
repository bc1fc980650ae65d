/** A piece of HTML: text, or a tag with what matters of it. */
export type HtmlPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open' | 'close'; readonly tag: string; readonly attributes: string };

/** Longer tags are text: looking for the end of each would take too long. */
const LONGEST_TAG = 2048;
const TAG = /^<(?<slash>\/?)(?<tag>[a-z][a-z0-9-]*)/iu;
/** Elements whose content is not for reading. */
const UNREAD = new Set(['script', 'style', 'template']);

/** Splits HTML, of whatever form, into text and tags. Comments, declarations, scripts and styles are left out. */
export function* htmlParts(html: string): Generator<HtmlPart> {
  let at = 0;
  while (at < html.length) {
    const start = html.indexOf('<', at);
    if (start === -1) break;
    if (start > at) yield { kind: 'text', text: html.slice(at, start) };
    const end = html.startsWith('<!', start) || html.startsWith('<?', start) ? endOfRemark(html, start) : undefined;
    if (end !== undefined) {
      at = end;
      continue;
    }
    const { slash, tag } = TAG.exec(html.slice(start, start + 40))?.groups ?? {};
    const close = tag === undefined ? -1 : endOfTag(html, start);
    if (tag === undefined || close === -1) {
      yield { kind: 'text', text: '<' };
      at = start + 1;
      continue;
    }
    const name = tag.toLowerCase();
    yield { kind: slash === '/' ? 'close' : 'open', tag: name, attributes: html.slice(start + 1 + tag.length, close) };
    at = slash !== '/' && UNREAD.has(name) ? endOfUnread(html, name, close + 1) : close + 1;
  }
  if (at < html.length) yield { kind: 'text', text: html.slice(at) };
}

function endOfRemark(html: string, start: number): number {
  const closing = html.startsWith('<!--', start) ? '-->' : '>';
  const end = html.indexOf(closing, start + 2);
  return end === -1 ? html.length : end + closing.length;
}

function endOfTag(html: string, start: number): number {
  let quote = '';
  for (let at = start + 1; at < Math.min(html.length, start + LONGEST_TAG); at += 1) {
    const character = html.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return -1;
}

function endOfUnread(html: string, tag: string, from: number): number {
  const closing = new RegExp(`</${tag}\\s{0,100}>`, 'giu');
  closing.lastIndex = from;
  return closing.exec(html) === null ? html.length : closing.lastIndex;
}

/** The value of an attribute, out of what stands in a tag; undefined when it has none. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}\\s{0,10}=\\s{0,10}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'iu').exec(
    attributes,
  );
  return value === null ? undefined : (value[1] ?? value[2] ?? value[3]);
}
