import { shellWord } from '../../../client/settings/shell-word.ts';
import type { InitValues } from '../init-values.ts';

const PUBLISHED: Readonly<Record<InitValues['host'], string>> = {
  pages: 'The workflow "Publish" puts the registry on GitHub Pages',
  s3: 'The workflow "Publish" puts the registry into a bucket',
  directory: 'The workflow "Publish" puts the registry into a folder, on a runner of our own',
  none: '`npx packyard build` makes the registry in `public/`, and `npx packyard publish` puts it where readers get it',
};

/** What people who find the repository want to know: how packs are used, added and published. */
export function readme({ name, title, description, url, host, branch }: InitValues): string {
  const address = shellWord(url ?? 'https://ADDRESS-OF-THE-REGISTRY/', 'linux');
  const push = host === 'none' ? '' : `, with every push to \`${branch}\``;
  return `# ${title}
${description === undefined ? '' : `\n${description}\n`}
A registry of Kubernetes packs: this repository holds the packs, and [Packyard](https://www.npmjs.com/package/packyard) makes
static files of them that any client can fetch and verify.

## Use it

    npx packyard registry add ${name} ${address} --default
    npx packyard search
    npx packyard pull NAME

## Add a pack

[CONTRIBUTING.md](CONTRIBUTING.md) says how. In short:

    npm install
    npx packyard new my-pack --chart my-chart-1.0.0.tgz
    npx packyard check

## How it is published

${PUBLISHED[host]}${push}. Pull requests are checked, with a
preview of the registry to download. On your own machine, once \`npm install\` has brought Packyard and the schemas with which
editors check files:

    npm run check      what is wrong with the packs
    npm run build      the registry, in public/
    npm run serve      the registry in a browser, built anew while you work

\`registry.yaml\` says what the registry is called and where its packs lie; \`package.json\` and \`.github/actions/setup/action.yml\`
name the version of Packyard, which is raised in both.
`;
}
