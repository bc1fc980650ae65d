import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

/** What a page of Markdown leads to, and what others can lead to in it. */
export interface PageLinks {
  /** As they stand in the page: of other sites, too. */
  readonly links: readonly string[];
  /** What `#…` may name: its headings, as GitHub names them. */
  readonly anchors: ReadonlySet<string>;
  /** Text that stands in `inline code`. */
  readonly code: readonly string[];
}

export function pageLinks(markdown: string): PageLinks {
  const tokens = new MarkdownIt({ html: true }).parse(markdown, {});
  const inline = tokens.flatMap(({ children }) => children ?? []);
  const links = inline.flatMap((token) => linkOf(token) ?? []);
  const code = inline.filter(({ type }) => type === 'code_inline').map(({ content }) => content);
  return { links, anchors: anchorsOf(tokens), code };
}

function linkOf(token: Token): string | undefined {
  const link = token.attrGet('href') ?? token.attrGet('src');
  return link === null ? undefined : String(link);
}

/** Small letters without marks, with dashes for spaces; the second of a name gets `-1`. */
function anchorsOf(tokens: readonly Token[]): Set<string> {
  const anchors = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const text = (tokens[at + 1]?.children ?? []).map(({ content }) => content).join('');
    const plain = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    let [name, count] = [plain, 0];
    while (anchors.has(name)) {
      count += 1;
      name = `${plain}-${count}`;
    }
    anchors.add(name);
  }
  return anchors;
}
