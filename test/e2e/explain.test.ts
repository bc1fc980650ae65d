import { describe, expect, test } from 'vitest';

import { runCli } from '../helpers/cli.ts';

describe('packyard explain', () => {
  test('prints the page of a rule', async () => {
    const { status, stdout } = await runCli(['explain', 'chart/missing-file']);
    expect([status, stdout.slice(0, 20)]).toEqual([0, '# chart/missing-file']);
  });

  test('lists all rules', async () => {
    const { stdout } = await runCli(['explain']);
    expect(stdout).toMatch(/^chart\/missing-file +A listed chart is missing$/mu);
    const { rules } = JSON.parse((await runCli(['explain', '--json'])).stdout) as { rules: { id: string }[] };
    expect(stdout.trimEnd().split('\n')).toHaveLength(rules.length);
    expect(rules).toContainEqual({
      id: 'pack/leading-v',
      title: expect.any(String) as string,
      levels: { recommended: 'warning', strict: 'error', compat: 'off' },
      fix: 'safe',
    });
  });

  test('knows what was meant', async () => {
    expect(await runCli(['explain', 'chart/mising-file'])).toMatchObject({
      status: 2,
      stderr: 'error There is no rule "chart/mising-file".\n  → Did you mean chart/missing-file?\n',
    });
    expect(await runCli(['explain', '../../package'])).toMatchObject({
      status: 2,
      stderr: 'error There is no rule "../../package".\n  → Run `packyard explain` for a list.\n',
    });
  });
});
