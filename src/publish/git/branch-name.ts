import { PackyardError } from '../../errors.ts';

/**
 * A branch's name, checked as Git checks one. Throws `usage`.
 * Source: https://git-scm.com/docs/git-check-ref-format
 */
export function checkedBranch(branch: string): string {
  if (problemOf(branch) === undefined) return branch;
  throw new PackyardError({
    code: 'usage',
    message: `${JSON.stringify(branch)} cannot be the name of a branch: ${problemOf(branch)}.`,
    hint: 'Name one such as gh-pages.',
  });
}

// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0020\u007f~^:?*[\\]/u;

const LONGEST = 200;

function problemOf(branch: string): string | undefined {
  if (branch === '') return 'it is empty';
  if (Buffer.byteLength(branch) > LONGEST) return `it is longer than ${LONGEST} bytes`;
  if (branch.startsWith('refs/')) return 'it is the name of a reference; leave out refs/heads/';
  if (branch === 'HEAD' || branch === '@') return 'it means something else to Git';
  if (branch.startsWith('-')) return 'it begins like an option';
  if (FORBIDDEN.test(branch) || Buffer.from(branch).toString('utf8') !== branch)
    return 'it holds a character that none may hold';
  if (branch.includes('..') || branch.includes('@{')) return 'it holds ".." or "@{"';
  if (branch.endsWith('.')) return 'it ends with a dot';
  const parts = branch.split('/');
  if (parts.includes('')) return 'a part of it is empty';
  if (parts.some((part) => part.startsWith('.') || part.endsWith('.lock'))) {
    return 'a part of it begins with a dot or ends with ".lock"';
  }
  return undefined;
}
