import { createHash } from 'node:crypto';

import { compareText } from '../../model/compare-text.ts';
import type { Severity } from '../../model/finding.ts';
import type { RuleId } from '../../model/rules.ts';
import { ruleEntry } from '../catalog.ts';
import type { CheckReport, ReportedFinding } from '../check-report.ts';
import { messageOf } from '../messages.ts';
import { oneLine } from '../one-line.ts';
import { pageUrl } from '../rule-page.ts';
import { jsonText } from './json-text.ts';
import { wellFormed } from './well-formed.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'note' };

/** The name that services give to the root of a checkout. */
const ROOT = '%SRCROOT%';

/** For code scanning: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. */
export function sarifReport({ findings }: CheckReport, version?: string): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].toSorted(compareText);
  const indexes = new Map(rules.map((rule, index) => [rule, index]));
  const fingerprintOf = fingerprints();
  return jsonText({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'packyard', version, rules: rules.map(descriptor) } },
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: indexes.get(finding.rule),
          level: LEVELS[finding.severity],
          message: { text: messageText(finding) },
          locations: [{ physicalLocation: physicalLocation(finding) }],
          partialFingerprints: fingerprintOf(finding),
          properties: properties(finding),
        })),
      },
    ],
  });
}

function descriptor(rule: RuleId): Record<string, unknown> {
  const { title, severity } = ruleEntry(rule);
  return {
    id: rule,
    name: nameOf(rule),
    shortDescription: { text: `${title}.` },
    help: { text: `What, why and how to mend it: ${pageUrl(rule)}, or packyard explain ${rule}.` },
    defaultConfiguration: severity === 'off' ? { enabled: false, level: 'note' } : { level: LEVELS[severity] },
    properties: { tags: rule.split('/').slice(0, 1) },
  };
}

/** The id as one word in the writing that the specification asks for. */
function nameOf(rule: RuleId): string {
  return rule
    .split(/[/-]/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function messageText(finding: ReportedFinding): string {
  const { text, hint } = messageOf(finding);
  return literal(wellFormed(oneLine(`${text}. ${hint}`)));
}

/** Text without placeholders and links: the specification gives braces, and brackets before a parenthesis, a meaning. */
function literal(text: string): string {
  const braced = text.replace(/[{}]/gu, '$&$&');
  return braced.includes('](') ? braced.replace(/[\\[\]]/gu, '\\$&') : braced;
}

function physicalLocation({ file, place }: ReportedFinding): Record<string, unknown> {
  return {
    artifactLocation: { uri: relativeUri(file), uriBaseId: ROOT },
    region:
      place === undefined
        ? undefined
        : { startLine: place.line, startColumn: place.column, endLine: place.line, endColumn: place.endColumn },
  };
}

/** Empty parts go, as two slashes at the start would name a server. */
function relativeUri(file: string): string {
  const parts = wellFormed(file)
    .split('/')
    .filter((part) => part !== '');
  return parts.length === 0 ? '.' : parts.map(encodeURIComponent).join('/');
}

/** Fingerprints stay when lines move; findings that are alike are counted, so that each stays one of its own. */
function fingerprints(): (finding: ReportedFinding) => Record<string, string> {
  const seen = new Map<string, number>();
  return (finding) => {
    const identity = JSON.stringify([finding.rule, finding.file, messageOf(finding).text]);
    const hash = createHash('sha256').update(identity).digest('hex').slice(0, 32);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    // GitHub reads the first of these only.
    return { primaryLocationLineHash: `${hash}:${count}`, 'packyard/v1': `${hash}:${count}` };
  };
}

function properties({ pack, fix }: ReportedFinding): Record<string, string> | undefined {
  if (pack === undefined && fix === undefined) return undefined;
  return { ...(pack !== undefined && { pack: wellFormed(oneLine(pack)) }), ...(fix !== undefined && { fix }) };
}
