import { Argument, Command, Option } from 'commander';
import { expect, test } from 'vitest';

import { choice, collect } from '../../src/cli/arguments.ts';
import { commandDefinition } from '../../src/cli/command-definition.ts';

test('all that a command says of itself', () => {
  const written: string[] = [];
  const program = new Command('packyard').configureOutput({ writeOut: (text) => void written.push(text) });
  program
    .commandsGroup('For all:')
    .command('pack')
    .addArgument(new Argument('<kind>', 'of what kind').choices(['a', 'b']))
    .argument('[names...]', 'which ones')
    .summary('pack it')
    .description('Packs it.')
    .option('-o, --out <dir>', 'where to', 'public')
    .option('--layer <layer>', 'which layer', choice(['os', 'k8s']))
    .option('--tag <tag>', 'a tag; may be repeated', collect)
    .option('--no-cache', 'keep nothing')
    .addOption(new Option('--secret', 'for nobody').hideHelp())
    .addHelpText('after', '\nExamples:\n  packyard pack x     packs x\n\nExit status:\n  0  done')
    .command('again')
    .description('Packs it again.');
  const [definition] = commandDefinition(program).commands;
  expect(definition).toEqual({
    path: ['pack'],
    group: 'For all:',
    summary: 'pack it',
    description: 'Packs it.',
    usage: 'packyard pack [options] [command] <kind> [names...]',
    arguments: [
      { name: 'kind', description: 'of what kind', required: true, variadic: false, choices: ['a', 'b'] },
      { name: 'names', description: 'which ones', required: false, variadic: true, choices: [] },
    ],
    options: [
      {
        flags: '-o, --out <dir>',
        short: '-o',
        long: '--out',
        description: 'where to',
        value: { name: 'dir', required: true, variadic: false },
        repeatable: false,
        choices: [],
        default: '"public"',
      },
      {
        flags: '--layer <layer>',
        long: '--layer',
        description: 'which layer',
        value: { name: 'layer', required: true, variadic: false },
        repeatable: false,
        choices: ['os', 'k8s'],
      },
      {
        flags: '--tag <tag>',
        long: '--tag',
        description: 'a tag; may be repeated',
        value: { name: 'tag', required: true, variadic: false },
        repeatable: true,
        choices: [],
      },
      { flags: '--no-cache', long: '--no-cache', description: 'keep nothing', repeatable: false, choices: [] },
      {
        flags: '-h, --help',
        short: '-h',
        long: '--help',
        description: 'display help for command',
        repeatable: false,
        choices: [],
      },
    ],
    commands: [expect.objectContaining({ path: ['pack', 'again'], summary: 'Packs it again.' })],
    notes: [],
    examples: [{ command: 'packyard pack x', comment: 'packs x' }],
    exitStatus: [{ status: '0', meaning: 'done' }],
  });
  expect(written).toEqual([]);
});
