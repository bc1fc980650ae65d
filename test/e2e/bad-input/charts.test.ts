import { createGzip, gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import type { FileMap } from '../../helpers/git-repository.ts';
import { packTranscript } from '../../helpers/refused-build.ts';

const chart = (path: string, files: FileMap): Promise<string> =>
  packTranscript({ manifest: { charts: [path] }, files });

describe('packyard build refuses a chart that', () => {
  test('lies outside the pack', async () => {
    expect(await chart('../other/charts/demo.tgz', {})).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:10:5 error pack/path-outside
        "charts" names "../other/charts/demo.tgz", which is not a path inside the pack
        10 |     "../other/charts/demo.tgz"
           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^
        → Name a file of the pack, relative to its pack.json and with /."
    `);
  });

  test('lies at an absolute path', async () => {
    expect(await chart('/etc/passwd', {})).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:10:5 error pack/path-outside
        "charts" names "/etc/passwd", which is not a path inside the pack
        10 |     "/etc/passwd"
           |     ^^^^^^^^^^^^^
        → Name a file of the pack, relative to its pack.json and with /."
    `);
  });

  test('is missing', async () => {
    expect(await chart('charts/dmo-1.0.0.tgz', { 'charts/demo-1.0.0.tgz': 'x' })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:10:5 error chart/missing-file
        the chart "charts/dmo-1.0.0.tgz" is not in the pack
        10 |     "charts/dmo-1.0.0.tgz"
           |     ^^^^^^^^^^^^^^^^^^^^^^
        → Did you mean "charts/demo-1.0.0.tgz"?"
    `);
  });

  test('is no gzip', async () => {
    expect(await chart('charts/demo.tgz', { 'charts/demo.tgz': 'not a chart\n' })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:10:5 error chart/unreadable
        the chart "charts/demo.tgz" cannot be read: incorrect header check
        10 |     "charts/demo.tgz"
           |     ^^^^^^^^^^^^^^^^^
        → Pack it again with \`helm package\`, and see that Git did not change it (\`*.tgz binary\` in .gitattributes)."
    `);
  });

  test('is cut off', async () => {
    const whole = gzipSync(Buffer.alloc(10_000, 'chart'));
    expect(await chart('charts/demo.tgz', { 'charts/demo.tgz': whole.subarray(0, -20) })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:10:5 error chart/unreadable
        the chart "charts/demo.tgz" cannot be read: unexpected end of file
        10 |     "charts/demo.tgz"
           |     ^^^^^^^^^^^^^^^^^
        → Pack it again with \`helm package\`, and see that Git did not change it (\`*.tgz binary\` in .gitattributes)."
    `);
  });

  test('is a gzip bomb', async () => {
    const bomb = await gzipOfZeros(1024);
    expect(bomb.length).toBeLessThan(8_000_000);
    expect(await chart('charts/demo.tgz', { 'charts/demo.tgz': bomb })).toMatchInlineSnapshot(`
      "exit status 1
      --- stdout
      1 error. Nothing was written: 1 pack refused.
      --- stderr
      packs: 1/1
      packs/demo/pack.json:10:5 error chart/too-large
        the chart "charts/demo.tgz" grows to more than 64 MiB when unpacked
        10 |     "charts/demo.tgz"
           |     ^^^^^^^^^^^^^^^^^
        → A chart is text: look for what was packed by mistake, and name it in .helmignore."
    `);
  });
});

/** Mebibytes of zeros, compressed without ever being held. */
async function gzipOfZeros(mebibytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: 1 });
  const zeros = Buffer.alloc(1_048_576);
  const feed = async (): Promise<void> => {
    for (let count = 0; count < mebibytes; count += 1) {
      if (!gzip.write(zeros)) await new Promise((resolve) => gzip.once('drain', resolve));
    }
    gzip.end();
  };
  const fed = feed();
  const chunks: Buffer[] = [];
  for await (const chunk of gzip) chunks.push(Buffer.from(chunk));
  await fed;
  return Buffer.concat(chunks);
}
