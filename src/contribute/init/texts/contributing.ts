import { shellWord } from '../../../client/settings/shell-word.ts';
import type { PackLayout } from '../../pack-layout.ts';
import { directoryIn } from '../../pack-layout.ts';
import type { InitValues } from '../init-values.ts';

/** How a pack comes into the registry, for those who write it. */
export function contributing({ title, repository, branch }: InitValues, layout: PackLayout): string {
  const folder = directoryIn(layout, 'my-pack', '1.0.0');
  const clone = repository === undefined ? 'ADDRESS-OF-THIS-REPOSITORY' : shellWord(repository, 'linux');
  return `# Contributing to ${title}

A pack is a folder with a \`pack.json\` and a \`values.yaml\`, and whatever it installs: charts, manifests or Ansible roles. Node
20.19 or newer and Git are all that you need.

## From an idea to a pull request

Clone, install the version of Packyard that this repository is pinned to, and begin on a branch:

    git clone ${clone} packs
    cd packs
    npm install
    git switch --create my-pack

A new pack, from a chart or from manifests:

    npx packyard new my-pack --chart my-chart-1.0.0.tgz
    npx packyard new my-pack --manifest my-manifest.yaml

It lies in \`${folder}/\`. Change it until you like it, see what is wrong, and look at it as readers will:

    npx packyard check
    npx packyard diff ${shellWord(`origin/${branch}`, 'linux')}
    npx packyard serve

\`npx packyard check --fix\` repairs what can be repaired safely, and \`npx packyard explain RULE\` says what a rule is about. In VS
Code \`pack.json\` and \`values.yaml\` are checked as you type.

    git add ${folder}
    git commit --signoff
    git push --set-upstream origin my-pack

The pull request shows what is wrong at the lines that are meant, and what it does to the registry. From a folder anywhere,
\`npx packyard push DIR\` does all of this section.

## What reviewers look at

- **A version that is published never changes.** What is different is a new version, in a folder of its own: \`npx packyard bump
  my-pack\` makes it. Other content under a published version is refused.
- \`pack.json\`: the display name stays the same in all versions; \`annotations\` say what the pack is, from where it comes and who
  takes care of it.
- \`values.yaml\`: values of a chart stand below \`charts.<name of the chart>\`; anywhere else nothing reads them.
- Every image is listed below \`pack.content.images\`, with host and tag, so that it can be mirrored. Never \`latest\`.
- \`README.md\`: what it installs, what it needs, every value that people should know, and what to be careful about.
- \`logo.png\`: square, 256 pixels wide or more.
- No secrets, in no file.

## What is wrong with a release that is published

The pack stays as it is; \`status/\` says what is to be known about it:

    npx packyard deprecate my-pack@1.0.0 --reason "no longer maintained" --replacement 1.1.0
    npx packyard yank my-pack@1.0.0 --reason "loses data" --replacement 1.0.1
`;
}
