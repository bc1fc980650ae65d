import { expect, it } from 'vitest';

import { readGuide } from '../../helpers/tutorial/read-guide.ts';

const FENCE = '```';

it('reads commands with what they print, from fenced and from indented blocks', () => {
  const guide = ['# Guide', '', `${FENCE}console`, '$ one', 'first', '', 'second', '', '$ two \\', '    --more', FENCE];
  const indented = ['', 'Then:', '', '    $ three  # exit status 3', '    no', ''];
  expect(readGuide([...guide, ...indented].join('\n'))).toEqual([
    { kind: 'command', line: 4, output: 5, command: 'one', expected: ['first', '', 'second'], status: 0 },
    { kind: 'command', line: 9, output: 11, command: 'two \\\n    --more', expected: [], status: 0 },
    { kind: 'command', line: 15, output: 16, command: 'three', expected: ['no'], status: 3 },
  ]);
});

it('takes lines behind the second prompt as part of the command', () => {
  const [step] = readGuide(
    [`${FENCE}console`, "$ cat <<'END'", '> a', '>', '> b', '> END', 'a', '> no', FENCE].join('\n'),
  );
  expect(step).toMatchObject({ command: "cat <<'END'\na\n\nb\nEND", expected: ['a', '> no'], output: 7 });
});

it('takes a fenced block with a name behind its language as a file', () => {
  const guide = ['Write `a/b.yaml`:', '', `${FENCE}yaml a/b.yaml`, 'x: 1', FENCE, '', '    $ cat a/b.yaml'].join('\n');
  expect(readGuide(guide)[0]).toEqual({ kind: 'file', line: 3, path: 'a/b.yaml', text: 'x: 1\n' });
});

it('leaves out a block that is said to be not run, with a reason', () => {
  const guide = ['<!-- not run: there is no such bucket -->', `${FENCE}console`, '$ rm -r /', FENCE, '', '    $ true'];
  expect(readGuide(guide.join('\n'))).toMatchObject([{ command: 'true' }]);
});

it.each([
  ['nothing', 'The guide has no command that is run.'],
  [
    `Text.\n\n${FENCE}sh\nls\n${FENCE}`,
    'Line 3: the block is neither of commands nor a file, and nothing says that it is not run.',
  ],
  [
    `<!-- not run: -->\n${FENCE}\nls\n${FENCE}`,
    'Line 2: the block is neither of commands nor a file, and nothing says that it is not run.',
  ],
  [
    `Write it:\n\n${FENCE}yaml a.yaml\nx\n${FENCE}`,
    'Line 3: no words before the block say that it is a.yaml, and readers do not see it.',
  ],
  [`Text.\n\n${FENCE}console\nls\n${FENCE}`, 'Line 4: the block does not begin with a command.'],
  [`Text.\n\n    ls\n`, 'Line 3: the block does not begin with a command.'],
])('refuses %j', (guide, message) => {
  expect(() => readGuide(guide)).toThrow(message);
});
