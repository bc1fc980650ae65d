/** One element of a document that was found to be well formed. */
export interface XmlElement {
  readonly name: string;
  readonly depth: number;
  readonly attributes: ReadonlyMap<string, string>;
}

// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u;
const TOKEN = /<(?<close>\/?)(?<name>[a-z]+)(?<attributes>(?: [a-z]+="[^"<]*")*)(?<empty>\/?)>|(?<text>[^<]+)/gy;
const REFERENCE = /&(?!(?:amp|lt|gt|quot|apos);)/u;

/** The elements of an XML document; throws where it is not well formed. Knows what the reporter has a use for. */
export function xmlElements(xml: string): XmlElement[] {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(declaration)) throw new Error('no declaration');
  if (FORBIDDEN.test(xml)) throw new Error('a character that XML cannot hold');
  if (REFERENCE.test(xml)) throw new Error('an ampersand that is not a reference');
  if (xml.includes(']]>')) throw new Error('the end of a CDATA section outside of one');
  const body = xml.slice(declaration.length);
  const elements: XmlElement[] = [];
  const open: string[] = [];
  let end = 0;
  for (const { 0: token, index, groups = {} } of body.matchAll(TOKEN)) {
    end = index + token.length;
    const { close, name, attributes = '', empty } = groups;
    if (name === undefined) continue;
    if (close === '/') {
      if (open.pop() !== name) throw new Error(`${name} ends where it was not open`);
      continue;
    }
    const pairs = [...attributes.matchAll(/ (?<key>[a-z]+)="(?<value>[^"]*)"/gu)].map(
      ({ groups: pair = {} }): [string, string] => [pair['key'] ?? '', pair['value'] ?? ''],
    );
    elements.push({ name, depth: open.length, attributes: new Map(pairs) });
    if (empty !== '/') open.push(name);
  }
  if (end !== body.length || open.length > 0) throw new Error(`not well formed at ${end}`);
  return elements;
}
