import { homedir, hostname, tmpdir } from 'node:os';

import { describe, expect, test } from 'vitest';

import { EXIT_CODES } from '../../src/cli/exit-code.ts';
import { runProgram } from '../../src/cli/program.ts';
import { allDefinitions, idleProgram } from '../helpers/all-commands.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { shellWords } from '../helpers/shell-words.ts';

const definitions = await allDefinitions();
const commands = definitions.filter(({ path }) => path.length > 0);
const named = commands.map((command) => ({ name: command.path.join(' '), command }));

describe.each(named)('help of $name', ({ name, command }) => {
  test('says in one line what it is for, has examples and says what the exit status means', async () => {
    const terminal = recordedTerminal();
    expect(await runProgram(['help', ...command.path], terminal)).toBe(0);
    const { out, err } = terminal.printed;
    expect(err).toBe('');
    expect(out.startsWith(`Usage: packyard ${name} `)).toBe(true);
    expect(out).toContain('\nExamples:\n  packyard ');
    expect(out).toContain(EXIT_CODES);
    expect(command.summary).toMatch(/^[a-z][^\n]{3,69}(?<!\.)$/u);
    expect(command.description).toMatch(/^[A-Z][^\n]*\.$/u);
    expect(command.exitStatus.map(({ status }) => status)).toEqual(['0', '1', '2', '3']);
  });

  test('describes each argument and option, in one line each', () => {
    for (const { description } of [...command.arguments, ...command.options]) expect(description).toMatch(/^[^\n]+$/u);
  });

  test('has examples of this command that its definition accepts', async () => {
    expect(command.examples.length).toBeGreaterThan(0);
    expect(command.examples.some((example) => `${example.command} `.startsWith(`packyard ${name} `))).toBe(true);
    const program = await idleProgram();
    for (const example of command.examples) {
      const [program_, ...args] = shellWords(example.command.replace('$GITHUB_SHA', 'a'.repeat(40)));
      expect(program_, example.command).toBe('packyard');
      await expect(program.parseAsync(args, { from: 'user' }), example.command).resolves.toBe(program);
    }
  });
});

test('an example that the definitions do not accept would be found', async () => {
  for (const line of ['packyard buidl', 'packyard build --jsn', 'packyard yank', 'packyard list --layer none a']) {
    const program = await idleProgram();
    await expect(program.parseAsync(shellWords(line).slice(1), { from: 'user' }), line).rejects.toThrow('error: ');
  }
});

test('the program itself says where to start', () => {
  const [program] = definitions;
  expect(program?.notes.map(({ text }) => text).join('\n')).toMatch(/^Start with:\npackyard init /u);
  expect(program?.commands.every(({ group }) => group.endsWith(':'))).toBe(true);
});

test('nothing in help depends on the machine', () => {
  const text = JSON.stringify(definitions);
  for (const own of [homedir(), tmpdir(), hostname(), process.cwd()]) expect(text).not.toContain(JSON.stringify(own));
});
