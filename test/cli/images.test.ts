import { describe, expect, test } from 'vitest';

import { publishDemo, runCommand, useDemoRegistry } from '../helpers/demo-registry.ts';

useDemoRegistry();

describe('images', () => {
  const images = ['z.io/b:1', 'a.io/a:1', 'z.io/b:1'];

  test('each once, with who needs it', async () => {
    await publishDemo({ images });
    expect(await runCommand(['images', 'demo', 'demo@0.9.0'])).toEqual({
      status: 0,
      out: 'IMAGE     NEEDED BY\na.io/a:1  demo@0.9.0, demo@1.0.0\nz.io/b:1  demo@0.9.0, demo@1.0.0\n',
      err: 'warning demo 0.9.0 is yanked: It loses data.\n',
    });
  });

  test('one a line, and as JSON', async () => {
    await publishDemo({ images });
    expect(await runCommand(['images', '--plain', 'demo'])).toEqual({
      status: 0,
      out: 'a.io/a:1\nz.io/b:1\n',
      err: '',
    });
    expect(JSON.parse((await runCommand(['images', '--json', 'demo'])).out)).toEqual({
      format: 'packyard-images/1',
      releases: ['demo@1.0.0'],
      images: [
        { image: 'a.io/a:1', releases: ['demo@1.0.0'] },
        { image: 'z.io/b:1', releases: ['demo@1.0.0'] },
      ],
    });
  });

  test('none', async () => {
    expect(await runCommand(['images', 'demo'])).toEqual({ status: 0, out: '', err: 'They name no images.\n' });
  });
});
