import { contentOf } from '../../model/content.ts';
import { entryOf } from '../../model/entry-of.ts';
import type { Entry } from '../../model/entry.ts';
import { filesFor, type Host } from '../../model/host-file.ts';
import { caddySnippet } from './caddy-snippet.ts';
import { headersFile } from './headers-file.ts';
import { nginxSnippet } from './nginx-snippet.ts';

/** The line with which every file for a host begins; one without it is somebody else's. */
export const MADE_HERE = '# Made by `packyard build`, which writes it anew: changes to it are lost.\n';

const TEXTS: Readonly<Record<string, () => string>> = {
  _headers: headersFile,
  'hosts/nginx.conf': nginxSnippet,
  'hosts/Caddyfile': caddySnippet,
  '.nojekyll': () => '# Every file is served as it is.\n',
};

/** What hosts need to serve a registry with the right headers. The same hosts give the same bytes, whatever the packs. */
export function hostFiles(hosts: readonly Host[]): Entry[] {
  return filesFor(hosts).map((path) => {
    const text = `${MADE_HERE}${TEXTS[path]?.() ?? ''}`;
    return entryOf(path, contentOf(Buffer.from(text)), 'revalidate');
  });
}
