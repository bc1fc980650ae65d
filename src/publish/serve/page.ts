import type { IndexDocument, SearchDocument, SearchPack } from '../../model/documents.ts';
import { escapeControl } from '../../model/escape-control.ts';
import { escapeHtml } from './html.ts';

/** What the page at the top shows. */
export interface PageFacts {
  readonly index?: IndexDocument;
  readonly search?: SearchDocument;
  /** A line each, about what is shown or why there is nothing. */
  readonly problems: readonly string[];
  /** Changes whenever the page would; absent where it never does. */
  readonly state?: string;
}

/** Folder of what belongs to the page and to no registry. */
export const PAGE_FOLDER = '/-/';

/**
 * The packs of a registry as a page, for looking at it where it has no site of its own. All of it comes from packs: it is
 * text wherever it stands, and the policy that it is sent with runs nothing of it.
 */
export function page({ index, search, problems, state }: PageFacts): string {
  const title = text(index?.registry.title ?? 'No registry yet');
  const live = state === undefined ? '' : `<script src="${PAGE_FOLDER}reload.js" data-state="${text(state)}"></script>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${PAGE_FOLDER}page.css">
${live}
</head>
<body>
<h1>${title}</h1>
${index === undefined ? '' : summary(index)}
${problems.length === 0 ? '' : `<ul class="problems">${problems.map((line) => `<li>${text(line)}</li>`).join('\n')}</ul>`}
${search === undefined ? '' : `<table>\n${HEAD}${search.packs.map(row).join('\n')}\n</table>`}
</body>
</html>
`;
}

const HEAD = '<tr><th></th><th>Pack</th><th>Layer</th><th>Latest</th><th>Versions</th></tr>\n';

function summary({ packs, serial, source }: IndexDocument): string {
  const count = Object.keys(packs).length;
  const dirty = source.dirty === true ? ', with uncommitted changes' : '';
  return `<p>${count} ${count === 1 ? 'pack' : 'packs'}, serial ${serial}, commit ${text(source.commit.slice(0, 12))}${dirty}.
<a href="/index.json">index.json</a> is what clients start from.</p>`;
}

function row({ name, displayName, description, layer, latest, versions, logo }: SearchPack): string {
  const [smallest] = Object.entries(logo).toSorted(([a], [b]) => Number(a) - Number(b));
  const image = smallest === undefined ? '' : `<img src="/${link(smallest[1])}" alt="" width="32" height="32">`;
  const about = description === undefined ? '' : `<p>${text(description)}</p>`;
  const title = `<a href="/packs/${link(name)}/index.json">${text(displayName)}</a> <code>${text(name)}</code>`;
  const archive = `/packs/${link(name)}/${link(latest)}/${link(name)}-${link(latest)}.tar.gz`;
  return `<tr><td>${image}</td><td>${title}${about}</td><td>${text(layer)}</td><td><a href="${archive}">${text(latest)}</a></td><td>${versions.length}</td></tr>`;
}

function text(value: string): string {
  return escapeHtml(escapeControl(value));
}

function link(path: string): string {
  return escapeHtml(path.split('/').map(encodeURIComponent).join('/'));
}

export const STYLE: string = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { padding: .4rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid #8884 }
td p { margin: 0; opacity: .75; font-size: .9em }
.problems { padding: .6rem 2rem; border: 1px solid #c60; white-space: pre-wrap; font: .85em/1.5 ui-monospace, monospace }
`;

/** Loads the page anew once the server says that another state is there than the one that it shows. */
export const RELOAD_SCRIPT: string = `const { state } = document.currentScript.dataset;
new EventSource('${PAGE_FOLDER}events').addEventListener('state', ({ data }) => {
  if (data !== state) location.reload();
});
`;

/** Nothing but what the server has of its own. */
export const PAGE_POLICY: string =
  "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; " +
  "img-src 'self' data:; script-src 'self'; style-src 'self'";
