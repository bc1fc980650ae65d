import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { allDefinitions } from '../helpers/all-commands.ts';
import { PEERS_REQUIRED } from '../helpers/peers.ts';
import { hasProgram } from '../helpers/shell-completion.ts';

const DOCS = new URL('../../docs/', import.meta.url);
const MANUAL = fileURLToPath(new URL('man/packyard.1', DOCS));
/** How terminals of old showed bold and underlined letters. */
const OVERSTRUCK = new RegExp(`.${String.fromCodePoint(8)}`, 'gu');
const definitions = await allDefinitions();
const commands = definitions.filter(({ path }) => path.length === 1);

test('the reference of commands and the man page are what their script makes of the commands', () => {
  const script = fileURLToPath(new URL('.source/commands.mjs', DOCS));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

describe('docs/commands', () => {
  const textOf = (name: string): string => readFileSync(new URL(`commands/${name}`, DOCS), 'utf8');

  test('has a page for each command, and no other', () => {
    const pages = commands.map(({ path }) => `${path.join('-')}.md`);
    expect(readdirSync(new URL('commands/', DOCS)).toSorted()).toEqual([...pages, 'README.md'].toSorted());
  });

  test('its index has every command once, below the heading of help', () => {
    const index = textOf('README.md');
    for (const { path, group } of commands) {
      const [name] = path;
      const section = index.split('\n## ').find((each) => each.includes(`[${name}](${name}.md) |`));
      expect(section?.split('\n')[0], name).toBe(group.replace(/:$/u, ''));
    }
  });

  test('a page has purpose, usage, arguments, options with defaults and choices, examples, exit status', () => {
    const page = textOf('yank.md');
    expect(page).toMatch(/^# packyard yank\n\nSays in /u);
    expect(page).toContain('\n```\npackyard yank [options] <release>\n```\n');
    expect(page).toContain('\n| `<release>` | which releases: name@version, or name@range |\n');
    expect(page).toMatch(/\n\| `--state <state>` \| another state: .* \| `active`, .*`yanked` \| `yanked` \|\n/u);
    expect(page).toMatch(/\n## Examples\n\n- `packyard yank nginx@1\.2\.3 /u);
    expect(page).toContain('\n| 3 | integrity or trust failure |\n');
  });

  test('every line of every table has as many columns as its head', () => {
    for (const name of readdirSync(new URL('commands/', DOCS))) {
      for (const table of textOf(name)
        .split(/\n{2,}/u)
        .filter((block) => block.startsWith('| '))) {
        const widths = table
          .trim()
          .split('\n')
          .map((line) => line.replaceAll(String.raw`\|`, '').split('|').length);
        expect(new Set(widths).size, `${name}:\n${table}`).toBe(1);
      }
    }
  });
});

describe('the man page', () => {
  const page = readFileSync(MANUAL, 'utf8');
  const present = hasManual('mandoc');

  if (!present && PEERS_REQUIRED) test('mandoc is there', () => expect.fail('mandoc is missing'));

  test.runIf(present)('has nothing that mandoc warns of, but that it has no date', () => {
    const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', MANUAL], { encoding: 'utf8' });
    expect(stdout.split('\n').filter((line) => !/^$|missing date/u.test(line))).toEqual([]);
  });

  test.runIf(present)('reads as it was meant', () => {
    const text = execFileSync('mandoc', ['-T', 'ascii', MANUAL], { encoding: 'utf8' }).replaceAll(OVERSTRUCK, '');
    expect(text).toMatch(/\nNAME\n {7}packyard - turns a Git repository/u);
    for (const { path, options } of definitions.filter((each) => each.commands.length === 0)) {
      const words = ['packyard', ...path].join(' ');
      expect(text).toContain(`\n   ${words}\n`);
      for (const { flags } of options.filter(({ long }) => long !== '--help')) expect(text).toContain(` ${flags}`);
    }
    for (const name of [
      'PACKYARD_TOKEN',
      'PACKYARD_CACHE_DIR',
      'NO_COLOR',
      'registry.yaml',
      '~/.config/packyard/config.json',
    ])
      expect(text.split('\nENVIRONMENT\n')[1]).toMatch(new RegExp(`\n {7}${name}(?: |\n)`, 'u'));
    expect(text).toContain('packyard yank "nginx@>=1.2 <1.2.4" --reason "loses data" --dry-run\n');
  });

  test.runIf(hasProgram('man'))('has nothing that man warns of', () => {
    const { stderr, status } = spawnSync('man', ['--warnings', '-l', MANUAL], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', MANPAGER: 'cat', MANWIDTH: '80' },
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  test('is plain ASCII, ends in a line feed and names every command', () => {
    expect(page).toMatch(/^[\n -~]+\n$/u);
    for (const { path } of commands) expect(page).toContain(`\n.SS "packyard ${path.join(' ')}"\n`);
  });

  test('is the one that the package names', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', DOCS), 'utf8')) as {
      man: string;
      files: string[];
    };
    expect(manifest.man).toBe('docs/man/packyard.1');
    expect(manifest.files).toContain('docs/man');
  });
});

/** It has no flag that prints its version. */
function hasManual(name: string): boolean {
  return spawnSync(name, ['/dev/null'], { stdio: 'ignore' }).error === undefined;
}
