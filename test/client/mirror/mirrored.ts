import { join } from 'node:path';

import type { MirrorEvent, MirrorOptions, MirrorResult } from '../../../src/client/mirror/mirror-options.ts';
import { mirror } from '../../../src/client/mirror/mirror.ts';
import { builderOf, type Builder } from '../../helpers/build-registry.ts';
import { gitRepository, type FileMap, type TestRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { scratch } from '../../helpers/scratch.ts';

/** A folder for a mirror, and one for what is known of it, as they stay from run to run. */
export interface MirrorPlace {
  readonly path: string;
  readonly state: string;
  /** Of the last run. */
  events: MirrorEvent[];
  mirror(source: string, options?: MirrorOptions): Promise<MirrorResult>;
}

export async function mirrorPlace(path?: string): Promise<MirrorPlace> {
  const place: MirrorPlace = {
    path: path ?? join(await scratch(), 'mirror'),
    state: await scratch(),
    events: [],
    mirror(source, options = {}) {
      place.events = [];
      return mirror(source, place.path, {
        state: place.state,
        images: false,
        retries: { tries: 2, delay: 1, longestDelay: 5 },
        patience: 5000,
        onEvent: (event) => void place.events.push(event),
        ...options,
      });
    },
  };
  return place;
}

export function warningsOf({ events }: MirrorPlace): string[] {
  return events.flatMap((event) =>
    event.kind === 'warning' ? [`${event.warning.code}: ${event.warning.message}`] : [],
  );
}

const CONTENT = 'pack:\n  content:\n    images:\n';

function pack(name: string, version: string, manifest: Readonly<Record<string, unknown>> = {}): FileMap {
  const values = `${CONTENT}      - image: ghcr.io/yard/${name}:${version}\n      - image: docker.io/library/pause:3.9\n`;
  return packFiles(`packs/${name}-${version}`, { name, version, manifest, files: { 'values.yaml': values } });
}

export interface Yard {
  readonly repository: TestRepository;
  readonly builder: Builder;
  /** Folder of the registry. */
  readonly source: string;
}

/** A registry of three packs with several releases, of which one is yanked. */
export async function yard(): Promise<Yard> {
  const repository = await gitRepository({
    ...pack('nginx', '1.2.0'),
    ...pack('nginx', '1.2.1'),
    ...pack('nginx', '1.3.0'),
    ...pack('nginx', '2.0.0-rc.1'),
    ...pack('redis', '7.0.0', { annotations: { group: 'LTS', description: 'keeps things' } }),
    ...pack('redis', '7.2.0'),
    ...pack('web', '1.0.0'),
    'registry.yaml': 'name: yard\n',
    'status/nginx.yaml':
      'releases:\n  - versions: "1.3.0"\n    state: yanked\n    reason: loses data\n    at: 2026-05-01\n',
  });
  const builder = await builderOf(repository);
  await builder.build();
  return { repository, builder, source: builder.out };
}

/** Publishes another state: a release more, a pack less and a pack more. */
export async function publishNext({ repository, builder }: Yard): Promise<void> {
  repository.commit({
    ...pack('nginx', '1.4.0'),
    ...pack('extra', '0.1.0'),
    'packs/web-1.0.0': null,
    'registry.yaml': 'name: yard\nonRemove: drop\n',
  });
  await builder.build();
}
