import type { Host } from '../../../model/host-file.ts';
import type { InitValues } from '../init-values.ts';
import type { PublishTarget } from '../init-options.ts';

const HOSTS: Readonly<Record<PublishTarget, readonly Host[]>> = {
  pages: ['github-pages'],
  s3: ['s3'],
  directory: [],
  none: [],
};

/** The configuration of a registry, with what each part of it is for. */
export function registryYaml(values: InitValues): string {
  const { name, title, description, repository, url, host, globs } = values;
  return `# How this repository becomes a registry. Editors complete and check it once \`npm install\` has brought the schemas.
# yaml-language-server: $schema=./node_modules/packyard/schemas/registry.schema.json

# Short name, for configuration and lock files of those who use the registry.
name: ${scalar(name)}

# What people see.
title: ${scalar(title)}
${line('description', description, 'One or two sentences about the registry.')}

# Public address of this Git repository: the index says from where it was made.
${line('repository', repository, 'https://git.example.org/packs')}

# Where people read about the registry.
${line('homepage', url, 'https://packs.example.org/')}

# Folders of packs: what these globs name and holds a pack.json is a pack.
packs:
${globs.map((glob) => `  - ${scalar(glob)}`).join('\n')}

outputs:
  # Hosts for which files are added that make them send the right headers: cloudflare, netlify, nginx, caddy, github-pages,
  # s3.
  hosts: [${HOSTS[host].join(', ')}]

${limits(host)}

check:
  # What \`packyard check\` looks for: compat (only what is broken), recommended, or strict.
  extends: recommended
  # Levels of single rules: off, hint, warning or error. \`packyard explain\` lists them.
  # rules:
  #   readme/missing: error

# A release that is published stays, even where its folder is gone. With drop it goes as well.
# onRemove: keep

# Packs of other registries that packs here may require.
# external: [kubernetes]
`;
}

function limits(host: PublishTarget): string {
  if (host === 'pages')
    return '# GitHub Pages takes no site that is larger; publishing stops before.\nlimits:\n  site: 1GB';
  return '# The most that the place takes; publishing stops before.\n# limits:\n#   site: 10GB';
}

function line(key: string, value: string | undefined, example: string): string {
  return value === undefined ? `# ${key}: ${example}` : `${key}: ${scalar(value)}`;
}

/** Plain where YAML can take it for nothing else. */
export function scalar(text: string): string {
  const isPlain = /^(?:[a-z][a-z0-9/._-]*\/\*(?:\/\*)*|[a-z][a-z0-9._-]*|https?:\/\/[\w./~%-]+)$/u.test(text);
  return isPlain && !/^(?:true|false|null|yes|no|on|off|y|n)$/u.test(text) ? text : JSON.stringify(text);
}
