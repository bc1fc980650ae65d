import { describe, expect, test } from 'vitest';

import { outcomeOf, startCli, transcript } from '../helpers/cli.ts';
import { httpServer } from '../helpers/http-server.ts';
import { publishedRegistry, servesFiles } from '../helpers/published-registry.ts';
import { settingsHome, type SettingsHome } from '../helpers/settings-home.ts';

async function run(home: SettingsHome, args: string, variables: NodeJS.ProcessEnv = {}): Promise<string> {
  const { environment, cwd, folder } = home;
  const env = { ...environment, ...variables };
  return transcript(await outcomeOf(startCli(args.split(' '), { cwd, env })), { settings: folder, project: cwd });
}

test('from the first one to none', async () => {
  const home = await settingsHome();
  expect(await run(home, 'registry list')).toBe(
    'exit status 0\n--- stderr\nNo registry was added yet. Add one with: packyard registry add NAME URL',
  );
  expect(await run(home, 'registry add work https://a.example/x --mirror https://b.example --default')).toBe(
    'exit status 0\n--- stdout\nAdded work (https://a.example/x/) in <settings>/config.json. It is the default.',
  );
  expect(await run(home, 'registry add work https://a.example/x --mirror https://b.example --quiet')).toBe(
    'exit status 0',
  );
  expect(await run(home, 'registry add work https://c.example/')).toBe(`exit status 2
--- stderr
error "work" is in your settings already, with other settings: https://a.example/x/
  → Give it another name, or replace it with --force.`);
  expect(await run(home, 'registry add here ./public --project')).toBe(`exit status 0
--- stdout
Added here (<project>/public) in <project>/packyard.json.
--- stderr
warning There is no registry in <project>/public yet.
  → Check the path, or build one there.`);
  home.credentials({ 'https://a.example/': { kind: 'token', secret: 's3cr3t' } });
  const listed = (await run(home, 'registry list')).replace(home.cwd, '<project>');
  expect(listed.replaceAll(/ {2,}/gu, '  ')).toBe(`exit status 0
--- stdout
* here  <project>/public  of the project
  work  https://a.example/x/  logged in, 1 mirror`);
  expect(await run(home, 'registry show work --no-live')).toBe(`exit status 0
--- stdout
registry   work  https://a.example/x/
chosen by  named here
settings   <settings>/config.json
mirror     https://b.example/
login      token, stored for https://a.example/`);
  expect(await run(home, 'registry remove here --project')).toBe(
    'exit status 0\n--- stdout\nRemoved here (<project>/public) from <project>/packyard.json.',
  );
  expect(await run(home, 'registry remove work')).toBe(
    'exit status 0\n--- stdout\nRemoved work (https://a.example/x/) from <settings>/config.json. It was the default; now there is none.',
  );
});

describe('shown', () => {
  test('with what it says itself, and without secrets', async () => {
    const home = await settingsHome();
    const server = await httpServer(servesFiles(publishedRegistry()));
    const variables = { PACKYARD_REGISTRY: server.url, PACKYARD_TOKEN: 's3cr3t' };
    expect(await run(home, 'registry show', variables)).toBe(`exit status 0
--- stdout
registry   ${server.url}/
chosen by  PACKYARD_REGISTRY
login      token, from PACKYARD_TOKEN
title      Demo
packs      1
serial     1
commit     <oid>  2026-07-01T16:53:28Z`);
    const json = await run(home, 'registry show --json', variables);
    expect(json).not.toContain('s3cr3t');
    expect(JSON.parse(json.split('--- stdout\n')[1] ?? '')).toEqual({
      format: 'packyard-registry/1',
      url: `${server.url}/`,
      source: 'variable',
      mirrors: [],
      direct: false,
      offline: false,
      login: { from: 'PACKYARD_TOKEN', kind: 'token' },
      transport: { caFiles: [] },
      live: { name: 'demo', title: 'Demo', packs: 1, serial: 1, commit: '<oid>', committedAt: '2026-07-01T16:53:28Z' },
    });
  });

  test('though it cannot be reached, and offline', async () => {
    const home = await settingsHome();
    home.config({ registries: { work: { url: 'http://127.0.0.1:1/' } } });
    expect((await run(home, 'registry show')).replace(/(reached: ).*\.$/mu, '$1<why>.')).toBe(`exit status 0
--- stdout
registry   work  http://127.0.0.1:1/
chosen by  your settings
settings   <settings>/config.json
login      none
state      http://127.0.0.1:1/index.json cannot be reached: <why>.
           Check the address and the network.`);
    const offline = await run(home, 'registry show --offline');
    expect(offline).toContain('offline    asks nobody');
    expect(offline).toMatch(/^exit status 0\n/u);
  });

  test('what a registry or a project says does nothing to the terminal', async () => {
    const home = await settingsHome();
    const title = 'Evil\u001b[31m\n::error::x\u202e';
    const files = publishedRegistry({ index: (index) => Object.assign(index, { registry: { name: 'demo', title } }) });
    const server = await httpServer(servesFiles(files));
    home.project({ registries: { x: { url: server.url, '\u001b]0;x\u0007': 1 } } });
    const shown = await run(home, 'registry show');
    // eslint-disable-next-line no-control-regex
    expect(shown).not.toMatch(/[\u001b\u0007\u202e]/u);
    expect(shown).toContain(String.raw`title      Evil\u001b[31m\n::error::x\u202e`);
  });
});

test('settings that are damaged say where', async () => {
  const home = await settingsHome();
  home.config('{\n  "registries": {\n    "work": "https://a.example/",\n  }\n}');
  expect(await run(home, 'registry list')).toBe(`exit status 2
--- stderr
error <settings>/config.json:4:3: "}" stands where a key is wanted.
  → Mend the file, or remove it and add your registries again with: packyard registry add NAME URL`);
});

test.each(['registry --help', 'login --help'])('%s tells of every variable', async (args) => {
  const help = await run(await settingsHome(), args);
  for (const name of [
    'REGISTRY',
    'TOKEN',
    'OFFLINE',
    'CA_FILE',
    'CLIENT_CERT',
    'CLIENT_KEY_PASSPHRASE',
    'CONFIG_DIR',
  ]) {
    expect(help).toContain(`PACKYARD_${name}`);
  }
  expect(help).toContain('Examples:');
});
