import { entry, extended, extension, file, header, packed, paxRecord, ROOT } from './hostile-tar.ts';
import { hostile, refuses, type HostileArchive } from './refusals.ts';

const EVIL = `"${ROOT}/evil"`;

/** An entry of a type, with content, a link or neither. */
function typed(name: string, type: string, what: string, link = ''): HostileArchive {
  const archive = packed(entry({ path: `${ROOT}/evil`, type, link }));
  return hostile(name, archive, `${EVIL} is ${what}, and a pack holds only files`);
}

refuses('an entry that is no file', [
  typed('a symbolic link to a file', '2', 'a symbolic link to "/etc/passwd"', '/etc/passwd'),
  typed('a symbolic link to a folder above', '2', 'a symbolic link to "../../.."', '../../..'),
  typed('a symbolic link inside', '2', 'a symbolic link to "pack.json"', 'pack.json'),
  typed('a symbolic link to itself', '2', 'a symbolic link to "evil"', 'evil'),
  typed('a symbolic link to nothing', '2', 'a symbolic link to ""'),
  typed('a link that clears the terminal', '2', String.raw`a symbolic link to "\u001b[2J"`, '\u001b[2J'),
  typed('a hard link to a file outside', '1', 'a hard link to "/etc/passwd"', '/etc/passwd'),
  typed('a hard link to a file above', '1', 'a hard link to "../../passwd"', '../../passwd'),
  typed('a hard link inside', '1', `a hard link to "${ROOT}/pack.json"`, `${ROOT}/pack.json`),
  typed('a character device', '3', 'a character device'),
  typed('a block device', '4', 'a block device'),
  typed('a named pipe', '6', 'a named pipe'),
  typed('a contiguous file', '7', 'a contiguous file'),
  typed('a sparse file of GNU tar', 'S', 'a sparse file'),
  typed('a file of several volumes', 'M', 'the rest of a file from another volume'),
  typed('a dump of a folder', 'D', 'a list of a folder, of an incremental backup'),
  typed('the name of a volume', 'V', 'the name of a volume'),
  typed('names of an old GNU tar', 'N', 'a list of names of an old GNU tar'),
  typed('an inode', 'I', 'an inode without content'),
  typed('an access control list', 'A', 'an access control list'),
  typed('an extended attribute', 'E', 'an extended attribute'),
  typed('a header of Solaris', 'X', 'an extended header of Solaris'),
  typed('a socket, in a type that nobody knows', 's', 'of the unknown type "s"'),
  typed('type 8', '8', 'of the unknown type "8"'),
  typed('type 9', '9', 'of the unknown type "9"'),
  typed('a type that is a control character', '\u001b', String.raw`of the unknown type "\u001b"`),
  typed('a type beyond ASCII', '\u00ff', 'of the unknown type "Ã"'),
  typed('the root as a link', '2', 'a symbolic link to "/tmp"', '/tmp'),
  hostile(
    'a link to a folder and a file behind it',
    (folder) =>
      packed(entry({ path: `${ROOT}/evil`, type: '2', link: folder.slice(0, 100) }), file('evil/passwd', 'evil\n')),
    `${EVIL} is a symbolic link to "FOLDER", and a pack holds only files`,
  ),
  hostile(
    'a link in the place of the root',
    packed(entry({ path: ROOT, type: '2', link: '../..' })),
    `"${ROOT}" is a symbolic link to "../..", and a pack holds only files`,
  ),
  hostile(
    'a link whose target is in an extended header',
    packed(extended('linkpath=/etc/passwd'), entry({ path: `${ROOT}/evil`, type: '2' })),
    'an extended header in it sets "linkpath", not only a path',
  ),
  hostile(
    'a long name of GNU tar',
    packed(extension('L', `${ROOT}/../../passwd\0`), file('a')),
    `"PaxHeader/${ROOT}" is a long name of GNU tar, and a pack holds only files`,
  ),
  hostile(
    'a long name of a link',
    packed(extension('K', '/etc/passwd\0'), entry({ path: `${ROOT}/evil`, type: '2' })),
    `"PaxHeader/${ROOT}" is a long link name of GNU tar, and a pack holds only files`,
  ),
]);

refuses('an entry with a mode or a size of its own', [
  hostile('setuid', packed(entry({ path: `${ROOT}/evil`, mode: '004755 \0' })), `${EVIL} has the setuid bit`),
  hostile('setgid', packed(entry({ path: `${ROOT}/evil`, mode: '002755 \0' })), `${EVIL} has the setgid bit`),
  hostile('sticky', packed(entry({ path: `${ROOT}/evil`, mode: '001644 \0' })), `${EVIL} has the sticky bit`),
  hostile('all three', packed(entry({ path: `${ROOT}/evil`, mode: '007777 \0' })), `${EVIL} has the setuid bit`),
  hostile(
    'setgid on a folder',
    packed(entry({ path: `${ROOT}/evil/`, type: '5', mode: '002755 \0' })),
    `"${ROOT}/evil/" has the setgid bit`,
  ),
  hostile(
    'the mode of a link',
    packed(entry({ path: `${ROOT}/evil`, mode: '0120777\0' })),
    `the mode of ${EVIL} is 120777, which is none of a file`,
  ),
  hostile(
    'a mode that is no number',
    packed(entry({ path: `${ROOT}/evil`, mode: 'rwxr-xr\0' })),
    `the mode of ${EVIL} is not an octal number`,
  ),
  hostile('no mode', packed(entry({ path: `${ROOT}/evil`, mode: '' })), `the mode of ${EVIL} is not an octal number`),
  hostile(
    'a mode in base 256',
    packed(entry({ path: `${ROOT}/evil`, mode: Buffer.from([0x80, 0, 0, 0, 0, 0, 0x09, 0xed]) })),
    `the mode of ${EVIL} is written in base 256, not in octal digits`,
  ),
  hostile(
    'a negative size',
    packed(header({ path: `${ROOT}/evil`, size: '-0000000512\0' })),
    `the size of ${EVIL} is negative`,
  ),
  hostile(
    'a negative size in base 256',
    packed(header({ path: `${ROOT}/evil`, size: Buffer.alloc(12, 0xff) })),
    `the size of ${EVIL} is negative`,
  ),
  hostile(
    'a size in base 256',
    packed(header({ path: `${ROOT}/evil`, size: Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]) })),
    `the size of ${EVIL} is written in base 256, not in octal digits`,
  ),
  hostile(
    'a size that no number holds',
    packed(header({ path: `${ROOT}/evil`, size: Buffer.from([0x80, ...Array<number>(11).fill(0xff)]) })),
    `the size of ${EVIL} is written in base 256, not in octal digits`,
  ),
  hostile(
    'the largest size',
    packed(header({ path: `${ROOT}/evil`, size: '7'.repeat(12) })),
    `${EVIL} is larger than 64 MiB`,
  ),
  hostile(
    'a size beyond the limit',
    packed(header({ path: `${ROOT}/evil`, size: 67_108_865 })),
    `${EVIL} is larger than 64 MiB`,
  ),
  hostile('no size', packed(header({ path: `${ROOT}/evil`, size: '' })), `the size of ${EVIL} is not an octal number`),
  hostile(
    'a decimal size',
    packed(header({ path: `${ROOT}/evil`, size: '00000000089\0' })),
    `the size of ${EVIL} is not an octal number`,
  ),
  hostile(
    'a hexadecimal size',
    packed(header({ path: `${ROOT}/evil`, size: '0x10       \0' })),
    `the size of ${EVIL} is not an octal number`,
  ),
  hostile(
    'two sizes',
    packed(header({ path: `${ROOT}/evil`, size: '0000\x000000512' })),
    `the size of ${EVIL} is not an octal number`,
  ),
  hostile(
    'a folder with content',
    packed(entry({ path: `${ROOT}/evil/`, type: '5' }, 'hidden')),
    `the folder "${ROOT}/evil/" has content`,
  ),
  hostile(
    'a file that is longer than its size says',
    packed(entry({ path: `${ROOT}/evil`, size: 3 }, 'content')),
    `there is something behind the end of ${EVIL}`,
  ),
  hostile(
    'a file that is shorter than its size says',
    packed(header({ path: `${ROOT}/evil`, size: 4096 })),
    `it ends inside ${EVIL}`,
  ),
]);

refuses('an extended header', [
  hostile(
    'global, with a path for all that follows',
    packed(extension('g', paxRecord(`path=${ROOT}/../../passwd`)), file('a')),
    'a global header in it changes the entries that follow',
  ),
  hostile(
    'global, with a size',
    packed(extension('g', paxRecord('size=0')), file('a')),
    'a global header in it changes the entries that follow',
  ),
  hostile(
    'global, with a comment only',
    packed(extension('g', paxRecord(`comment=${'a'.repeat(40)}`)), file('a')),
    'a global header in it changes the entries that follow',
  ),
  ...['size=0', 'size=-1', 'linkpath=/etc/passwd', 'mtime=1', 'uid=0', 'gid=0', 'uname=root', 'charset=BINARY'].map(
    (record) =>
      hostile(
        `that sets ${record}`,
        packed(extended(`path=${ROOT}/a`, record), file('a')),
        `an extended header in it sets "${record.split('=', 1)[0]}", not only a path`,
      ),
  ),
  ...['GNU.sparse.name=/etc/passwd', 'GNU.sparse.realsize=99', 'SCHILY.xattr.user.evil=1', 'LIBARCHIVE.x=1'].map(
    (record) =>
      hostile(
        `that sets ${record}`,
        packed(extended(record), file('a')),
        `an extended header in it sets "${record.split('=', 1)[0]}", not only a path`,
      ),
  ),
  hostile(
    'that sets a prototype',
    packed(extended('__proto__=x'), file('a')),
    'an extended header in it sets "__proto__", not only a path',
  ),
  hostile(
    'whose key clears the terminal',
    packed(extended('\u001b[2J=x'), file('a')),
    String.raw`an extended header in it sets "\u001b[2J", not only a path`,
  ),
  hostile(
    'with two paths',
    packed(extended(`path=${ROOT}/a`, `path=${ROOT}/b`), file('c')),
    'an extended header in it sets two paths',
  ),
  hostile(
    'with a zero byte in its path',
    packed(extended(`path=${ROOT}/a\0/../../x`), file('c')),
    String.raw`the path "demo-1.0.0/a\u0000/../../x" holds a zero byte`,
  ),
  hostile('with an empty path', packed(extended('path='), file('c')), 'an entry in it has no name'),
  hostile('that is empty', packed(extension('x', ''), file('c')), 'an extended header in it is empty'),
  ...(
    [
      ['without a length', 'path=x\n'],
      ['with a length of nothing', '0 path=x\n'],
      ['with a negative length', '-9 path=x\n'],
      ['with a length in another notation', '0x9 path=x\n'],
      ['with a length that begins with zero', '010 path=x\n'],
      ['with a length beyond its end', '99 path=x\n'],
      ['with an endless length', `${'9'.repeat(400)} path=x\n`],
      ['with a length that is too short', '8 path=x\n'],
      ['with a length of its digits only', '2 path=x\n'],
      ['without a line feed', '9 path=xy'],
      ['without a key', '4 x\n'],
      ['with something behind its records', `${paxRecord(`path=${ROOT}/a`)}\0`],
    ] as const
  ).map(([name, content]) =>
    hostile(name, packed(extension('x', content), file('c')), 'an extended header in it is damaged'),
  ),
  hostile(
    'behind another',
    packed(extended(`path=${ROOT}/a`), extended(`path=${ROOT}/b`), file('c')),
    'two extended headers in it follow one another',
  ),
  hostile(
    'before a global one',
    packed(extended(`path=${ROOT}/a`), extension('g', paxRecord('path=x')), file('c')),
    'a global header in it changes the entries that follow',
  ),
  hostile('with nothing behind it', packed(extended(`path=${ROOT}/a`)), 'it ends behind an extended header'),
  hostile(
    'of a megabyte',
    packed(extension('x', paxRecord(`path=${ROOT}/${'a'.repeat(1_048_576)}`)), file('c')),
    'an extended header in it has 1 MiB',
  ),
  hostile(
    'with a path that is no UTF-8',
    packed(extension('x', Buffer.from(`21 path=${ROOT}/\u00ff\n`, 'latin1')), file('c')),
    `the path "${ROOT}/�" is not UTF-8`,
  ),
]);
