import { spawnSync } from 'node:child_process';

import { chromium } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';

import { serve } from '../../src/publish/serve/serve.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { PEERS_REQUIRED } from '../helpers/peers.ts';
import { scratch } from '../helpers/scratch.ts';

const browser = [process.env['CHROME'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && spawnSync(path, ['--version']).status === 0,
);
const skipped = browser === undefined && !PEERS_REQUIRED;

test.skipIf(skipped)(
  `a page in Chromium shows the packs, and a change to them by itself${skipped ? ' (skipped: no Chromium here)' : ''}`,
  { timeout: 120_000 },
  async () => {
    const repository = await gitRepository(packFiles('packs/demo-1.0.0'));
    const server = await serve({ repository: repository.path, port: 0, cache: await scratch() });
    onTestFinished(() => server.close());
    const started = await chromium.launch({
      executablePath: browser ?? expect.fail('there is no Chromium: name one in CHROME'),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    onTestFinished(() => started.close());
    const page = await started.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(server.url);
    await page.waitForSelector('td img');
    expect(await page.locator('tr').count()).toBe(2);
    const evil = '<img src=x onerror="document.title=1">';
    const manifest = { displayName: evil, annotations: { description: '<script>document.title = 2</script>' } };
    repository.write(packFiles('packs/other-1.0.0', { name: 'other', manifest }));
    await expect.poll(() => page.locator('tr').count(), { timeout: 60_000 }).toBe(3);
    expect(await page.locator('tr').nth(2).textContent()).toContain(evil);
    expect(await page.title()).toBe('packs');
    // Neither a script that was refused nor one that failed.
    expect(said).toEqual([]);
  },
);
