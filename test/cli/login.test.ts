import { spawn, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { MAIN, outcomeOf, startCli, transcript } from '../helpers/cli.ts';
import { httpServer } from '../helpers/http-server.ts';
import { proxyServer } from '../helpers/proxy-server.ts';
import { publishedRegistry, servesFiles } from '../helpers/published-registry.ts';
import { settingsHome, type SettingsHome } from '../helpers/settings-home.ts';

async function run(
  { environment: env, cwd, folder }: SettingsHome,
  args: readonly string[],
  input = '',
  variables: NodeJS.ProcessEnv = {},
): Promise<string> {
  const child = startCli(args, { cwd, env: { ...env, ...variables } });
  child.stdin?.on('error', () => undefined).end(input);
  return transcript(await outcomeOf(child), { settings: folder, project: cwd });
}

test('a token from standard input, and from a variable', async () => {
  const home = await settingsHome();
  const serve = servesFiles(publishedRegistry());
  const server = await httpServer((request, response) =>
    request.headers.authorization === 'Bearer s3cr3t' ? serve(request, response) : response.writeHead(401).end(),
  );
  const stored = `exit status 0\n--- stdout\nStored the login for ${server.url}/ in <settings>/credentials.json. The registry accepts it.`;
  expect(await run(home, ['login', server.url, '--stdin'], 's3cr3t\r\n')).toBe(stored);
  expect(await run(home, ['logout', server.url])).toBe(
    `exit status 0\n--- stdout\nForgot the login for ${server.url}/.`,
  );
  expect(await run(home, ['logout', server.url])).toBe(
    `exit status 0\n--- stdout\nNo login was stored for ${server.url}/.`,
  );
  expect(await run(home, ['login', server.url, '--variable', 'CI'], '', { CI: 's3cr3t' })).toBe(stored);
  expect(await run(home, ['login', server.url, '--variable', 'CI', '--json'], '', { CI: 'wr0ng' })).not.toContain(
    'wr0ng',
  );
  expect(JSON.parse((await run(home, ['logout', '--all', '--json'])).split('--- stdout\n')[1] ?? '')).toEqual({
    format: 'packyard-logout/1',
    forgotten: [`${server.url}/`],
  });
});

test('without a name, the login of the registry that is configured', async () => {
  const home = await settingsHome();
  home.project({ registry: 'https://packs.example/' });
  await run(home, ['login', 'https://packs.example/', '--stdin', '--no-verify'], 's3cr3t');
  await run(home, ['login', 'https://other.example/', '--stdin', '--no-verify'], 's3cr3t');
  expect(await run(home, ['logout'])).toBe('exit status 0\n--- stdout\nForgot the login for https://packs.example/.');
  expect(readFileSync(join(home.folder, 'credentials.json'), 'utf8')).toContain('https://other.example/');
});

describe('what cannot be', () => {
  const URL_A = 'https://a.example/';
  test.each([
    [['login', URL_A], 'There is no terminal to ask for the secret at.'],
    [['login', URL_A, '--variable', 'NONE'], 'The variable NONE is not set.'],
    [['login', URL_A, '--stdin'], 'The token is empty.'],
    [['login', '.', '--stdin'], '<project> is a folder: it needs no login.'],
    [['logout'], 'No registry is named, and none is the default.'],
    [['logout', 'work', '--all'], 'Both a registry and --all are given.'],
  ])('%j', async (args, message) => {
    expect(await run(await settingsHome(), args)).toMatch(`exit status 2\n--- stderr\nerror ${message}\n  → `);
  });

  test('two kinds at once', async () => {
    expect(await run(await settingsHome(), ['login', URL_A, '--token', '--username', 'me'])).toContain(
      "error Option '--username <name>' cannot be used with option '--token'",
    );
  });

  test('the secret of a pipe for a name that only a project gives', async () => {
    const home = await settingsHome();
    home.project({ registries: { work: { url: 'https://evil.example/' } } });
    expect(await run(home, ['login', 'work', '--stdin', '--no-verify'], 's3cr3t')).toBe(`exit status 2
--- stderr
error Only <project>/packyard.json says that this registry is at https://evil.example/, and anybody may have written that.
  → If it is right, name the address: packyard login https://evil.example/`);
    expect(existsSync(join(home.folder, 'credentials.json'))).toBe(false);
  });
});

describe('at a terminal', () => {
  function hasScript(): boolean {
    try {
      execFileSync('script', ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }

  /** Runs the command at a real terminal, and types when it is asked. */
  async function typed(
    home: SettingsHome,
    args: string,
    keys: string,
  ): Promise<{ shown: string; status: number | null }> {
    const command = `${process.execPath} ${MAIN} ${args}`;
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      env: home.environment,
      cwd: home.cwd,
      stdio: 'pipe',
    });
    let shown = '';
    child.stdout.on('data', (data) => {
      const before = shown.includes(': ');
      shown += String(data);
      if (!before && shown.includes(': ')) child.stdin.write(keys);
    });
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { shown, status };
  }

  test('what is typed is not shown', { timeout: 20_000 }, async ({ skip }) => {
    if (!hasScript()) return skip('script (util-linux) is not installed');
    const home = await settingsHome();
    const { shown, status } = await typed(
      home,
      'login https://a.example/ --username me --no-verify',
      'wrong\u0015s3cr3tx\u007f\r',
    );
    expect([shown.includes('s3cr3t'), status]).toEqual([false, 0]);
    expect(shown).toContain('Password of me for https://a.example/: ');
    expect(readFileSync(join(home.folder, 'credentials.json'), 'utf8')).toContain('"secret": "s3cr3t"');
    return undefined;
  });

  test('Ctrl-C gives up', { timeout: 20_000 }, async ({ skip }) => {
    if (!hasScript()) return skip('script (util-linux) is not installed');
    const home = await settingsHome();
    const { shown, status } = await typed(home, 'login https://a.example/ --no-verify', 's3cr3t\u0003');
    expect(status).toBe(2);
    expect(shown).toContain('No secret was given, and nothing was stored.');
    expect(existsSync(join(home.folder, 'credentials.json'))).toBe(false);
    return undefined;
  });
});

test('a command ends though a proxy keeps its connections open', { timeout: 20_000 }, async () => {
  const home = await settingsHome();
  const [server, proxy] = [await httpServer(servesFiles(publishedRegistry())), await proxyServer()];
  const shown = await run(home, ['registry', 'show', server.url], '', { http_proxy: proxy.url });
  expect(shown).toContain(`proxy      ${proxy.url}/`);
  expect(shown).toContain('title      Demo');
  expect(proxy.asked).not.toEqual([]);
});
