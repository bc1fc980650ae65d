import type { Command } from 'commander';

import type { AskedFacts, NewPackOptions, NewPackPlan } from '../contribute/new/new-pack-options.ts';
import { PackyardError } from '../errors.ts';
import { LAYERS, type Layer } from '../model/layer.ts';
import { choice, collect } from './arguments.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

interface NewFlags extends CommonFlags {
  readonly chart?: readonly string[];
  readonly chartSha256?: string;
  readonly icon?: boolean;
  readonly manifest?: readonly string[];
  readonly splitByKind?: boolean;
  readonly role?: readonly string[];
  readonly from?: string;
  readonly version?: string;
  readonly layer?: Layer;
  readonly displayName?: string;
  readonly addonType?: string;
  readonly cloudTypes?: readonly string[];
  readonly namespace?: string;
  readonly description?: string;
  readonly source?: string;
  readonly contributor?: string;
  readonly logo?: string;
  readonly out?: string;
  readonly repo?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly cache: boolean;
}

const HELP = `
Examples:
  packyard new --chart nginx-1.2.3.tgz                   a pack around a Helm chart, called as it is
  packyard new nginx --chart https://charts.example.org/nginx-1.2.3.tgz --layer addon
  packyard new whoami --manifest deploy.yaml service.yaml
  packyard new whoami --manifest all.yaml --split-by-kind
  packyard new node-tuning --role roles/node_tuning --version 1.0.0
  packyard new my-os --layer os                          nothing but what the layer needs
  packyard new --from nginx@1.2.3 --chart nginx-1.3.0.tgz
  packyard new nginx --chart nginx-1.2.3.tgz --dry-run   print what would be written

It goes where the packs of the repository lie, or to ./NAME-VERSION outside of one. Nothing is overwritten.

${EXIT_CODES}`;

export function addNewCommand(program: Command, context: CommandContext): void {
  program
    // Else --version would be that of the program.
    .enablePositionalOptions()
    .command('new')
    .argument('[name]', 'name of the pack; default: that of its chart or role')
    .summary('make a pack from a chart, manifests, a role or nothing')
    .description(
      'Makes a new pack of any layer: its pack.json, values.yaml and README.md, with what charts, manifests and roles say, and tells what is left to decide.',
    )
    .option('--chart <source>', 'a Helm chart: a .tgz, a folder or a URL; may be repeated', collect)
    .option('--chart-sha256 <hash>', 'what the SHA-256 of the chart must be, else exit 3')
    .option('--icon', 'fetch the icon that the chart names; default: where the chart was fetched too, over https')
    .option('--no-icon', 'do not fetch it')
    .option('--manifest <files...>', 'Kubernetes manifests, in the order in which they are applied')
    .option('--split-by-kind', 'with --manifest: one file for each kind of object')
    .option('--role <dir>', 'an Ansible role; may be repeated', collect)
    .option('--from <pack>', 'the next version of a pack that is there: NAME@VERSION')
    .option('--version <version>', 'version of the pack; default: that of the chart, or 1.0.0')
    .option('--layer <layer>', `${LAYERS.join(', ')}; default: addon`, choice(LAYERS))
    .option('--display-name <text>', 'what people see')
    .option('--addon-type <type>', 'what an addon is for, such as monitoring or security')
    .option('--cloud-types <types>', 'clouds that it works on, with commas; default: all', list)
    .option('--namespace <name>', 'namespace that it is installed into')
    .option('--description <text>', 'what it does, in a sentence')
    .option('--source <text>', 'who maintains it; default: community')
    .option('--contributor <text>', 'whom to ask about it; default: the name that Git knows')
    .option('--logo <file>', 'a picture (PNG, SVG, JPEG or WebP); default: the icon of the chart')
    .option('--out <dir>', "the pack's folder; default: as the repository lays packs out")
    .option('--repo <dir>', 'a folder of the repository; default: the current one')
    .option('--dry-run', 'print what would be written, and write nothing')
    .option('-y, --yes', 'ask nothing')
    .option('--no-cache', 'neither read nor write the cache')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print errors only')
    .addHelpText('after', HELP)
    .action((name: string | undefined, flags: NewFlags) => runNew(name, flags, context));
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

async function runNew(name: string | undefined, flags: NewFlags, { terminal, finish }: CommandContext): Promise<void> {
  refuse(flags);
  const { planNewPack } = await import('../contribute/new/plan-new-pack.ts');
  const plan = await planNewPack({ ...newPackOptions(name, flags), ...(await questions(flags, terminal)) });
  if (flags.dryRun !== true) {
    const { writeNewPack } = await import('../contribute/new/new-pack.ts');
    writeNewPack(plan);
  }
  await print(plan, flags, terminal);
  finish(plan.findings.some(({ severity }) => severity === 'error') ? 1 : 0);
}

function refuse({ splitByKind, manifest, from, cloudTypes }: NewFlags): void {
  if (splitByKind === true && manifest === undefined) {
    throw usage('--split-by-kind needs --manifest.', 'Name the manifests, or leave it out.');
  }
  if (splitByKind === true && from !== undefined) {
    throw usage('--split-by-kind and --from do not go together.', 'Leave out one of the two.');
  }
  if (cloudTypes?.length === 0) throw usage('--cloud-types names none.', 'Name some, as in aws,azure, or all.');
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}

function newPackOptions(name: string | undefined, flags: NewFlags): NewPackOptions {
  const { chart, chartSha256, icon, manifest, splitByKind, role, from, logo, out, repo, cache } = flags;
  return {
    ...askedFacts(name, flags),
    ...(chart !== undefined && { charts: chart }),
    ...(chartSha256 !== undefined && { chartSha256 }),
    ...(icon !== undefined && { icon }),
    ...(manifest !== undefined && { manifests: manifest }),
    ...(splitByKind !== undefined && { splitByKind }),
    ...(role !== undefined && { roles: role }),
    ...(from !== undefined && { from }),
    ...(logo !== undefined && { logo }),
    ...(out !== undefined && { out }),
    ...(repo !== undefined && { repository: repo }),
    ...(!cache && { cache: false }),
  };
}

function askedFacts(name: string | undefined, flags: NewFlags): AskedFacts {
  const { version, layer, displayName, addonType, cloudTypes, namespace, description, source, contributor } = flags;
  return {
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    ...(layer !== undefined && { layer }),
    ...(displayName !== undefined && { displayName }),
    ...(addonType !== undefined && { addonType }),
    ...(cloudTypes !== undefined && { cloudTypes }),
    ...(namespace !== undefined && { namespace }),
    ...(description !== undefined && { description }),
    ...(source !== undefined && { source }),
    ...(contributor !== undefined && { contributor }),
  };
}

async function questions(flags: NewFlags, terminal: Terminal): Promise<Pick<NewPackOptions, 'complete' | 'icon'>> {
  const { mayAsk } = await import('./prompt.ts');
  if (flags.from !== undefined || !mayAsk(flags, terminal)) return {};
  const { askFacts, askIcon } = await import('./new-questions.ts');
  return {
    complete: (proposed) => askFacts(proposed, askedFacts(undefined, flags)),
    ...(flags.icon === undefined && { icon: (shown) => askIcon(shown) }),
  };
}

async function print(plan: NewPackPlan, flags: NewFlags, terminal: Terminal): Promise<void> {
  const [{ formatNewPack, newPackDocument }, { standardOutput }] = await Promise.all([
    import('./new-report.ts'),
    import('./output-width.ts'),
  ]);
  const dryRun = flags.dryRun === true;
  if (flags.json === true) {
    const { jsonText } = await import('../check/reporters/json-text.ts');
    terminal.out(jsonText(newPackDocument(plan, dryRun)));
  } else if (flags.quiet !== true) terminal.out(formatNewPack(plan, dryRun, terminal.paintOut, standardOutput().width));
}
