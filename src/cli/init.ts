import { basename } from 'node:path';

import type { Command } from 'commander';

import { PUBLISH_TARGETS, type InitAnswers, type PublishTarget } from '../contribute/init/init-options.ts';
import { choice, collect } from './arguments.ts';
import type { CommandContext, CommonFlags } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { mayAsk } from './prompt.ts';

interface InitFlags extends CommonFlags {
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  readonly repository?: string;
  readonly url?: string;
  readonly host?: PublishTarget;
  readonly owners?: readonly string[];
  readonly branch?: string;
  readonly pack?: string | false;
  readonly git: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

const HELP = `
Adds what is missing, and overwrites nothing: run it in a repository that has packs, and they are found.
On a terminal it asks for what no flag says; elsewhere, and with --yes, the default is taken.

Examples:
  packyard init my-registry                  a new repository, with questions
  packyard init --yes                        make the current folder a registry, with every default
  packyard init --yes --host s3 --url https://packs.example.org/ --owners @acme/platform
                                             published to a bucket, reviewed by a team
  packyard init --dry-run                    what would be added

${EXIT_CODES}`;

export function addInitCommand(program: Command, context: CommandContext): void {
  program
    .command('init')
    .argument('[dir]', 'folder of the repository, made where there is none; default: the current folder')
    .summary('make a repository of packs that becomes a registry')
    .description(
      'Makes a folder the repository of a registry: configuration, schemas for editors, workflows, guides, and a first pack.',
    )
    .option('--name <name>', 'short name of the registry; default: that of the remote or the folder')
    .option('--title <text>', 'what people see')
    .option('--description <text>', 'one or two sentences about the registry')
    .option('--repository <url>', 'public address of the Git repository; default: that of the remote')
    .option('--url <url>', 'where readers will find the registry; default: the GitHub Pages of the remote')
    .option('--host <target>', `where it is published: ${PUBLISH_TARGETS.join(', ')}`, choice(PUBLISH_TARGETS))
    .option('--owners <owner>', 'who reviews: @user, @organisation/team; may be repeated', collect)
    .option('--branch <branch>', 'the branch that is published')
    .option(
      '--pack <name>',
      'name of the first pack; default: hello-world, or none where packs or registry.yaml are there',
    )
    .option('--no-pack', 'add no pack')
    .option('--no-git', 'make no Git repository where there is none')
    .option('-y, --yes', 'take every default, and ask nothing')
    .option('--dry-run', 'print what would be added, and change nothing')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'print errors only')
    .addHelpText('after', HELP)
    .action((directory: string | undefined, flags: InitFlags) => runInit(directory, flags, context));
}

async function runInit(directory = '.', flags: InitFlags, { terminal }: CommandContext): Promise<void> {
  const { json, quiet } = flags;
  const dryRun = flags.dryRun === true;
  const { init } = await import('../contribute/init/init.ts');
  const answers = mayAsk(flags, terminal) ? await asked(directory, flags) : await given(flags);
  const called = calledByName() ? { packyard: 'packyard' } : {};
  const result = await init({ ...answers, ...called, directory, git: flags.git, dryRun });
  const { formatInit, initDocument } = await import('./init-report.ts');
  if (json === true) {
    const { jsonText } = await import('../check/reporters/json-text.ts');
    terminal.out(jsonText(initDocument(result, dryRun)));
  } else if (quiet !== true) terminal.out(formatInit(result, dryRun, terminal.paintOut));
}

/** Whether the shell found the command itself; not where npx, a script of npm or Node was told to run it. */
function calledByName(): boolean {
  const { npm_command: npm, npm_lifecycle_event: script } = process.env;
  return npm === undefined && script === undefined && /^packyard(?:\.\w+)?$/u.test(basename(process.argv[1] ?? ''));
}

async function asked(directory: string, flags: InitFlags): Promise<InitAnswers> {
  const [{ initFacts }, { initQuestions }, { openPrompt }] = await Promise.all([
    import('../contribute/init/init-facts.ts'),
    import('./init-questions.ts'),
    import('./prompt.ts'),
  ]);
  const facts = await initFacts(directory);
  const prompt = await openPrompt('Nothing was decided, and nothing was written.');
  return initQuestions(prompt, facts, await given(flags));
}

async function given(flags: InitFlags): Promise<InitAnswers> {
  const { name, title, description, repository, url, host, owners, branch, pack } = flags;
  const { words } = await import('./init-questions.ts');
  return {
    ...(name !== undefined && { name }),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(repository !== undefined && { repository }),
    ...(url !== undefined && { url }),
    ...(host !== undefined && { host }),
    ...(owners !== undefined && { owners: owners.flatMap(words) }),
    ...(branch !== undefined && { branch }),
    ...(pack !== undefined && { pack }),
  };
}
