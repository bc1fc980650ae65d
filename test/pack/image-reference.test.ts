import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fullRepository, parseImageReference, type ImageReference } from '../../src/pack/image-reference.ts';

const SHA256 = `sha256:${'0a'.repeat(32)}`;

describe('references', () => {
  test.each<[string, ImageReference]>([
    ['nginx', { repository: 'nginx' }],
    ['nginx:1.2', { repository: 'nginx', tag: '1.2' }],
    ['team/app', { repository: 'team/app' }],
    ['team/app:v1.0.0-rc.1_x', { repository: 'team/app', tag: 'v1.0.0-rc.1_x' }],
    ['quay.io/team/app:1', { registry: 'quay.io', repository: 'team/app', tag: '1' }],
    ['quay.io/a/b/c/d:1', { registry: 'quay.io', repository: 'a/b/c/d', tag: '1' }],
    ['localhost/app', { registry: 'localhost', repository: 'app' }],
    ['host:5000/app', { registry: 'host:5000', repository: 'app' }],
    ['host:5000', { repository: 'host', tag: '5000' }],
    ['10.0.0.1:80/app:1', { registry: '10.0.0.1:80', repository: 'app', tag: '1' }],
    ['[::1]/app', { registry: '[::1]', repository: 'app' }],
    ['[2001:db8::1]:5000/app:2', { registry: '[2001:db8::1]:5000', repository: 'app', tag: '2' }],
    ['Host/app', { registry: 'Host', repository: 'app' }],
    ['a__b/c-d.e--f', { repository: 'a__b/c-d.e--f' }],
    [`app@${SHA256}`, { repository: 'app', digest: SHA256 }],
    [`quay.io/app:1@${SHA256}`, { registry: 'quay.io', repository: 'app', tag: '1', digest: SHA256 }],
    [`app@other+hash:${'AB'.repeat(16)}`, { repository: 'app', digest: `other+hash:${'AB'.repeat(16)}` }],
    [`app:${'a'.repeat(128)}`, { repository: 'app', tag: 'a'.repeat(128) }],
  ])('%s', (text, reference) => {
    expect(parseImageReference(text)).toEqual({ reference });
  });
});

describe('what is no reference', () => {
  test.each([
    ['empty', ''],
    ['empty', '  '],
    ['template', 'quay.io/app:{{ .Chart.AppVersion }}'],
    ['space', 'quay.io/ap p:1'],
    ['space', 'nginx:1.2 '],
    ['scheme', 'docker://nginx:1'],
    ['scheme', 'https://quay.io/app:1'],
    ['registry', 'nginx:latest/app'],
    ['registry', 'quay..io/app'],
    ['registry', '-quay.io/app'],
    ['registry', 'quay-.io/app'],
    ['registry', ':5000/app'],
    ['registry', '[:::/app'],
    ['registry', '[::1]5000/app'],
    ['upper-case', 'team/App:1'],
    ['upper-case', 'Nginx'],
    ['repository', 'quay.io/'],
    ['repository', '/app'],
    ['repository', 'a//b'],
    ['repository', 'a/b/'],
    ['repository', 'a/_b'],
    ['repository', 'a___b'],
    ['repository', 'a..b'],
    ['repository', ':1'],
    ['repository', 'app$'],
    ['tag', 'app:'],
    ['tag', 'app:1:2'],
    ['tag', 'app:-1'],
    ['tag', 'app:1+2'],
    ['tag', 'quay.io/app:1/x'],
    ['tag', `app:${'a'.repeat(129)}`],
    ['digest', 'app@'],
    ['digest', 'app@sha256'],
    ['digest', 'app@sha256:abc'],
    ['digest', `app@sha256:${'AB'.repeat(32)}`],
    ['digest', `app@${SHA256}@${SHA256}`],
    ['too-long', `quay.io/${'a'.repeat(248)}`],
  ])('%s: %s', (problem, text) => {
    expect(parseImageReference(text)).toEqual({ problem });
  });
});

test('a name may have 255 characters', () => {
  expect(parseImageReference(`quay.io/${'a'.repeat(247)}`)).toHaveProperty('reference');
});

test.each([
  ['nginx:1', 'docker.io/library/nginx'],
  ['docker.io/nginx', 'docker.io/library/nginx'],
  ['index.docker.io/team/app', 'docker.io/team/app'],
  ['team/app', 'docker.io/team/app'],
  ['quay.io/app', 'quay.io/app'],
])('the repository of %s in full is %s', (text, full) => {
  const parsed = parseImageReference(text);
  expect('reference' in parsed && fullRepository(parsed.reference)).toBe(full);
});

test('the parts of a reference make it up again, and no text throws', () => {
  const pieces = fc.constantFrom(
    'a',
    'B',
    '1',
    '.',
    ':',
    '/',
    '@',
    '-',
    '_',
    '__',
    '[',
    ']',
    'sha256:',
    '0'.repeat(64),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces).map((all) => all.join('')),
      ),
      (text) => {
        const parsed = parseImageReference(text);
        if ('problem' in parsed) return;
        const { registry, repository, tag, digest } = parsed.reference;
        const host = registry === undefined ? '' : `${registry}/`;
        const ends = `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
        expect(`${host}${repository}${ends}`).toBe(text);
      },
    ),
    { numRuns: 3000 },
  );
});

test.each(['a'.repeat(1_000_000), '-'.repeat(1_000_000), 'a-'.repeat(500_000), 'a/'.repeat(500_000), ':'.repeat(1e6)])(
  'a million characters take no time',
  (text) => {
    for (const hostile of [text, `h.h/${text}`, `${text}.h/a`, `a:${text}`, `a@${text}`, `a@a:${text}`])
      expect(parseImageReference(hostile)).toHaveProperty('problem');
  },
);
