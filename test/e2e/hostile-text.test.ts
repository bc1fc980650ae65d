import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { runCli, type CliResult } from '../helpers/cli.ts';
import { gitRepository, type FileMap } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';

/** Clears the screen, changes the title, turns the direction of writing, and pretends to be a command of a CI log. */
const HOSTILE = '\u001b[2J\u001b]0;owned\u0007\u202egpj.exe\u009b31m\r\n::error::owned';
// eslint-disable-next-line no-control-regex
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

async function printed(files: FileMap, ...args: string[]): Promise<CliResult> {
  const { path } = await gitRepository(files);
  return runCli(['build', ...args], { cwd: path });
}

const text = ({ stdout, stderr }: CliResult): string => stdout + stderr;

describe('control characters never reach the terminal as they are', () => {
  const json = JSON.stringify(HOSTILE);
  const cases: Readonly<Record<string, FileMap>> = {
    'in a name': packFiles('packs/demo', { name: HOSTILE }),
    'in a version': packFiles('packs/demo', { version: HOSTILE }),
    'in a layer': packFiles('packs/demo', { manifest: { layer: HOSTILE } }),
    'in a key': packFiles('packs/demo', { manifest: { [HOSTILE]: 1 } }),
    'in a chart path': packFiles('packs/demo', { manifest: { charts: [HOSTILE] } }),
    'raw in pack.json': packFiles('packs/demo', { files: { 'pack.json': `{ "name": ${HOSTILE} }` } }),
    'raw in values.yaml': packFiles('packs/demo', { files: { 'values.yaml': `pack: "${HOSTILE}` } }),
    'as an anchor': packFiles('packs/demo', { files: { 'values.yaml': `a: &\u202ea [*\u202ea]` } }),
    'in a key of registry.yaml': { ...packFiles('packs/demo'), 'registry.yaml': `${json}: 1\n` },
    'in a value of registry.yaml': { ...packFiles('packs/demo'), 'registry.yaml': `name: ${json}\n` },
  };
  for (const [name, files] of Object.entries(cases)) {
    test(name, async () => {
      const result = await printed(files);
      expect(text(result)).not.toMatch(RAW);
      expect(text(result)).not.toMatch(/^::error/mu);
      expect(text(result)).toMatch(/\\u001b|\\u202e|\?\[2J/u);
    });
  }

  test.skipIf(process.platform === 'win32')('in the name of a file and of a pack directory', async () => {
    const files = {
      ...packFiles(`packs/\u001b[31mred`, { files: { '\u001b]0;x\u0007.yaml': 'x' } }),
      ...packFiles('packs/\u202eturned', { version: '2.0.0' }),
    };
    const result = await printed(files, '--keep-going', '--timings');
    expect(result.status).toBe(1);
    expect(text(result)).not.toMatch(RAW);
    expect(text(result)).toContain('packs/\\u001b[31mred/\\u001b]0;x\\u0007.yaml error file/not-portable');
  });

  test('in an option', async () => {
    const { path } = await gitRepository(packFiles('packs/demo'));
    const runs = [
      await runCli(['build', '--rev', HOSTILE], { cwd: path }),
      await runCli(['build', '--repo', join(path, HOSTILE)], { cwd: path }),
    ];
    for (const result of runs) {
      expect(result.status).toBe(2);
      expect(text(result)).not.toMatch(RAW);
    }
  });

  test('in JSON', async () => {
    const { stdout } = await printed(packFiles('packs/demo', { name: HOSTILE }), '--json');
    expect(stdout).not.toMatch(RAW);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'packyard-build/1', ok: false });
  });
});

describe('nor do they when packs are checked, whatever the format', () => {
  const hostile: FileMap = {
    ...packFiles('packs/demo', {
      name: HOSTILE,
      version: HOSTILE,
      manifest: { displayName: HOSTILE, charts: [HOSTILE], [HOSTILE]: 1, annotations: { source: HOSTILE } },
      files: {
        'values.yaml': `pack:\n  ${JSON.stringify(HOSTILE)}: 1\n  content:\n    images:\n      - image: ${JSON.stringify(HOSTILE)}\n`,
        'README.md': `[x](${'\u202e'}nowhere.md) <!-- packyard: allow ${'\u001b'}[31m -- x -->\n`,
        'presets.yaml': `presets: [{ name: ${JSON.stringify(HOSTILE)}, add: "[" }, { name: ${JSON.stringify(HOSTILE)} }]\n`,
      },
    }),
    'packyard-baseline.json': JSON.stringify({
      format: 'packyard-baseline/1',
      findings: [{ rule: HOSTILE, file: HOSTILE, message: HOSTILE, count: 1 }],
    }),
  };

  test.each(['text', 'json', 'sarif', 'github', 'junit', 'markdown'])('%s', async (format) => {
    const { path } = await gitRepository(hostile);
    const result = await runCli(['check', '--format', format], { cwd: path });
    expect([result.status, result.stdout.length > 500]).toEqual([1, true]);
    expect(text(result)).not.toMatch(RAW);
    expect(text(result)).not.toMatch(/^\s*::\w+[^:]*::owned/mu);
  });

  test('nor when they are repaired', async () => {
    const { path } = await gitRepository(hostile);
    expect(text(await runCli(['check', '--fix', '--unsafe'], { cwd: path }))).not.toMatch(RAW);
  });
});
