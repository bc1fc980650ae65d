import type { Command } from 'commander';

import type { SearchDocument, SearchPack } from '../model/documents.ts';
import { jsonText } from '../check/reporters/json-text.ts';
import { oneLine } from '../check/one-line.ts';
import { PackyardError } from '../errors.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { addFilterFlags, filterOf, filterText, noPacks, type FilterFlags } from './filter-flags.ts';
import { standardOutput } from './output-width.ts';
import { addRegistryFlags, openRegistryOf, type RegistryFlags } from './registry-flags.ts';
import { printVersions } from './versions.ts';

type ListFlags = RegistryFlags & FilterFlags;

const HELP = `
Examples:
  packyard list                       every pack, with its latest version
  packyard list --layer cni           those of one layer
  packyard list nginx                 every version of one pack

${EXIT_CODES}`;

export function addListCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('list')
    .argument('[name]', 'name of a pack, to list its versions')
    .summary('list the packs of a registry, or the versions of one')
    .description('Lists the packs of a registry, or every version of one of them.');
  addRegistryFlags(addFilterFlags(command, 'default: all'))
    .addHelpText('after', HELP)
    .action((name: string | undefined, flags: ListFlags) => runList(name, flags, context));
}

async function runList(name: string | undefined, flags: ListFlags, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const chosen = flags.limit === undefined ? filterText(flags) : `--limit ${flags.limit}`;
  if (name !== undefined && chosen !== '') throw noChoiceOfVersions(name, chosen);
  const registry = await openRegistryOf(flags, terminal);
  try {
    if (name === undefined) await printPacks(await registry.searchDocument(), flags, registry.location, context);
    else await printVersions(registry, name, { ...flags, all: true }, context);
  } finally {
    await registry.close();
  }
}

async function printPacks(
  document: SearchDocument,
  flags: ListFlags,
  location: string,
  { terminal, finish }: CommandContext,
): Promise<void> {
  const { search } = await import('../client/search/search.ts');
  const { hits, total, filteredOut } = search(document, '', {
    ...filterOf(flags),
    ...(flags.limit !== undefined && { limit: flags.limit }),
  });
  const packs = hits.map(({ pack }) => pack);
  if (flags.json === true) terminal.out(jsonText(listDocument(packs, total)));
  else if (total === 0) terminal.err(`${oneLine(noneListed(location, flags, filteredOut))}\n`);
  else if (packs.length > 0) {
    const [{ listLines }, { linesText }] = await Promise.all([
      import('../client/view/list-lines.ts'),
      import('../client/view/pieces.ts'),
    ]);
    terminal.out(linesText(listLines(packs, standardOutput().width), terminal.paintOut));
  }
  const more = total - packs.length;
  if (more > 0 && flags.json !== true && flags.quiet !== true) {
    terminal.err(`${more} more: --limit ${total} shows all.\n`);
  }
  finish(total === 0 && filteredOut > 0 ? 1 : 0);
}

function noneListed(location: string, flags: FilterFlags, filteredOut: number): string {
  if (filteredOut === 0) return noPacks(location);
  if (filteredOut === 1) return `The one pack of ${location} does not fit ${filterText(flags)}.`;
  return `None of the ${filteredOut} packs of ${location} fits ${filterText(flags)}.`;
}

function noChoiceOfVersions(name: string, flags: string): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: `${oneLine(flags)} chooses among packs; with a name, every version of that pack is listed.`,
    hint: `Leave out the flag, as in packyard list ${oneLine(name)}, or the name.`,
  });
}

function listDocument(packs: readonly SearchPack[], total: number): unknown {
  return {
    format: 'packyard-list/1',
    total,
    packs: packs.map(({ name, latest, layer, displayName, description, addonType, cloudTypes, states, updatedAt }) => {
      const state = Object.hasOwn(states ?? {}, latest) ? states?.[latest] : 'active';
      return { name, latest, state, layer, displayName, description, addonType, cloudTypes, updatedAt };
    }),
  };
}
