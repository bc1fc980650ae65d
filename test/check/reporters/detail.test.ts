import { expect, test } from 'vitest';

import { formatFinding, type Paint } from '../../../src/check/format-finding.ts';
import type { Format } from '../../../src/check/formats.ts';
import { report } from '../../../src/check/reporters.ts';
import { findingDocument } from '../../../src/cli/finding-document.ts';
import { findingOf } from '../../../src/pack/finding-of.ts';
import { plain, reportOf } from './reports.ts';

const DETAIL = ['values.yaml', '@@ -1,2 +1,2 @@', ' pack:', '-  namespace: a', '+  namespace: b\tc\u001B[2J'];
const FINDING = findingOf(
  'registry/removed-release',
  'packs/a/pack.json',
  { name: 'a', version: '1.0.0', since: 'e22d371f3797' },
  { detail: DETAIL },
);

async function reported(format: Format): Promise<string> {
  return report(format, reportOf([FINDING]), { paint: plain, links: false });
}

const TEXT = `packs/a/pack.json error registry/removed-release
  a 1.0.0, which is in e22d371f3797, is gone
  | values.yaml
  | @@ -1,2 +1,2 @@
  |  pack:
  | -  namespace: a
  | +  namespace: b\\tc\\u001b[2J
  → Clusters may still use it: keep its directory, and deprecate the release instead.
`;

test('stands below the message for people', async () => {
  expect(formatFinding(FINDING, plain)).toBe(TEXT);
  expect(await reported('text')).toContain(TEXT);
});

test('is left out where only the message is wanted', () => {
  expect(formatFinding(FINDING, plain, { detail: false })).not.toContain('|');
});

test('has the colours of a diff', () => {
  const tagged: Paint = (style, text) => `<${style}>${text}</${style}>`;
  expect(formatFinding(FINDING, tagged).split('\n').slice(2, -2)).toEqual([
    '  <dim>|</dim> values.yaml',
    '  <dim>|</dim> <cyan>@@ -1,2 +1,2 @@</cyan>',
    '  <dim>|</dim>  pack:',
    '  <dim>|</dim> <red>-  namespace: a</red>',
    '  <dim>|</dim> <green>+  namespace: b\\tc\\u001b[2J</green>',
  ]);
});

test('is a field in JSON, as it was', async () => {
  const { findings } = JSON.parse(await reported('json')) as { findings: { detail: unknown }[] };
  expect(findings[0]?.detail).toEqual(DETAIL);
  expect(findingDocument(FINDING)).toMatchObject({ detail: DETAIL });
});

test('is a block of code in Markdown, below the tables', async () => {
  expect(await reported('markdown')).toBe(`### packyard check

1 error in 2 packs.

#### The repository

| | Where | What | Rule |
| --- | --- | --- | --- |
| error | packs/a/pack.json | a 1.0.0, which is in e22d371f3797, is gone<br>Clusters may still use it: keep its directory, and deprecate the release instead. | registry/removed-release |

In packs/a/pack.json:

\`\`\`diff
values.yaml
@@ -1,2 +1,2 @@
 pack:
-  namespace: a
+  namespace: b\\tc\\u001b[2J
\`\`\`

Each rule has a page: packyard explain RULE, or docs/rules/RULE.md.
`);
});

test('cannot close its block', async () => {
  const detail = ['```', '~~~', '`````', ' ```` text'];
  const markdown = await report('markdown', reportOf([{ ...FINDING, detail }]), { paint: plain, links: false });
  const fences = markdown.split('\n').filter((line) => /^`{6}/u.test(line));
  expect(fences).toEqual(['``````diff', '``````']);
  expect(markdown).toContain(`${detail.join('\n')}\n\`\`\`\`\`\``);
});

test('is left out of Markdown that would be too long, and that is said', async () => {
  const detail = Array.from({ length: 40 }, () => `+${'x'.repeat(1000)}`);
  const findings = Array.from({ length: 4 }, () => ({ ...FINDING, detail }));
  const markdown = await report('markdown', reportOf(findings), { paint: plain, links: false });
  expect(markdown.length).toBeLessThan(60_000);
  expect(markdown.match(/^```diff$/gmu)).toHaveLength(2);
  expect(markdown).toContain('**2 lists of changes left out here:** run packyard check to see all.');
  expect(markdown).toContain(`+${'x'.repeat(499)}…\n`);
});

test.each(['sarif', 'github', 'junit'] as const)('is not in %s, which takes the message alone', async (format) => {
  const output = await reported(format);
  expect(output).toContain('is gone');
  expect(output).not.toContain('namespace');
});
