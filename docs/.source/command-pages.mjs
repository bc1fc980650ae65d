/** Path and text of each page of docs/commands: an index by group, and one page for each command with its own commands. */
export function commandPages(program) {
  const pages = program.commands.map((command) => [`commands/${command.path.join('-')}.md`, page(command)]);
  return [['commands/README.md', index(program)], ...pages];
}

function index(program) {
  const groups = [...new Set(program.commands.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const rows = program.commands.filter((command) => command.group === group).flatMap(indexRows);
    return `## ${group.replace(/:$/u, '')}\n\n${table(['command', 'what it does'], rows)}`;
  });
  return `# Commands

${program.description} This is what \`packyard help <command>\` shows, and what the man page packyard(1) says.

${sections.join('\n\n')}

${exitStatus(program)}`;
}

function indexRows(command) {
  const [first] = command.path;
  const words = command.path.join(' ');
  const link = command.path.length === 1 ? `${first}.md` : `${first}.md#${heading(command).replaceAll(' ', '-')}`;
  return [[`[${words}](${link})`, inline(command.summary)], ...command.commands.flatMap(indexRows)];
}

function page(command) {
  return `${section(command, 1).join('\n\n')}\n\n${exitStatus(command)}`;
}

function section(command, depth) {
  const under = (title) => `${'#'.repeat(depth + 1)} ${title}`;
  return [
    `${'#'.repeat(depth)} ${heading(command)}`,
    inline(command.description),
    `\`\`\`\n${command.usage}\n\`\`\``,
    ...command.notes.map(({ verbatim, text }) => (verbatim ? `\`\`\`\n${text}\n\`\`\`` : inline(text))),
    ...argumentsTable(command, under),
    under('Options'),
    optionsTable(command),
    under('Examples'),
    command.examples.map(example).join('\n'),
    ...command.commands.flatMap((each) => section(each, depth + 1)),
  ];
}

function heading({ path }) {
  return ['packyard', ...path].join(' ');
}

function argumentsTable(command, under) {
  if (command.arguments.length === 0) return [];
  const rows = command.arguments.map(({ name, required, variadic, description, choices }) => [
    code(`${required ? '<' : '['}${name}${variadic ? '...' : ''}${required ? '>' : ']'}`),
    inline([description, ...(variadic ? ['may be repeated'] : []), ...(required ? [] : ['may be left out'])].filter(Boolean).join('; ')),
    choices.map(code).join(', '),
  ]);
  return [under('Arguments'), table(['argument', 'what it is', 'one of'], rows)];
}

function optionsTable(command) {
  const rows = command.options.map(({ flags, description, choices, default: usual }) => [
    code(flags),
    inline(description),
    choices.map(code).join(', '),
    usual === undefined ? '' : code(usual.replace(/^"(.*)"$/u, '$1')),
  ]);
  return table(['option', 'what it does', 'one of', 'default'], rows);
}

function example({ command, comment }) {
  return `- ${code(command)}${comment === '' ? '' : `\\\n  ${inline(comment)}`}`;
}

function exitStatus({ exitStatus: statuses }) {
  const rows = statuses.map(({ status, meaning }) => [status, inline(meaning)]);
  return `## Exit status\n\n${table(['status', 'meaning'], rows)}\n`;
}

/** Columns in which nothing stands are left out. */
function table(head, rows) {
  const kept = head.map((_, column) => rows.some((row) => row[column] !== ''));
  const line = (cells) => `| ${cells.filter((_, column) => kept[column]).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text) {
  const ticks = text.includes('`') ? '``' : '`';
  return `${ticks}${text.replaceAll('|', String.raw`\|`)}${ticks}`;
}

/** Text between code: what Markdown would take for markup is escaped. */
function inline(text) {
  return text
    .split(/(`[^`]*`)/u)
    .map((part, place) => (place % 2 === 1 ? part : part.replace(/[\\<>*_|[\]]/gu, String.raw`\$&`)))
    .join('');
}
