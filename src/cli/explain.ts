import type { Command } from 'commander';

import { PackyardError } from '../errors.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES } from './exit-code.ts';
import { jsonText } from '../check/reporters/json-text.ts';

const HELP = `
Examples:
  packyard explain chart/missing-file     what the rule means, why, and how to mend what it finds
  packyard explain                        every rule, with what it looks for

${EXIT_CODES}`;

export function addExplainCommand(program: Command, { terminal }: CommandContext): void {
  program
    .command('explain')
    .argument('[rule]', 'id of a rule, as findings show it; default: list them all')
    .summary('print the page of a rule of check')
    .description('Prints the page of a rule: what it finds, why that matters, an example, how to mend it.')
    .option('--json', 'print the rule as JSON')
    .addHelpText('after', HELP)
    .action(async (rule: string | undefined, { json }: { readonly json?: boolean }) => {
      const { explain, listRules } = await import('../check/explain.ts');
      if (rule === undefined) {
        const rules = listRules();
        const width = Math.max(...rules.map(({ id }) => id.length));
        terminal.out(
          json === true
            ? jsonText({ rules })
            : rules.map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`).join(''),
        );
        return;
      }
      const explained = await explain(rule);
      if ('unknown' in explained) throw unknownRule(rule, explained.suggestion);
      terminal.out(json === true ? jsonText(explained) : explained.page);
    });
}

function unknownRule(rule: string, suggestion: string | undefined): PackyardError {
  return new PackyardError({
    code: 'unknown-rule',
    message: `There is no rule ${JSON.stringify(rule)}.`,
    hint: suggestion === undefined ? 'Run `packyard explain` for a list.' : `Did you mean ${suggestion}?`,
  });
}
