import { expect, test } from 'vitest';

import { formatBytes } from '../../src/model/format-bytes.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [10_188, '9.9 KiB'],
  [10_239, '10 KiB'],
  [15_872, '16 KiB'],
  [1_048_063, '1023 KiB'],
  [1_048_575, '1 MiB'],
  [67_108_864, '64 MiB'],
  [1_073_741_823, '1 GiB'],
  [1024 ** 4, '1 TiB'],
  [5000 * 1024 ** 4, '5000 TiB'],
])('%d bytes are shown as %s', (count, wanted) => {
  expect(formatBytes(count)).toBe(wanted);
});
