import { entry, extended, file, header, packed, ROOT } from './hostile-tar.ts';
import { hostile, refuses, type HostileArchive } from './refusals.ts';

/** A file of that path, written as the field of a header holds it. */
function path(name: string, whole: string | Buffer, reason: string): HostileArchive {
  return hostile(name, packed(entry({ path: whole }, 'evil\n')), reason);
}

/** The same path in an extended header, before a header that looks harmless. */
function extendedPath(name: string, whole: string, reason: string): HostileArchive {
  return hostile(name, packed(extended(`path=${whole}`), file('harmless', 'evil\n')), reason);
}

function inside(name: string, rest: string, reason: string): HostileArchive {
  return path(name, `${ROOT}/${rest}`, `${JSON.stringify(`${ROOT}/${rest}`)} cannot be a path: ${reason}`);
}

refuses('a path that leads out of the folder', [
  path('absolute', '/etc/passwd', '"/etc/passwd" is an absolute path'),
  hostile(
    'absolute, to a file that exists',
    (folder) => packed(extended(`path=${folder}/passwd`), file('harmless')),
    '"FOLDER/passwd" is an absolute path',
  ),
  path('absolute with the root behind it', `/${ROOT}/x`, `"/${ROOT}/x" is an absolute path`),
  path('two slashes first', `//${ROOT}/x`, `"//${ROOT}/x" is an absolute path`),
  path('a slash alone', '/', '"/" is an absolute path'),
  extendedPath('absolute, extended', '/etc/passwd', '"/etc/passwd" is an absolute path'),
  path('to the folder above', '../x', '"../x" leads out of its folder'),
  path('to the folder above that, behind the root', `${ROOT}/../../x`, `"${ROOT}/../../x" leads out of its folder`),
  path('to the folder above and back', `${ROOT}/../${ROOT}/x`, `"${ROOT}/../${ROOT}/x" leads out of its folder`),
  path('out of a folder inside and back', `${ROOT}/a/../x`, `"${ROOT}/a/../x" leads out of its folder`),
  path('the folder above at the end', `${ROOT}/..`, `"${ROOT}/.." leads out of its folder`),
  path('only the folder above', '..', '".." leads out of its folder'),
  path('up by ten', `${'../'.repeat(10)}passwd`, `"${'../'.repeat(10)}passwd" leads out of its folder`),
  extendedPath('up, extended', `${ROOT}/../../passwd`, `"${ROOT}/../../passwd" leads out of its folder`),
  hostile(
    'up, in a folder',
    packed(entry({ path: `${ROOT}/../evil/`, type: '5' })),
    `"${ROOT}/../evil" leads out of its folder`,
  ),
  hostile(
    'up, in the prefix of a header',
    packed(entry({ prefix: '../..', path: 'passwd' })),
    '"../../passwd" leads out of its folder',
  ),
  hostile(
    'absolute, in the prefix of a header',
    packed(entry({ prefix: '/etc', path: 'passwd' })),
    '"/etc/passwd" is an absolute path',
  ),
  path('a drive letter', 'C:/Windows/x', '"C:/Windows/x" begins with a drive letter'),
  path('a drive letter without a slash', 'c:x', '"c:x" begins with a drive letter'),
  path('a drive letter and backslashes', 'C:\\x', String.raw`"C:\\x" begins with a drive letter`),
  path(
    'a share on another machine',
    String.raw`\\host\share\x`,
    String.raw`"\\\\host\\share\\x" is a path on another machine`,
  ),
  path('a device of Windows', String.raw`\\.\C:\x`, String.raw`"\\\\.\\C:\\x" is a path on another machine`),
  path('one backslash first', String.raw`\x`, String.raw`"\\x" holds a backslash, which divides names on Windows`),
  path(
    'up with backslashes',
    `${ROOT}\\..\\..\\x`,
    `"${ROOT}\\\\..\\\\..\\\\x" holds a backslash, which divides names on Windows`,
  ),
  path(
    'a backslash inside the root',
    `${ROOT}/..\\x`,
    `"${ROOT}/..\\\\x" holds a backslash, which divides names on Windows`,
  ),
  path('another root', 'other-1.0.0/x', `"other-1.0.0/x" does not lie in "${ROOT}/"`),
  path('a root that begins alike', `${ROOT}-x/y`, `"${ROOT}-x/y" does not lie in "${ROOT}/"`),
  path('a root in other case', 'Demo-1.0.0/x', `"Demo-1.0.0/x" does not lie in "${ROOT}/"`),
  path('no root', 'pack.json', `"pack.json" does not lie in "${ROOT}/"`),
  path('this folder before the root', `./${ROOT}/x`, `"./${ROOT}/x" does not lie in "${ROOT}/"`),
  path('a file in the place of the root', ROOT, `"${ROOT}" does not lie in "${ROOT}/"`),
  hostile(
    'a folder beside the root',
    packed(entry({ path: 'other/', type: '5' })),
    `"other" does not lie in "${ROOT}/"`,
  ),
]);

refuses('a path that some system cannot hold', [
  inside('empty behind the root', '', 'it has an empty name in it'),
  inside('two slashes', 'a//b', 'it has an empty name in it'),
  inside('a slash at the end of a file', 'a/', 'it has an empty name in it'),
  inside('this folder', './a', 'it holds "."'),
  inside('a folder of Git', '.git/hooks/post-checkout', 'it holds ".git"'),
  inside('a folder of Git in other case', 'a/.GIT/config', 'it holds ".git"'),
  inside('a stream of a file on Windows', 'pack.json:evil', 'it holds ":", which Windows or a terminal cannot show'),
  inside('a star', 'a*', 'it holds "*", which Windows or a terminal cannot show'),
  inside('a pipe', 'a|b', 'it holds "|", which Windows or a terminal cannot show'),
  inside('the console', 'CON', 'Windows reserves the name "CON"'),
  inside('a reserved name with an ending', 'charts/aux.yaml', 'Windows reserves the name "aux.yaml"'),
  inside('a reserved name as a folder', 'Lpt1/x', 'Windows reserves the name "Lpt1"'),
  inside('a dot at the end', 'pack.json.', 'Windows drops a dot or a space at the end of a name'),
  inside('a space at the end', 'pack.json ', 'Windows drops a dot or a space at the end of a name'),
  inside('a space at the end of a folder', 'a /b', 'Windows drops a dot or a space at the end of a name'),
  inside('a line feed', 'a\nb', 'it holds the character U+000A, which Windows or a terminal cannot show'),
  inside(
    'a sequence that clears the terminal',
    '\u001b[2J',
    'it holds the character U+001B, which Windows or a terminal cannot show',
  ),
  inside('a bell', 'a\u0007', 'it holds the character U+0007, which Windows or a terminal cannot show'),
  path(
    'a sequence in one character',
    `${ROOT}/\u009b2J`,
    String.raw`"demo-1.0.0/\u009b2J" cannot be a path: it holds the character U+009B, which Windows or a terminal cannot show`,
  ),
  path(
    'writing turned around',
    `${ROOT}/gpj.\u202eexe`,
    String.raw`"demo-1.0.0/gpj.\u202eexe" cannot be a path: it holds the character U+202E, which Windows or a terminal cannot show`,
  ),
  path(
    'a command to a log',
    '##vso[task.setvariable]',
    String.raw`"\u0023#vso[task.setvariable]" does not lie in "demo-1.0.0/"`,
  ),
  path(
    'bytes that are no UTF-8',
    Buffer.from(`${ROOT}/\u00ff\u00fe`, 'latin1'),
    'the path "demo-1.0.0/��" is not UTF-8',
  ),
  path(
    'a slash in two bytes, where one is its form',
    Buffer.from(`${ROOT}/..\u00c0\u00afx`, 'latin1'),
    'the path "demo-1.0.0/..��x" is not UTF-8',
  ),
  extendedPath(
    'a name of 241 bytes',
    `${ROOT}/${'n'.repeat(241)}`,
    `"${`${ROOT}/${'n'.repeat(241)}`.slice(0, 119)}…" cannot be a path: it holds a name longer than 240 bytes`,
  ),
  extendedPath(
    'a path of 1,001 bytes',
    `${ROOT}/${'dir/'.repeat(250)}x`,
    `"${`${ROOT}/${'dir/'.repeat(250)}`.slice(0, 119)}…" cannot be a path: it is longer than 1000 bytes`,
  ),
  extendedPath(
    '65 folders deep',
    `${ROOT}/${'d/'.repeat(65)}x`,
    `"${`${ROOT}/${'d/'.repeat(65)}`.slice(0, 119)}…" lies more than 64 folders deep`,
  ),
]);

const twice = [file('a'), file('a', 'evil\n')];

refuses('a path in the way of another', [
  hostile('the same file twice', packed(...twice), `"a" is in it twice`),
  hostile('the first file again', packed(file('pack.json', 'evil')), `"pack.json" is in it twice`),
  hostile('the same, once extended', packed(file('a'), extended(`path=${ROOT}/a`), file('b')), `"a" is in it twice`),
  hostile(
    'other case',
    packed(file('A'), file('a')),
    `"a" and "A" are one name where case and composition do not count`,
  ),
  hostile(
    'other case of the first file',
    packed(file('PACK.JSON')),
    `"PACK.JSON" and "pack.json" are one name where case and composition do not count`,
  ),
  hostile(
    'other case of a folder',
    packed(file('charts/a'), file('Charts/b')),
    `"Charts/b" and "charts" are one name where case and composition do not count`,
  ),
  hostile(
    'a composed and a decomposed letter',
    packed(file('\u00e9'), file('e\u0301')),
    `"e\u0301" and "\u00e9" are one name where case and composition do not count`,
  ),
  hostile(
    'other case beyond ASCII',
    packed(file('\u00c4'), file('\u00e4')),
    `"\u00e4" and "\u00c4" are one name where case and composition do not count`,
  ),
  hostile(
    'the sign of kelvin',
    packed(file('\u212a'), file('k')),
    `"k" and "\u212a" are one name where case and composition do not count`,
  ),
  hostile('a folder where a file is', packed(file('a'), file('a/b')), `"a/b" needs a folder where "a" is a file`),
  hostile(
    'a folder where a file is, named itself',
    packed(file('a'), entry({ path: `${ROOT}/a/`, type: '5' })),
    `"a" needs a folder where "a" is a file`,
  ),
  hostile('a file where a folder is', packed(file('a/b'), file('a')), `"a" is in it as a file and as a folder`),
  hostile(
    'a file in other case where a folder is',
    packed(file('a/b'), file('A')),
    `"A" and "a" are one name where case and composition do not count`,
  ),
  hostile(
    'the same folder twice',
    packed(entry({ path: `${ROOT}/a/`, type: '5' }), entry({ path: `${ROOT}/a`, type: '5' })),
    `"${ROOT}/a" is in it twice`,
  ),
  hostile(
    'the root twice',
    packed(entry({ path: `${ROOT}/`, type: '5' }), entry({ path: ROOT, type: '5' })),
    `"${ROOT}" is in it twice`,
  ),
  hostile('no name', packed(header({ path: '' })), 'an entry in it has no name'),
]);
