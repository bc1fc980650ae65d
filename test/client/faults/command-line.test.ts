import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { runCli, type CliResult } from '../../helpers/cli.ts';
import { treeOf } from '../../helpers/registry-tree.ts';
import { scratch } from '../../helpers/scratch.ts';
import { BROKEN, SLOW } from './broken-answers.ts';
import { hostWith, scrubbed, served, type Place } from './outcome.ts';
import { damagedBlobs } from './whole-cache.ts';

/** Commands at once: each waits for its tries most of the time. */
const WIDTH = 6;

interface Home {
  readonly folder: string;
  readonly target: string;
  run(...args: readonly string[]): Promise<CliResult>;
}

async function home(): Promise<Home> {
  const folder = await scratch();
  const env = { HOME: folder, XDG_CONFIG_HOME: join(folder, 'config'), PACKYARD_CACHE_DIR: join(folder, 'cache') };
  return { folder, target: join(folder, 'packs'), run: (...args) => runCli(args, { cwd: folder, env }) };
}

/** How a command ends that meets a fault which stays: its status, what it says wrongly, and what it leaves. */
async function endOf(on: Place, name: string, command: (home: Home) => readonly string[]): Promise<string> {
  const fault = BROKEN[name] ?? expect.fail(`there is no ${name}`);
  const host = await hostWith({ on, rest: fault });
  const own = await home();
  const { status, stdout, stderr } = await own.run(...command(own), '--registry', host.url);
  const [said = '', hint = ''] = scrubbed(stderr.replaceAll(host.url, '<url>')).split('\n');
  const file = scrubbed(served.paths[on]);
  const visible = Object.keys(treeOf(own.folder)).filter((path) => !/^(?:cache|config)(?:\/|$)|^packs$/u.test(path));
  const wrong = [
    ...damagedBlobs(join(own.folder, 'cache')).map((path) => `a damaged ${path}`),
    ...(status === 0 ? [] : visible),
    ...(status === 0 || stdout === '' ? [] : ['a result']),
    ...(status === 0 || (said.startsWith(`error <url>/${file} `) && hint.startsWith('  → ')) ? [] : [stderr]),
  ];
  return [status, ...wrong].join(', and ');
}

/** Faults by how a command ends. */
async function endsOf(
  on: Place,
  command: (home: Home) => readonly string[],
): Promise<Record<string, readonly string[]>> {
  // The command line waits half a minute for the slow ones.
  const names = Object.keys(BROKEN).filter((name) => !SLOW.has(name));
  const ends: Record<string, string[]> = {};
  const work = async (): Promise<void> => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const end = await endOf(on, name, command);
      (ends[end] ??= []).push(name);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  return Object.fromEntries(Object.entries(ends).map(([end, each]) => [end, each.toSorted()]));
}

describe('exit status, where a fault stays', () => {
  test('of a pull, with the archive', { timeout: 240_000 }, async () => {
    const ends = await endsOf('artifact', ({ target }) => ['pull', 'demo', '--to', target]);
    expect(ends).toMatchInlineSnapshot(`
      {
        "0": [
          "compressed unasked",
        ],
        "2": [
          "204",
          "206, which was not asked for",
          "304, which was not asked for",
          "401",
          "403",
          "416, though no part was asked for",
          "429 for an hour",
          "429 for no time",
          "429 until a date that is past",
          "429 until next century",
          "429 until nobody knows when",
          "429 without a time",
          "500",
          "501",
          "503",
          "503 with a web page",
          "a login page",
          "a redirect to itself",
          "a redirect to nowhere",
          "an unknown encoding",
          "cut before its first byte",
          "cut in the middle",
          "headers without end",
          "no HTTP",
          "reset before any answer",
          "reset in the middle",
        ],
        "3": [
          "404",
          "410",
          "a redirect to a file",
          "an empty body",
          "length beyond all bounds",
          "length too small",
          "more than there should be",
          "other bytes",
          "said to be compressed",
          "shorter, without a length",
        ],
      }
    `);
  });

  test('of info, with the document', { timeout: 240_000 }, async () => {
    expect(await endsOf('document', () => ['info', 'demo'])).toMatchInlineSnapshot(`
      {
        "0": [
          "compressed unasked",
        ],
        "2": [
          "204",
          "206, which was not asked for",
          "304, which was not asked for",
          "401",
          "403",
          "416, though no part was asked for",
          "429 for an hour",
          "429 for no time",
          "429 until a date that is past",
          "429 until next century",
          "429 until nobody knows when",
          "429 without a time",
          "500",
          "501",
          "503",
          "503 with a web page",
          "a login page",
          "a redirect to itself",
          "a redirect to nowhere",
          "an unknown encoding",
          "cut before its first byte",
          "cut in the middle",
          "headers without end",
          "length beyond all bounds",
          "no HTTP",
          "reset before any answer",
          "reset in the middle",
          "said to be compressed",
        ],
        "3": [
          "404",
          "410",
          "a redirect to a file",
          "an empty body",
          "length too small",
          "more than there should be",
          "other bytes",
          "shorter, without a length",
        ],
      }
    `);
  });
});

test('a pull that failed leaves nothing in the way of the next', { timeout: 60_000 }, async () => {
  const own = await home();
  const broken = await hostWith({ on: 'artifact', rest: BROKEN['other bytes'] ?? expect.fail() });
  expect(await own.run('pull', 'demo', '--to', own.target, '--registry', broken.url)).toMatchObject({ status: 3 });
  const host = await hostWith({ on: 'index' });
  expect(await own.run('pull', 'demo', '--to', own.target, '--registry', host.url)).toMatchObject({ status: 0 });
  expect(readdirSync(own.target)).toEqual(['demo-1.0.0']);
  const files = Object.keys(treeOf(join(own.target, 'demo-1.0.0'))).filter((path) => path !== 'files');
  expect(files).toEqual([...served.content.keys()]);
});
