import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { InvalidArgumentError, type Command } from 'commander';

import { PackyardError, systemCode } from '../errors.ts';
import { CONFIG_FILE } from '../model/registry-config.ts';
import type { PlaceOptions, PublishResult, PublishWarning } from '../publish/publish-options.ts';
import type { Store } from '../publish/store.ts';
import { wholeNumber } from './arguments.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { byteCount, duration, keepDuration, strayFlag, type PublishFlags } from './publish-flags.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
TARGET is a folder that a host serves, or s3://BUCKET/PREFIX. With --branch it is a branch of a Git remote, and with
--pages a new folder for GitHub's own actions (upload-pages-artifact, deploy-pages).

What refers to a file appears after it, index.json last and only if nobody else replaced it meanwhile: readers get the
registry that was live before, or the new one. Where another publisher was faster it is looked at again; a newer serial
stays. Running it again after any failure finishes the job. What is there already is not sent again.

S3 credentials are found as the AWS tools find them (variables, profiles, roles); they are never arguments.

Examples:
  packyard publish /srv/packs                          a folder of this machine
  packyard publish s3://packs/stable --region eu-central-1 --url https://packs.example.org/
                                                       a bucket; then everything new is asked for at its address
  packyard publish s3://packs --endpoint https://ACCOUNT.r2.cloudflarestorage.com
                                                       a bucket of R2, MinIO or another server
  packyard publish --branch gh-pages                   a branch of origin
  packyard publish ./site --pages                      what GitHub Pages takes from a workflow
  packyard publish /srv/packs --dry-run                what would be sent and removed
  packyard publish /srv/packs --prune --keep 7d        remove what was live at no time of the last 7 days
  packyard publish /srv/packs --rollback 227           make serial 227 live again

${EXIT_CODES}`;

const KEEP = 7 * 86_400_000;

export function addPublishCommand(program: Command, context: CommandContext): void {
  program
    .command('publish')
    .argument('[target]', 'where to: a folder, or s3://BUCKET/PREFIX; none with --branch')
    .summary('put a built registry where readers get it')
    .description('Puts the registry that `packyard build` made to the place from which readers get it.')
    .option('--from <dir>', 'the folder that was built', 'public')
    .option('--dry-run', 'print what would be sent and removed, and change nothing')
    .option('--prune', 'afterwards remove what neither this registry nor one of the time of --keep refers to')
    .option('--keep <time>', 'how long what was live stays whole; default: 7d', keepDuration)
    .option('--rollback <serial>', 'make an earlier registry live again, from what is there')
    .option('--url <address>', 'where readers find it: everything new is asked for there afterwards')
    .option('--wait <time>', 'how long a CDN may be behind; default: 60s', duration)
    .option('--no-probe', 'do not ask --url for anything')
    .option(
      '--limit <size>',
      'most bytes of the place; default: limits.site of registry.yaml, or what the place allows',
      byteCount,
    )
    .option('--branch <name>', 'publish to a branch of a Git remote')
    .option('--remote <remote>', 'name or address of that remote; default: origin')
    .option('--squash', 'leave one commit only on the branch')
    .option('--pages', "prepare TARGET for GitHub's upload-pages-artifact")
    .option('--endpoint <address>', 'of an S3 server that is not Amazon’s')
    .option('--region <name>', 'of the bucket')
    .option('--path-style', 'name the bucket in the path, not in the host name')
    .option('--concurrency <count>', 'files that are sent at once; default: 8', positive)
    .option('--repo <dir>', 'the repository with registry.yaml, and of --remote', '.')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print warnings and errors only')
    .addHelpText('after', HELP)
    .action(async (target: string | undefined, flags: PublishFlags) => {
      const stray = strayFlag(target, flags);
      if (stray !== undefined) throw usage(stray, 'Run the command with --help to see what goes together.');
      context.finish(
        flags.pages === true
          ? await runPages(target, flags, context.terminal)
          : await run(target, flags, context.terminal),
      );
    });
}

function positive(value: string): number {
  const count = wholeNumber(value);
  if (count === 0) throw new InvalidArgumentError('It is a whole number, 1 or more.');
  return count;
}

async function run(target: string | undefined, flags: PublishFlags, terminal: Terminal): Promise<0 | 1> {
  const { branch, remote, squash, repo, endpoint, region, pathStyle } = flags;
  const [{ openStore }, { defaultCacheDirectory }] = await Promise.all([
    import('../publish/open-store.ts'),
    import('../remote/cache-directory.ts'),
  ]);
  const store = await openStore({
    ...(target !== undefined && { target }),
    ...(branch !== undefined && { branch }),
    ...(remote !== undefined && { remote }),
    ...(squash !== undefined && { squash }),
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    ...(pathStyle !== undefined && { pathStyle }),
    repository: repo,
    state: defaultCacheDirectory(),
  });
  try {
    return await runWith(store, flags, { terminal, back: backCommand(target, flags) });
  } finally {
    await store.close();
  }
}

interface RunParts {
  readonly terminal: Terminal;
  readonly back: string;
}

async function runWith(store: Store, flags: PublishFlags, { terminal, back }: RunParts): Promise<0 | 1> {
  const [{ publishProgress }, { publishDocument, publishText }, limit] = await Promise.all([
    import('./publish-progress.ts'),
    import('./publish-report.ts'),
    siteLimit(flags),
  ]);
  const { json, quiet, dryRun, url, probe, wait, concurrency, rollback, prune, keep = KEEP, from } = flags;
  const warnings: PublishWarning[] = [];
  const progress = publishProgress(terminal);
  const silent = quiet === true || json === true;
  const place: PlaceOptions = {
    store,
    dryRun: dryRun === true,
    ...(limit !== undefined && { limit }),
    ...(url !== undefined && probe && { url }),
    ...(wait !== undefined && { patience: wait }),
    ...(concurrency !== undefined && { width: concurrency }),
    onEvent(event) {
      if (event.kind === 'warning') warnings.push(event.warning);
      if (!silent || (event.kind === 'warning' && json !== true)) progress.report(event);
    },
  };
  let result: PublishResult;
  try {
    if (rollback === undefined) {
      const { publish } = await import('../publish/publish.ts');
      result = await publish({ ...place, from, ...(prune === true && { prune: { keep } }) });
    } else {
      const module = await import('../publish/rollback.ts');
      result = await module.rollback({ ...place, serial: rollback });
    }
  } finally {
    progress.end();
  }
  if (json === true) {
    const { jsonText } = await import('../check/reporters/json-text.ts');
    terminal.out(jsonText(publishDocument(result, warnings)));
  } else if (quiet !== true || result.probe?.ok === false) terminal.out(publishText(result, back));
  return result.probe?.ok === false ? 1 : 0;
}

async function runPages(target: string | undefined, flags: PublishFlags, terminal: Terminal): Promise<0> {
  if (target === undefined) throw usage('--pages needs the folder that is to be filled.', 'Name a new one: ./site.');
  const [{ preparePages }, { formatBytes }, { oneLine }, { jsonText }, limit] = await Promise.all([
    import('../publish/pages/prepare-pages.ts'),
    import('../model/format-bytes.ts'),
    import('../check/one-line.ts'),
    import('../check/reporters/json-text.ts'),
    siteLimit(flags),
  ]);
  const { from, dryRun, json, quiet } = flags;
  const plan = await preparePages({
    from,
    to: target,
    dryRun: dryRun === true,
    ...(limit !== undefined && { limit }),
  });
  const { entries, others, added, bytes } = plan;
  const files = entries.length + others.length + added.length;
  if (json === true) {
    terminal.out(
      jsonText({ format: 'packyard-pages/1', to: target, dryRun: dryRun === true, files, bytes, limit: plan.limit }),
    );
  } else if (quiet !== true) {
    const done = dryRun === true ? 'Would prepare' : 'Prepared';
    terminal.out(
      `${oneLine(`${done} ${target} for GitHub Pages: ${files} files, ${formatBytes(bytes)} of ${formatBytes(plan.limit)}`)}\n`,
    );
  }
  return 0;
}

/** What registry.yaml says, where it is at hand: a folder can be published without its repository. */
async function siteLimit({ limit, repo }: PublishFlags): Promise<number | undefined> {
  if (limit !== undefined) return limit;
  let data: Buffer;
  try {
    data = await readFile(join(repo, CONFIG_FILE));
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
  const { parseConfig } = await import('../build/parse-config.ts');
  return (await parseConfig(data)).config.limits.site;
}

/** The command that goes back, but for the serial. */
function backCommand(target: string | undefined, flags: PublishFlags): string {
  const { branch, remote, endpoint, region, repo, squash, pathStyle } = flags;
  const place = target === undefined ? ['--branch', branch ?? ''] : [target];
  // Of a branch it says where its remote is named; elsewhere only what a place may hold.
  const from = target === undefined && repo !== '.' ? repo : undefined;
  const more = { '--repo': from, '--remote': remote, '--endpoint': endpoint, '--region': region };
  const options = Object.entries(more).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]));
  const switches = [...(squash === true ? ['--squash'] : []), ...(pathStyle === true ? ['--path-style'] : [])];
  return ['packyard publish', ...[...place, ...options, ...switches].map(quoted), '--rollback'].join(' ');
}

/** As a shell takes it. Addresses hold credentials sometimes, which nobody wants to see. */
function quoted(argument: string): string {
  const shown = argument.replace(/\/\/[^/@]*@/u, '//…@');
  return /^[\w./:@%+=…-]+$/u.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
