import type { Command } from 'commander';

import type { SearchHit, SearchResult } from '../client/search/search.ts';
import { jsonText } from '../check/reporters/json-text.ts';
import { oneLine } from '../check/one-line.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { addFilterFlags, filterOf, filterText, noPacks, type FilterFlags } from './filter-flags.ts';
import { standardOutput } from './output-width.ts';
import { addRegistryFlags, openRegistryOf, type RegistryFlags } from './registry-flags.ts';
import type { Terminal } from './terminal.ts';

type SearchFlags = RegistryFlags & FilterFlags;

const DEFAULT_LIMIT = 20;

const HELP = `
Examples:
  packyard search ingress                      packs with that word in their name or description
  packyard search argocd                       finds argo-cd as well; typos are forgiven
  packyard search storage --layer csi --cloud aws
  packyard search kafka --json --limit 1       the best one, for a program

Names count more than display names, and these more than descriptions. All words have to be found.

${EXIT_CODES}`;

export function addSearchCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('search')
    .argument('<text...>', 'words that have to be found')
    .summary('find packs of a registry')
    .description('Finds packs of a registry by their name, display name and description, the best first.');
  addRegistryFlags(addFilterFlags(command, `default: ${DEFAULT_LIMIT}`))
    .addHelpText('after', HELP)
    .action((words: readonly string[], flags: SearchFlags) => runSearch(words.join(' '), flags, context));
}

async function runSearch(text: string, flags: SearchFlags, { terminal, finish }: CommandContext): Promise<void> {
  const registry = await openRegistryOf(flags, terminal);
  try {
    const [{ search }, document] = await Promise.all([import('../client/search/search.ts'), registry.searchDocument()]);
    const result = search(document, text, { ...filterOf(flags), limit: flags.limit ?? DEFAULT_LIMIT });
    if (flags.json === true) terminal.out(jsonText(searchDocument(text, result)));
    else if (document.packs.length === 0) terminal.err(`${oneLine(noPacks(registry.location))}\n`);
    else if (result.total === 0) terminal.err(notFound(text, result, flags, registry.location, terminal));
    else await printHits(result, flags, terminal);
    finish(result.total === 0 ? 1 : 0);
  } finally {
    await registry.close();
  }
}

async function printHits({ hits, total }: SearchResult, flags: SearchFlags, terminal: Terminal): Promise<void> {
  const [{ searchLines }, { linesText }] = await Promise.all([
    import('../client/view/search-lines.ts'),
    import('../client/view/pieces.ts'),
  ]);
  if (hits.length > 0) terminal.out(linesText(searchLines(hits, standardOutput().width), terminal.paintOut));
  const more = total - hits.length;
  if (more > 0 && flags.quiet !== true) terminal.err(`${more} more: --limit ${total} shows all.\n`);
}

function notFound(
  text: string,
  result: SearchResult,
  flags: FilterFlags,
  location: string,
  { paintErr }: Terminal,
): string {
  const filter = filterText(flags);
  const asked = `${JSON.stringify(text.slice(0, 100))}${filter === '' ? '' : ` with ${filter}`}`;
  return `${oneLine(`No pack of ${location} fits ${asked}.`)}\n  ${paintErr('cyan', '→')} ${oneLine(notFoundHint(result))}\n`;
}

function notFoundHint({ filteredOut, nearest }: SearchResult): string {
  if (filteredOut > 0) return `Without that, ${filteredOut === 1 ? 'there is one' : `there are ${filteredOut}`}.`;
  return nearest.length > 0 ? `Did you mean ${nearest.join(', ')}?` : 'packyard list shows all packs.';
}

function searchDocument(text: string, { hits, total, filteredOut, nearest }: SearchResult): unknown {
  return { format: 'packyard-search-result/1', text, total, filteredOut, hits: hits.map(hitDocument), nearest };
}

function hitDocument({ pack, kind, field, found }: SearchHit): unknown {
  const { name, displayName, description, layer, addonType, cloudTypes, latest, versions, states, updatedAt } = pack;
  const facts = { name, displayName, description, layer, addonType, cloudTypes, latest, versions, states, updatedAt };
  return { ...facts, match: { kind, field, found } };
}
