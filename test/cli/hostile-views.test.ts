import { beforeEach, describe, expect, test } from 'vitest';

import { publishDemo, runCommand, useDemoRegistry } from '../helpers/demo-registry.ts';

useDemoRegistry();

describe('a hostile registry', () => {
  const obeyed =
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|^\s*::|##\w*\[/mu;
  const nasty = '::error::x\u001b]0;title\u0007\u009b31m\u202edemo\n::warning::y\r\t##[group]';

  beforeEach(async () => {
    const facts = {
      displayName: nasty,
      addonType: nasty,
      cloudTypes: [nasty],
    };
    await publishDemo(
      {
        ...facts,
        group: nasty,
        annotations: { [nasty]: nasty, description: nasty, __proto__: nasty },
        status: { state: 'yanked', reason: nasty, replacement: nasty },
        supersedes: [{ contentSha256: 'd'.repeat(64), message: nasty, commit: 'e'.repeat(40) }],
        source: { directory: nasty, tree: 'a'.repeat(40) },
        images: [nasty],
        charts: [{ path: nasty, name: nasty, version: nasty, appVersion: nasty }],
        manifests: [nasty],
        ansibleRoles: [nasty],
        dependencies: [{ packName: nasty, layer: nasty, type: nasty, minVersion: nasty, maxVersion: nasty }],
        resources: [{ type: nasty, minLimit: nasty, components: [{ scheduleType: nasty }] }],
      },
      { 'README.md': nasty, 'values.yaml': nasty },
      {
        search: (document) => {
          const [pack] = document['packs'] as object[];
          Object.assign(pack ?? {}, facts, { description: nasty, states: { '1.0.0': 'yanked' } });
        },
        index: (index) => Object.assign(index['source'] as object, { repository: nasty }),
      },
    );
  });

  test.each([
    ['search demo'],
    ['search title'],
    ['search demo --json'],
    ['list'],
    ['list --json'],
    ['list demo'],
    ['versions demo --json'],
    ['info demo'],
    ['info demo --json'],
    ['info demo --readme'],
    ['info demo --values'],
    ['images demo'],
    ['images demo --plain'],
    ['images demo --json'],
  ])('%s prints nothing that a terminal or a log obeys', async (command) => {
    const { status, out, err } = await runCommand(command.split(' '));
    expect(status).toBe(0);
    expect(out.length).toBeGreaterThan(0);
    expect(out).not.toMatch(obeyed);
    expect(err).not.toMatch(obeyed);
  });
});
