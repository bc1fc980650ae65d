// Makes docs/rules/README.md, the table of all rules, from the catalog. Needs `npm run compile` first.
//
//   node docs/.source/rules.mjs            write it
//   node docs/.source/rules.mjs --check    write nothing; exit 1 if it would change
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { CATALOG } from '../../dist/check/catalog.js';
import { presetLevel } from '../../dist/check/levels.js';

/** What the rules of each group are about, in the order of the page. */
const GROUPS = {
  config: 'The configuration, `registry.yaml`.',
  pack: 'The manifest of a pack, `pack.json`.',
  chart: 'Helm charts, as packed `.tgz` files.',
  values: 'The values of a pack, `values.yaml`.',
  image: 'Container images that a pack names or uses.',
  manifest: 'Kubernetes manifests.',
  role: 'Ansible roles.',
  constraint: 'What a pack wants of others and of a cluster.',
  schema: 'The schema of the values, `schema.yaml`.',
  presets: 'Presets of the values, `presets.yaml`.',
  file: 'The files of a pack.',
  readme: 'The description of a pack, `README.md`.',
  logo: 'The logo of a pack.',
  secrets: 'What must not be published.',
  registry: 'All packs of a repository together.',
  status: 'What is said about releases, `status/<name>.yaml`.',
  history: 'The Git history.',
  check: 'Comments that allow findings.',
};

const REPAIRS = { safe: '`--fix`', unsafe: '`--fix --unsafe`' };

const page = new URL('../rules/README.md', import.meta.url);
const text = readme();
const same = existsSync(page) && readFileSync(page, 'utf8') === text;
if (same) process.exitCode = 0;
else if (process.argv.includes('--check')) {
  process.stderr.write('docs/rules/README.md is not what docs/.source/rules.mjs makes of the catalog\n');
  process.exitCode = 1;
} else writeFileSync(page, text);

function readme() {
  const ids = Object.keys(CATALOG).toSorted();
  const groups = [...new Set([...Object.keys(GROUPS), ...ids.map(groupOf)])];
  const sections = groups.flatMap((group) => {
    const rules = ids.filter((id) => groupOf(id) === group);
    return rules.length === 0 ? [] : [section(group, rules)];
  });
  return `${introduction(ids.length)}\n${sections.join('\n')}`;
}

function introduction(count) {
  return `# Rules

What \`packyard check\` looks for: ${count} rules. \`packyard explain <rule>\` shows a rule's page. Three presets say how much
each matters: \`recommended\`, \`strict\`, which takes one step more of almost everything, and \`compat\`, which keeps only
what is broken. \`registry.yaml\` picks one with \`check.extends\`, and sets single rules with \`check.rules\`. What a command
stands for in the last column, it repairs.

In YAML and Markdown files, a comment on the line of a finding, or alone on the line above it, allows it there:
\`# packyard: allow <rule> -- <reason>\`, in Markdown \`<!-- packyard: allow <rule> -- <reason> -->\`. With \`allow-file\` in
the first 20 lines it is for the whole file. Several rules are separated by commas.
`;
}

function section(group, rules) {
  const rows = rules.map((id) => {
    const { title, fix } = CATALOG[id];
    const levels = ['recommended', 'strict', 'compat'].map((preset) => presetLevel(id, preset));
    return `| ${[`[${id}](${id}.md)`, title, ...levels, REPAIRS[fix] ?? ''].join(' | ')} |`;
  });
  const head = '| rule | what is wrong | recommended | strict | compat | repaired by |\n| --- | --- | --- | --- | --- | --- |';
  return `## ${group}\n\n${[GROUPS[group], `${head}\n${rows.join('\n')}`].filter(Boolean).join('\n\n')}\n`;
}

function groupOf(id) {
  return id.slice(0, id.indexOf('/'));
}
