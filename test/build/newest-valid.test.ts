import { describe, expect, test } from 'vitest';

import type { Candidate } from '../../src/build/candidates.ts';
import type { HistoricRelease, HistoricState } from '../../src/build/historic-releases.ts';
import { namelessFindings, newestValid, twinFindings } from '../../src/build/newest-valid.ts';
import { messageOf } from '../../src/check/messages.ts';
import { findingOf } from '../../src/pack/finding-of.ts';
import type { PackDirectory } from '../../src/repo/pack-directories.ts';

function stateOf(tree: string, version = '1.0.0'): HistoricState {
  const landing = { commit: `${tree}-last`.padEnd(40, '0'), at: '2024-01-02T12:00:00Z' };
  return {
    name: 'demo',
    version,
    directory: `packs/${tree}`,
    tree,
    lastIn: landing,
    removedIn: { ...landing, commit: `${tree}-removed` },
  };
}

function releaseOf(...[newest = 'a', ...older]: string[]): HistoricRelease {
  return { ...stateOf(newest), older: older.map((tree) => stateOf(tree)) };
}

/** Finds all trees valid but those that begin with `bad`; keeps what it was asked for. */
function maker(): { asked: string[]; make: (content: PackDirectory) => Promise<Candidate> } {
  const asked: string[] = [];
  const make = async ({ directory, tree }: PackDirectory): Promise<Candidate> => {
    asked.push(tree);
    const hint = findingOf('readme/missing', directory, {}, { severity: 'hint' });
    const error = findingOf('pack/schema', `${directory}/pack.json`, { pointer: '', expected: 'needs the key "name"' });
    if (tree.startsWith('bad')) return { directory, tree, findings: [hint, error] };
    return { directory, tree, identity: { name: 'demo', version: tree === 'liar' ? '2' : '1.0.0' }, findings: [hint] };
  };
  return { asked, make };
}

describe('the newest valid content', () => {
  test('is taken, and nothing older is looked at', async () => {
    const { asked, make } = maker();
    expect(await newestValid([releaseOf('a', 'b')], [], make)).toEqual({
      past: [{ name: 'demo', version: '1.0.0', directory: 'packs/a', tree: 'a', removedIn: 'a-removed' }],
      findings: [],
    });
    expect(asked).toEqual(['a']);
  });

  test('may be an older one; what was passed over is said', async () => {
    const { asked, make } = maker();
    const { past, findings } = await newestValid([releaseOf('bad', 'liar', 'c', 'd')], [], make);
    expect(past.map(({ tree }) => tree)).toEqual(['c']);
    expect(asked).toEqual(['bad', 'liar', 'c']);
    expect(findings).toEqual([
      {
        rule: 'history/skipped-release',
        severity: 'hint',
        file: 'packs/bad/pack.json',
        args: {
          name: 'demo',
          version: '1.0.0',
          directory: 'packs/bad',
          commit: 'bad-last'.padEnd(40, '0'),
          at: '2024-01-02T12:00:00Z',
          rule: 'pack/schema',
          reason: 'the document needs the key "name"',
          lost: false,
        },
      },
      expect.objectContaining({ file: 'packs/liar/pack.json', severity: 'hint' }),
    ]);
  });

  test('may not be there, which is a warning', async () => {
    const { past, findings } = await newestValid([releaseOf('bad')], [], maker().make);
    expect(past).toEqual([]);
    expect(findings).toMatchObject([{ severity: 'warning', args: { lost: true } }]);
  });

  test('is not looked for where the tree has the release soundly', async () => {
    const { asked, make } = maker();
    const sound: Candidate[] = [
      { directory: 'packs/x', tree: 'x', identity: { name: 'DEMO', version: '1.0.0' }, findings: [] },
      { directory: 'packs/y', tree: 'y', findings: [] },
    ];
    expect(await newestValid([releaseOf('a')], sound, make)).toEqual({ past: [], findings: [] });
    expect(asked).toEqual([]);
  });

  test('of something that was not committed as removed has no such commit', async () => {
    const { removedIn: _, ...uncommitted } = stateOf('a');
    const { past } = await newestValid([{ ...uncommitted, older: [] }], [], maker().make);
    expect(past).toEqual([{ name: 'demo', version: '1.0.0', directory: 'packs/a', tree: 'a' }]);
  });
});

test('twins and what is nameless are shown with the commit that had them last', () => {
  const twins = [
    { ...stateOf('a'), other: 'packs/b', lost: true },
    { ...stateOf('c'), other: 'packs/d', lost: false },
  ];
  const findings = [...twinFindings(twins), ...namelessFindings([stateOf('e')])];
  expect(findings.map((finding) => `${finding.severity} ${finding.file}: ${messageOf(finding).text}`))
    .toMatchInlineSnapshot(`
    [
      "warning packs/a/pack.json: demo 1.0.0 is left out of "packs/a" as it was in a-last000000 (2024-01-02): demo 1.0.0 is also in packs/b",
      "hint packs/c/pack.json: demo 1.0.0 is left out of "packs/c" as it was in c-last000000 (2024-01-02): demo 1.0.0 is also in packs/d",
      "hint packs/e/pack.json: "packs/e" as it was in e-last000000 (2024-01-02) is no release: its pack.json does not say which",
    ]
  `);
});
