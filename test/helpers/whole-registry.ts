import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is wrong with a registry for a client that starts at `index.json` and follows every link with a hash in it. */
export function problemsOf(directory: string): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  const follow = ({ path, sha256, size }: Link): Buffer | undefined => {
    if (seen.has(`${path} ${sha256}`)) return undefined;
    seen.add(`${path} ${sha256}`);
    const data = existsSync(join(directory, path)) ? readFileSync(join(directory, path)) : undefined;
    if (data === undefined) problems.push(`${path} is missing`);
    else if (createHash('sha256').update(data).digest('hex') !== sha256) problems.push(`${path} has other bytes`);
    else if (size !== undefined && data.length !== size) problems.push(`${path} has another size`);
    return data;
  };
  const index = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8')) as { readonly packs: object };
  for (const link of linksIn(index)) {
    const data = follow(link);
    const isDocument = /^packs\/[^/]+\/[0-9a-f]{64}\.json$/u.test(link.path);
    if (data === undefined || !isDocument) continue;
    for (const inner of linksIn(JSON.parse(data.toString('utf8')))) follow(inner);
  }
  const documents = [...seen].filter((link) => /^packs\/[^/]+\/[0-9a-f]{64}\.json /u.test(link));
  if (documents.length !== Object.keys(index.packs).length) problems.push('a pack has no document of its own');
  return problems;
}

interface Link {
  readonly path: string;
  readonly sha256: string;
  readonly size?: number;
}

/** Every `{ path, sha256, size? }` in a document, and every logo, whose hash is its name. */
function linksIn(value: unknown): Link[] {
  if (typeof value === 'string') {
    const sha256 = /^logos\/([0-9a-f]{64})-[^/]+$/u.exec(value)?.[1];
    return sha256 === undefined ? [] : [{ path: value, sha256 }];
  }
  if (typeof value !== 'object' || value === null) return [];
  const { path, sha256, size } = value as Partial<Link>;
  if (typeof path === 'string' && typeof sha256 === 'string') {
    return [{ path, sha256, ...(typeof size === 'number' && { size }) }];
  }
  return Object.values(value).flatMap(linksIn);
}
