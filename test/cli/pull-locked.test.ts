import { existsSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { ExitCode } from '../../src/cli/exit-code.ts';
import { runProgram } from '../../src/cli/program.ts';
import { scrub } from '../helpers/cli.ts';
import { packsRegistry } from '../helpers/packs-registry.ts';
import { writePublished } from '../helpers/published-registry.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { scratch } from '../helpers/scratch.ts';

const PACKS = { nginx: ['1.3.1', '1.2.0'], redis: ['7.0.0'] };

interface Run {
  readonly status: ExitCode;
  readonly out: string;
  readonly err: string;
}

let work: string;
let registry: string;

beforeEach(async () => {
  work = realpathSync(await scratch());
  registry = realpathSync(await scratch());
  writePublished(packsRegistry(PACKS), registry);
  vi.spyOn(process, 'cwd').mockReturnValue(work);
  vi.stubEnv('PACKYARD_CACHE_DIR', join(await scratch(), 'cache'));
  vi.stubEnv('PACKYARD_CONFIG_DIR', await scratch());
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function run(...args: string[]): Promise<Run> {
  const terminal = recordedTerminal();
  const status = await runProgram(['pull', ...args], terminal);
  const plain = (text: string): string => scrub(text, { work, registry });
  return { status, out: plain(terminal.printed.out), err: plain(terminal.printed.err) };
}

const lock = async (): Promise<void> => {
  const project = { registry, packs: { nginx: '1.2.x', redis: '*' } };
  writeFileSync(join(work, 'packyard.json'), JSON.stringify(project));
  const terminal = recordedTerminal();
  const status = await runProgram(['lock'], terminal);
  expect([status, terminal.printed.err]).toEqual([0, '']);
};

test('pulls what the lock pins, whatever was published since', async () => {
  await lock();
  writePublished(packsRegistry({ ...PACKS, nginx: ['1.2.9', ...PACKS.nginx], redis: ['7.0.0', '8.0.0'] }), registry);
  expect(await run('--locked', '--to', join(work, 'packs'))).toMatchObject({ status: 0, err: '' });
  expect(readdirSync(join(work, 'packs')).toSorted()).toEqual(['nginx-1.2.0', 'redis-7.0.0']);
});

test('only what is named', async () => {
  await lock();
  expect(await run('redis', '--locked', '--archive', '--to', work)).toMatchObject({ status: 0, err: '' });
  expect(existsSync(join(work, 'redis-7.0.0.tar.gz'))).toBe(true);
  expect(existsSync(join(work, 'nginx-1.2.0.tar.gz'))).toBe(false);
});

test('without a lock', async () => {
  writeFileSync(join(work, 'packyard.json'), JSON.stringify({ registry, packs: { nginx: '1.x' } }));
  expect(await run('--locked')).toEqual({
    status: 1,
    out: '',
    err: 'error There is no <work>/packyard.lock.\n  → Make it with "packyard lock", and commit it.\n',
  });
});

test('with another content under the pinned version', async () => {
  await lock();
  const changed = { version: '7.0.0', files: { 'values.yaml': 'other\n' } };
  writePublished(packsRegistry({ ...PACKS, redis: [changed] }), registry);
  expect(await run('--locked', '--to', work)).toMatchObject({ status: 3, out: '' });
  expect(readdirSync(work).toSorted()).toEqual(['packyard.json', 'packyard.lock']);
});
