import { defineConfig } from 'vitest/config';

/** Milliseconds; to start a process takes several times as long on Windows. */
const TIMEOUT = process.platform === 'win32' ? 240_000 : 60_000;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: TIMEOUT,
    hookTimeout: TIMEOUT,
    // Most tests wait for processes of their own.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/index.ts'],
      reporter: ['text-summary'],
      thresholds: { lines: 96, statements: 95, functions: 95, branches: 89 },
    },
  },
});
