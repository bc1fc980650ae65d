// Runs `packyard check` over every pack without a cache, over one changed pack with --since, and beside both `node -e 0`,
// in turns, and prints medians.
//
//   node bench/check.mjs [repository-or-bundle] [rounds]
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { cli, median, project, requireCompiled, table, time } from './measure.mjs';

requireCompiled();
const source = resolve(process.argv[2] ?? join(project, '../shared/corpus/community-packs.bundle'));
const rounds = Number(process.argv[3] ?? 9);
if (!existsSync(source)) {
  console.error(`${source} does not exist: name a Git repository, or a bundle of one, with packs below packs/.`);
  process.exit(2);
}
const LIMITS = { all: 4000, since: 3 };
const folder = mkdtempSync(join(tmpdir(), 'packyard-bench-'));
const repository = join(folder, 'repository');
const git = (...args) =>
  execFileSync('git', args, { cwd: existsSync(repository) ? repository : folder, stdio: ['ignore', 'pipe', 'ignore'] });
const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org'];
const FINDINGS = 1;
const options = {
  cwd: repository,
  env: { ...process.env, PACKYARD_CACHE_DIR: join(folder, 'cache') },
  statuses: [0, FINDINGS],
};
const check = (...args) => time(process.execPath, [cli, 'check', '--quiet', ...args], options);

try {
  git('clone', '--quiet', '--branch', 'main', source, repository);
  const [pack] = readdirSync(join(repository, 'packs'));
  appendFileSync(join(repository, 'packs', pack, 'values.yaml'), '# changed\n');
  git(...identity, 'commit', '--quiet', '--all', '--message', 'change one pack');
  // Within the second of a clone Git takes every file for possibly changed, until its index is written again.
  await setTimeout(1500);
  git('update-index', '--refresh');
  git('update-index', '--force-write-index');
  const results = { node: [], all: [], since: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const measured = {
      node: time(process.execPath, ['-e', '0']),
      all: check('--no-cache'),
      since: check('--since', 'HEAD~1'),
    };
    // The first round fills the disk's cache and Packyard's, and does not count.
    if (round > 0) for (const name of Object.keys(results)) results[name].push(measured[name]);
  }
  const [node, all, since] = [median(results.node), median(results.all), median(results.since)];
  console.log(`${rounds} rounds, ${availableParallelism()} cores, Node ${process.versions.node}\n`);
  console.log(
    table([
      ['what', 'median', 'to `node -e 0`', 'limit'],
      ['`node -e 0`', `${Math.round(node)} ms`, '1.00', ''],
      ['check everything, without a cache', `${Math.round(all)} ms`, (all / node).toFixed(1), `${LIMITS.all} ms`],
      ['check --since, one pack changed', `${Math.round(since)} ms`, (since / node).toFixed(2), String(LIMITS.since)],
    ]),
  );
  process.exitCode = all <= LIMITS.all && since / node <= LIMITS.since ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
