import type { Command } from 'commander';

import { formatBytes } from '../model/format-bytes.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { jsonText } from '../check/reporters/json-text.ts';

const HELP = `
Examples:
  packyard cache dir       where the cache is
  packyard cache clear     remove it; what was in it is built or fetched anew

The cache is in PACKYARD_CACHE_DIR, else where the platform keeps caches.

${EXIT_CODES}`;

const DIR_HELP = `
Examples:
  packyard cache dir            for people
  packyard cache dir --json     for a program

${EXIT_CODES}`;

const CLEAR_HELP = `
Examples:
  packyard cache clear             says how much that was
  packyard cache clear --quiet     says nothing

${EXIT_CODES}`;

export function addCacheCommand(program: Command, { terminal, finish }: CommandContext): void {
  const cache = program
    .command('cache')
    .summary('show or clear what builds, publishers and clients keep')
    .description('Shows or clears what builds, publishers and clients keep from one run to the next.')
    .addHelpText('after', HELP);
  cache
    .command('dir')
    .summary('print its folder')
    .description('Prints the folder of the cache.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', DIR_HELP)
    .action(async ({ json }: CommonFlags) => {
      const { defaultCacheDirectory } = await import('../remote/cache-directory.ts');
      const directory = defaultCacheDirectory();
      terminal.out(json === true ? jsonText({ format: 'packyard-cache/1', directory }) : `${directory}\n`);
      finish(0);
    });
  cache
    .command('clear')
    .summary('remove it')
    .description('Removes the cache.')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print nothing')
    .addHelpText('after', CLEAR_HELP)
    .action(async ({ json, quiet }: CommonFlags) => {
      const [{ clearCache }, { CLIENT_FOLDER }, { PUBLISH_FOLDER }, { CLONES_FOLDER }, { defaultCacheDirectory }] =
        await Promise.all([
          import('../build/clear-cache.ts'),
          import('../client/cache/client-folder.ts'),
          import('../publish/known-hashes.ts'),
          import('../contribute/push/registry-clone.ts'),
          import('../remote/cache-directory.ts'),
        ]);
      const { directory, bytes } = await clearCache(defaultCacheDirectory(), [
        CLIENT_FOLDER,
        PUBLISH_FOLDER,
        CLONES_FOLDER,
      ]);
      if (json === true) terminal.out(jsonText({ format: 'packyard-cache/1', directory, bytesRemoved: bytes }));
      else if (quiet !== true) terminal.out(`Removed ${formatBytes(bytes)} from ${directory}\n`);
      finish(0);
    });
}
