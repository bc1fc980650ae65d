/** The man page packyard(1), in the macros of man(7). It holds no date, so that the same commands give the same bytes. */
export function manualPage(program) {
  return `${[
    String.raw`.\" Made by docs/.source/commands.mjs.`,
    '.TH PACKYARD 1 "" "Packyard" "Packyard Manual"',
    '.SH NAME',
    String.raw`packyard \- ${roff(nameLine(program))}`,
    '.SH SYNOPSIS',
    ...program.commands.flatMap(synopses).flatMap((usage, index) => [...(index === 0 ? [] : ['.br']), usage]),
    '.SH DESCRIPTION',
    line(program.description),
    '.SH OPTIONS',
    ...program.options.flatMap(option),
    ...groupsOf(program).flatMap((group) => [
      `.SH ${quoted(group.replace(/:$/u, '').toUpperCase())}`,
      ...program.commands.filter((command) => command.group === group).flatMap((command) => commandPart(command)),
    ]),
    '.SH ENVIRONMENT',
    ...[...environment(program), ...OTHER_VARIABLES].flatMap(([name, meaning]) => ['.TP', `.B ${roff(name)}`, line(meaning)]),
    '.SH FILES',
    ...FILES.flatMap(([name, meaning]) => ['.TP', `.I ${roff(name)}`, line(meaning)]),
    '.SH EXIT STATUS',
    ...program.exitStatus.flatMap(({ status, meaning }) => ['.TP', `.B ${status}`, line(meaning)]),
    '.SH SEE ALSO',
    String.raw`\fBgit\fR(1), \fBpackyard help\fR \fIcommand\fR`,
  ].join('\n')}\n`;
}

/** Variables of its own, as commands list them in their help. */
function environment(program) {
  const notes = program.commands.flatMap(({ notes: own }) => own.filter(({ verbatim }) => verbatim));
  const lines = notes.flatMap(({ text }) => text.split('\n')).filter((each) => /^PACKYARD_\S+.*? {2,}\S/u.test(each));
  return [...new Set(lines)].map((each) => each.split(/ {2,}/u));
}

const OTHER_VARIABLES = [
  ['HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY', 'which proxy to ask registries through, and which to ask without one'],
  ['NETRC', 'a file with logins for hosts; default: ~/.netrc'],
  ['GITHUB_TOKEN, GH_TOKEN, GITLAB_TOKEN, GITEA_TOKEN', 'a token for packyard push, where Git has no credential helper'],
  ['NO_COLOR', 'if it is set: no colours'],
  ['COLUMNS', 'how wide tables may be'],
];

const FILES = [
  ['registry.yaml', 'settings of a repository of packs'],
  ['packyard-baseline.json', 'findings of a repository that are known'],
  ['status/NAME.yaml', 'which releases of a pack are yanked or deprecated'],
  ['packyard.json, packyard.lock', 'packs that a project uses, and what they are pinned to'],
  ['~/.config/packyard/config.json', 'registries that have a name; elsewhere on macOS and Windows, or in PACKYARD_CONFIG_DIR'],
  ['~/.config/packyard/credentials.json', 'logins, which nobody else may read'],
  ['~/.cache/packyard', 'what was fetched and built; elsewhere on macOS and Windows, or in PACKYARD_CACHE_DIR'],
];

/** After a dash, on one line: what tools such as apropos show. */
function nameLine({ description }) {
  const text = description.replace(/\.$/u, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function groupsOf(program) {
  return [...new Set(program.commands.map(({ group }) => group))];
}

function synopses(command) {
  if (command.commands.length > 0) return command.commands.flatMap(synopses);
  const words = ['packyard', ...command.path].join(' ');
  return [String.raw`\fB${roff(words)}\fR${roff(command.usage.slice(words.length))}`];
}

function commandPart(command) {
  const words = ['packyard', ...command.path].join(' ');
  return [
    `.SS ${quoted(words)}`,
    line(command.description),
    ...(command.commands.length === 0 ? ['.PP', String.raw`\fB${roff(words)}\fR${roff(command.usage.slice(words.length))}`] : []),
    ...command.notes.flatMap(({ verbatim, text }) => (verbatim ? verbatimLines(text) : ['.PP', line(text)])),
    ...command.arguments.filter(({ description }) => description !== '').flatMap(argument),
    ...command.options.filter(({ long }) => long !== '--help').flatMap(option),
    ...examples(command),
    ...command.commands.flatMap((each) => commandPart(each)),
  ];
}

function argument({ name, description }) {
  return ['.TP', String.raw`.I ${roff(name)}`, line(description)];
}

function option({ flags, description, choices, default: usual }) {
  const missing = choices.filter((each) => !description.includes(each));
  const facts = [
    ...(missing.length === 0 ? [] : [`one of ${choices.join(', ')}`]),
    ...(usual === undefined ? [] : [`default: ${usual.replace(/^"(.*)"$/u, '$1')}`]),
  ];
  const text = [description, ...facts].filter(Boolean).join('; ');
  const [, names = flags, value = ''] = /^(.*?)( [<[].*)?$/u.exec(flags) ?? [];
  return ['.TP', String.raw`\fB${roff(names)}\fR${roff(value)}`, line(text)];
}

function examples(command) {
  const lines = command.examples.flatMap(({ command: text, comment }) => [
    '.TP',
    String.raw`\fB${roff(text)}\fR`,
    line(comment === '' ? String.raw`\&` : comment),
  ]);
  return ['.PP', 'Examples:', ...lines];
}

function verbatimLines(text) {
  return ['.PP', '.nf', ...text.split('\n').map((each) => line(`    ${each}`)), '.fi'];
}

/** Text at the start of a line, where a full stop or a quotation mark would begin a macro. */
function line(text) {
  if (text === String.raw`\&`) return text;
  const escaped = roff(text);
  return /^[.']/u.test(escaped) ? String.raw`\&${escaped}` : escaped;
}

function roff(text) {
  return text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll("'", String.raw`\(aq`)
    .replaceAll('`', String.raw`\(ga`)
    .replaceAll('^', String.raw`\(ha`)
    .replaceAll('~', String.raw`\(ti`)
    .replaceAll('’', String.raw`\(cq`)
    .replaceAll('…', '...')
    .replaceAll('→', String.raw`\(->`)
    .replace(/[^\n -~]/gu, (letter) => String.raw`\[u${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

function quoted(text) {
  return `"${roff(text).replaceAll('"', String.raw`\(dq`)}"`;
}
