import { expect, test } from 'vitest';

import { pullProgress, silentPullProgress, type PullProgress } from '../../src/cli/pull-progress.ts';
import type { PlannedPack, PulledPack, PullPlan } from '../../src/client/pull/pull-plan.ts';
import type { Registry } from '../../src/client/registry.ts';
import { releaseDocument } from '../helpers/packs-registry.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';

const MIB = 1024 * 1024;

function planned(name: string, size: number): PlannedPack {
  const release = releaseDocument(name, { version: '1.0.0' });
  const sized = { ...release, artifact: { ...release.artifact, size } };
  const registry = undefined as unknown as Registry;
  return { name, release: sized, registry, references: [name], target: `/${name}`, exists: false, warnings: [] };
}

function planOf(...packs: PlannedPack[]): PullPlan {
  return { directory: '/', archive: false, packs, failures: [] };
}

function pulled({ name, release, references, target }: PlannedPack): PulledPack {
  const { sha256, size, contentSha256 } = release.artifact;
  const outcome = 'created';
  return { name, version: release.version, references, target, outcome, sha256, size, contentSha256, warnings: [] };
}

/** Two packs of which one fails in the middle. */
function run(progress: PullProgress, size: number): void {
  const [nginx, redis] = [planned('nginx', size), planned('redis', 3 * size)];
  progress.report({ kind: 'planned', plan: planOf(nginx, redis) });
  progress.report({ kind: 'received', pack: nginx, received: size / 2, total: size });
  progress.report({ kind: 'received', pack: redis, received: size, total: 3 * size });
  progress.report({ kind: 'pulled', pack: pulled(nginx) });
  progress.report({ kind: 'failed', failure: { references: ['redis'], error: new Error('reset') } });
  progress.end();
}

test('on a terminal: one bar over all bytes, removed at the end', () => {
  const terminal = recordedTerminal({ interactive: true });
  run(pullProgress(terminal), MIB);
  expect(terminal.printed.err.split('\r\u001b[2K')).toEqual([
    '',
    '███░░░░░░░░░░░░░░░░░░░░░ 512 KiB of 4 MiB nginx 1.0.0',
    '█████████░░░░░░░░░░░░░░░ 1.5 MiB of 4 MiB redis 1.0.0',
    '████████████░░░░░░░░░░░░ 2 MiB of 4 MiB nginx 1.0.0',
    '████████████████████████ 4 MiB of 4 MiB redis',
    '',
  ]);
});

test('elsewhere: a line at each quarter of what takes its time, nothing for the rest', () => {
  const large = recordedTerminal();
  run(pullProgress(large), 4 * MIB);
  expect(large.printed.err.split('\n')).toEqual([
    'fetched: 6 MiB of 16 MiB',
    'fetched: 8 MiB of 16 MiB',
    'fetched: 16 MiB of 16 MiB',
    '',
  ]);
  const small = recordedTerminal();
  run(pullProgress(small), 1024);
  expect(small.printed).toEqual({ out: '', err: '' });
});

test('more bytes than there should be are not counted, and a label cannot move the cursor', () => {
  const terminal = recordedTerminal({ interactive: true });
  const progress = pullProgress(terminal);
  const pack = { ...planned('nginx', 100), name: `\u001b[2J${'x'.repeat(100)}` };
  progress.report({ kind: 'planned', plan: planOf(pack) });
  progress.report({ kind: 'received', pack, received: 1e9, total: 1e9 });
  expect(terminal.printed.err).toBe(`\r\u001b[2K${'█'.repeat(24)} 100 bytes of 100 bytes \\u001b[2J${'x'.repeat(31)}`);
});

test('where nothing is to be fetched, nothing is drawn', () => {
  const terminal = recordedTerminal({ interactive: true });
  const progress = pullProgress(terminal);
  progress.report({ kind: 'planned', plan: planOf() });
  progress.report({ kind: 'failed', failure: { references: ['redis'], error: new Error('reset') } });
  progress.report({ kind: 'warning', warning: { code: 'deprecated', message: 'old' } });
  progress.end();
  expect(terminal.printed).toEqual({ out: '', err: '' });
});

test('a silent one says nothing', () => {
  silentPullProgress.report({ kind: 'planned', plan: planOf(planned('nginx', MIB)) });
  silentPullProgress.end();
});
