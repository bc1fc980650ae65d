import { escapeControl } from '../../model/escape-control.ts';
import { propertyOf, stringsAt } from '../../model/json-value.ts';
import { isPackName } from '../../model/pack-name.ts';
import type { ProposedFacts } from '../draft-part.ts';
import { displayName } from './display-name.ts';

const MOST_KEYWORDS = 20;
const LONGEST_KEYWORD = 60;
const MOST_SOURCES = 10;
const LONGEST_ADDRESS = 500;
/** Of versions, which become part of a sentence. */
const LONGEST_VERSION = 100;
const LONGEST_DESCRIPTION = 500;
const DISPLAY_NAMES = ['catalog.cattle.io/display-name', 'charts.openshift.io/name'];

/** What `Chart.yaml` proposes for a pack. */
export function chartFacts(metadata: unknown): ProposedFacts {
  const name = textAt(metadata, 'name')?.toLowerCase() ?? '';
  const version = textAt(metadata, 'version')?.replace(/^v(?=\d)/iu, '');
  const description = sentences(textAt(metadata, 'description') ?? '');
  const annotations = propertyOf(metadata, 'annotations');
  const annotated = DISPLAY_NAMES.map((key) => textAt(annotations, key)).find((text) => text !== undefined);
  const keywords = lines(stringsAt(metadata, 'keywords'))
    .filter((word) => word.length <= LONGEST_KEYWORD)
    .slice(0, MOST_KEYWORDS);
  const title = annotated ?? displayName(name, [description, ...keywords]);
  const home = lines([textAt(metadata, 'home') ?? '']).find(isWebAddress);
  const sources = lines(stringsAt(metadata, 'sources')).filter(isWebAddress).slice(0, MOST_SOURCES);
  const appVersion = textAt(metadata, 'appVersion');
  const kubeVersion = kubeVersionOf(metadata);
  return {
    ...(isPackName(name) && { name }),
    ...(version !== undefined && { version }),
    ...(title !== '' && { displayName: oneLine(title) }),
    ...(description !== '' && { description }),
    ...(home !== undefined && { home }),
    ...(sources.length > 0 && { sources }),
    ...(appVersion !== undefined && { appVersion: oneLine(appVersion).slice(0, LONGEST_VERSION) }),
    ...(keywords.length > 0 && { keywords }),
    ...(kubeVersion !== undefined && { kubeVersion }),
  };
}

/** Numbers count: `appVersion: 1.10` is one to YAML. */
export function textAt(value: unknown, key: string): string | undefined {
  const text = propertyOf(value, key);
  if (typeof text === 'number') return String(text);
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** Versions of Kubernetes that a chart wants, as a range. */
function kubeVersionOf(metadata: unknown): string | undefined {
  const text = textAt(metadata, 'kubeVersion');
  return text === undefined ? undefined : oneLine(text).slice(0, LONGEST_VERSION);
}

/** Each once. */
function lines(texts: readonly string[]): string[] {
  return [...new Set(texts.map(oneLine).filter((text) => text !== ''))];
}

function oneLine(text: string): string {
  return escapeControl(text.replaceAll(/\s+/gu, ' ').trim());
}

/** As many whole sentences, or else words, as fit. */
function sentences(text: string): string {
  const plain = oneLine(text);
  if (plain.length <= LONGEST_DESCRIPTION) return plain;
  const start = plain.slice(0, LONGEST_DESCRIPTION);
  const end = Math.max(start.lastIndexOf('. ') + 1, 0);
  return end > 0 ? start.slice(0, end) : `${start.slice(0, start.lastIndexOf(' '))} …`;
}

/** Without a login: it would stand in the pack for everybody. */
function isWebAddress(text: string): boolean {
  if (text.length > LONGEST_ADDRESS || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
