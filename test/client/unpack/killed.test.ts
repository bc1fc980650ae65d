import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { installPack } from '../../../src/client/unpack/install-pack.ts';
import { scratch } from '../../helpers/scratch.ts';
import { ROOT } from './hostile-tar.ts';
import { soundArchive } from './sound-archive.ts';
import { everythingIn } from './surroundings.ts';

const INSTALL = join(import.meta.dirname, '../../../dist/client/unpack/install-pack.js');
const KILLS = 25;

function contents(word: string): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`d${index % 7}/f${index}`, `${word} ${index}\n`]),
  );
}

const [ODD, EVEN] = [soundArchive(contents('odd')), soundArchive(contents('even'))];

/** Installs one and the other in turn, until it is killed. */
const SCRIPT = `
  import { createReadStream } from 'node:fs';
  import { installPack } from ${JSON.stringify(INSTALL)};
  const [folder] = process.argv.slice(1);
  process.stdout.write('ready');
  for (let turn = 0; ; turn += 1) {
    const archive = createReadStream(folder + (turn % 2 === 0 ? '/odd' : '/even'), { highWaterMark: 300 });
    await installPack(archive, folder + '/packs/demo', { root: '${ROOT}', force: true });
  }`;

test('killed at any moment, only whole packs are ever visible, and the next run clears up', async () => {
  const folder = await scratch();
  writeFileSync(join(folder, 'odd'), ODD.bytes);
  writeFileSync(join(folder, 'even'), EVEN.bytes);
  const packs = join(folder, 'packs');
  const whole = [ODD, EVEN].map(async ({ open }, index) => {
    await installPack(open(), join(folder, `whole-${index}`), { root: ROOT });
    return everythingIn(join(folder, `whole-${index}`));
  });
  const expected = await Promise.all(whole);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // One that fails to start ends by itself.
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    expect(child.exitCode).toBeNull();
    await setTimeout(Math.random() * 60);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const visible = (existsSync(packs) ? readdirSync(packs) : []).filter((name) => !name.startsWith('.packyard-'));
    expect([[], ['demo']]).toContainEqual(visible);
    if (visible.length > 0) expect(expected).toContainEqual(everythingIn(join(packs, 'demo')));
  }
  await installPack(ODD.open(), join(packs, 'demo'), { root: ROOT, force: true });
  expect(readdirSync(packs)).toEqual(['demo']);
  expect(everythingIn(join(packs, 'demo'))).toEqual(expected[0]);
});
