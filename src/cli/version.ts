import { readFileSync } from 'node:fs';

/** The version in this package's own `package.json`. */
export function version(): string {
  const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { readonly version: string }).version;
}
