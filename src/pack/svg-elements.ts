import { urlTargets, type Styled } from './svg-styles.ts';

/** A part of an SVG, from the start of its first tag to the end of its last, and which references stand in it. */
export interface SvgElement {
  /** Without a prefix. */
  readonly name: string;
  readonly id?: string;
  readonly start: number;
  end: number;
  readonly firstReference: number;
  endReference: number;
}

export interface SvgElements {
  readonly all: readonly SvgElement[];
  /** The ids that are referred to, in the order of the text. */
  readonly references: readonly string[];
}

/** A `<` cannot stand in an attribute, so that no search goes beyond the next one. */
const TAG = /<\/?([^\s<>/"'=!?]+)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/gu;
const ATTRIBUTE = /(?<=\s)([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };

/**
 * Finds the elements of an SVG (without comments) and the references in their attributes and styles, up to some
 * number. It is no parser of XML: what is no XML is refused when it is rendered.
 */
export function svgElements(svg: string, styled: Styled, mostReferences: number): SvgElements {
  const all: SvgElement[] = [];
  const references: string[] = [];
  const open: SvgElement[] = [];
  const close = (end: number): void => {
    const element = open.pop();
    if (element !== undefined) Object.assign(element, { end, endReference: references.length });
  };
  for (const { 0: tag, 1: prefixed = '', 2: attributes = '', index } of svg.matchAll(TAG)) {
    if (references.length > mostReferences) break;
    if (!tag.startsWith('</')) {
      const { id, classes, targets } = readAttributes(attributes);
      const name = prefixed.slice(prefixed.indexOf(':') + 1);
      const firstReference = references.length;
      const element = { name, ...(id !== undefined && { id }), start: index, end: 0, firstReference, endReference: 0 };
      all.push(element);
      open.push(element);
      for (const target of [...targets, ...styled(classes)]) references.push(target);
    }
    if (tag.startsWith('</') || tag.endsWith('/>')) close(index + tag.length);
  }
  while (open.length > 0) close(svg.length);
  return { all, references };
}

interface Attributes {
  readonly id: string | undefined;
  readonly classes: readonly string[];
  readonly targets: readonly string[];
}

function readAttributes(text: string): Attributes {
  let id: string | undefined;
  let classes: readonly string[] = [];
  const targets: string[] = [];
  for (const [, name = '', double, single = ''] of text.matchAll(ATTRIBUTE)) {
    const value = (double ?? single).replace(/&(\w+);/gu, (entity, word: string) => ENTITIES[word] ?? entity);
    if (/(?:^|:)id$/u.test(name)) id = value;
    else if (name === 'class') classes = value.split(/\s+/u);
    else if (!/(?:^|:)href$/u.test(name)) targets.push(...urlTargets(value));
    else if (value.startsWith('#')) targets.push(value.slice(1));
  }
  return { id, classes, targets };
}
