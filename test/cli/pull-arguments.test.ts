import { describe, expect, test } from 'vitest';

import { PackyardError } from '../../src/errors.ts';
import { pullArguments, withFolderHint } from '../../src/cli/pull-arguments.ts';
import { referenceText } from '../../src/client/reference.ts';
import { failureOf } from '../helpers/rejection.ts';

function told(args: readonly string[], to?: string, folders: readonly string[] = []): string {
  const { references, directory } = pullArguments(args, to, (path) => folders.includes(path));
  return `${references.map(referenceText).join(' ')} → ${directory}`;
}

test.each<[readonly string[], string]>([
  [['nginx'], 'nginx → undefined'],
  [['nginx', 'redis@7.x'], 'nginx redis@7.x → undefined'],
  [['nginx', '.'], 'nginx → .'],
  [['nginx', '..'], 'nginx → ..'],
  [['nginx', './packs'], 'nginx → ./packs'],
  [['nginx', 'packs/'], 'nginx → packs/'],
  [['nginx', 'redis', '/srv/packs'], 'nginx redis → /srv/packs'],
  [['nginx', 'C:\\packs'], 'nginx → C:\\packs'],
  [['./packs'], ' → ./packs'],
  [[], ' → undefined'],
])('%j', (args, expected) => {
  expect(told(args)).toBe(expected);
});

test('with --to, everything is a pack', () => {
  expect(told(['nginx', 'redis'], 'packs', ['redis'])).toBe('nginx redis → packs');
});

test('a bare word that is a folder too could be either, unless it says a version or is the only one', () => {
  expect(told(['nginx', 'redis@latest'], undefined, ['redis', 'redis@latest'])).toBe('nginx redis@latest → undefined');
  expect(told(['nginx'], undefined, ['nginx'])).toBe('nginx → undefined');
  expect(told(['nginx', 'redis'], undefined, ['nginx'])).toBe('nginx redis → undefined');
});

describe('is refused', () => {
  test.each<[string, readonly string[], string | undefined, string, string]>([
    [
      'a folder that is no path',
      ['nginx', 'packs'],
      undefined,
      '"packs" could be a pack, or the folder of that name here.',
      'Write ./packs for the folder, or packs@latest for the pack.',
    ],
    [
      'a folder in front',
      ['./packs', 'nginx'],
      undefined,
      '"./packs" names no pack.',
      'A folder comes last, behind all packs: packyard pull nginx redis ./packs',
    ],
    [
      'two folders',
      ['nginx', './packs'],
      'out',
      '"./packs" names no pack.',
      'The folder is named already, with --to out.',
    ],
    [
      'an address',
      ['nginx', 'https://packs.example.org/'],
      undefined,
      '"https://packs.example.org/" is no folder.',
      'To pull from that registry, write --registry https://packs.example.org/',
    ],
    [
      'what is no reference',
      ['nginx@', '.'],
      undefined,
      'Behind "nginx@" there is no version.',
      'Write one, as in nginx@1.2.3 or nginx@1.2.x.',
    ],
  ])('%s', async (_, args, to, message, hint) => {
    expect(await failureOf((async () => told(args, to, ['packs']))())).toEqual({ code: 'usage', message, hint });
  });
});

describe('the last word is no pack', () => {
  const unknown = new PackyardError({
    code: 'unknown-pack',
    message: 'The registry at https://packs.example.org/ has no pack "out".',
    hint: 'Look for it.',
  });

  test('and may be meant as the folder', () => {
    expect(withFolderHint(unknown, ['nginx', 'out'], undefined)).toMatchObject({
      code: 'unknown-pack',
      message: unknown.message,
      hint: 'Look for it. If it is the folder, write ./out.',
    });
  });

  test.each([
    ['it stands alone', unknown, ['out'], undefined],
    ['the folder is named', unknown, ['nginx', 'out'], 'packs'],
    ['another one is unknown', unknown, ['out', 'nginx'], undefined],
    ['it has a version', unknown, ['nginx', 'out@1.x'], undefined],
    ['something else is wrong', new Error('has no pack "out".'), ['nginx', 'out'], undefined],
  ])('but not where %s', (_name, error, args, to) => {
    expect(withFolderHint(error, args, to)).toBe(error);
  });
});
