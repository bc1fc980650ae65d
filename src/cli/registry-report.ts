import { oneLine } from '../check/one-line.ts';
import type { ListedRegistry } from '../client/settings/list-registries.ts';
import type { ShownLogin, ShownRegistry } from '../client/settings/show-registry.ts';

/** Registries, a line each; a star stands before the default. */
export function formattedList(registries: readonly ListedRegistry[]): string {
  const names = Math.max(...registries.map(({ name }) => name.length));
  const urls = Math.max(...registries.map(({ url }) => oneLine(url).length));
  const lines = registries.map((registry) => {
    const facts = [
      ...(registry.owner === 'project' ? ['of the project'] : []),
      ...(registry.shadowed ? ["hidden by the project's"] : []),
      ...(registry.login ? ['logged in'] : []),
      ...(registry.mirrors.length === 0 ? [] : [counted(registry.mirrors.length, 'mirror')]),
    ];
    const start = `${registry.default ? '*' : ' '} ${registry.name.padEnd(names)}  ${oneLine(registry.url).padEnd(urls)}`;
    return `${start}  ${facts.join(', ')}`.trimEnd();
  });
  return `${lines.join('\n')}\n`;
}

const SOURCES: Readonly<Record<string, string>> = {
  flag: 'named here',
  variable: 'PACKYARD_REGISTRY',
  project: 'packyard.json',
  user: 'your settings',
};

/** What is set for a registry and what it says itself, a line each. */
export function formattedRegistry(registry: Omit<ShownRegistry, 'warnings'>): string {
  const { name, url, source, file, mirrors, direct, offline, login, transport, live, failure } = registry;
  const rows: (readonly [string, string])[] = [
    ['registry', `${name === undefined ? '' : `${name}  `}${url}`],
    ['chosen by', SOURCES[source] ?? source],
    ...(file === undefined ? [] : [['settings', file] as const]),
    ...mirrors.map((mirror) => ['mirror', mirror] as const),
    ['login', login === undefined ? 'none' : loginText(login)],
    ...transport.caFiles.map((ca) => ['authorities', ca] as const),
    ...(transport.clientCert === undefined ? [] : [['certificate', transport.clientCert] as const]),
    ...(transport.proxy === undefined ? [] : [['proxy', transport.proxy] as const]),
    ...(direct ? [['direct', 'asks for the named packs only, without the index'] as const] : []),
    ...(offline ? [['offline', 'asks nobody'] as const] : []),
    ...(live === undefined
      ? []
      : ([
          ['title', live.title ?? live.name],
          ['packs', String(live.packs)],
          ['serial', String(live.serial)],
          ['commit', `${live.commit ?? ''}  ${live.committedAt ?? ''}`.trim()],
        ] as const)),
    ...(failure === undefined ? [] : [['state', failure.message] as const]),
    ...(failure?.hint === undefined ? [] : [['', failure.hint] as const]),
  ];
  const width = Math.max(...rows.map(([key]) => key.length));
  return `${rows.map(([key, value]) => `${key.padEnd(width)}  ${oneLine(value)}`.trimEnd()).join('\n')}\n`;
}

const KINDS: Readonly<Record<string, string>> = { token: 'token', basic: 'user name and password', header: 'header' };
const ORIGINS: Readonly<Record<string, string>> = {
  PACKYARD_TOKEN: 'from PACKYARD_TOKEN',
  login: 'stored for',
  netrc: 'from',
  address: 'from the address',
};

function loginText({ kind, from, place }: ShownLogin): string {
  return `${from === 'address' ? 'user name and password' : (KINDS[kind] ?? kind)}, ${ORIGINS[from] ?? from} ${place ?? ''}`.trimEnd();
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
