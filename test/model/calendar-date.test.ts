import { expect, test } from 'vitest';

import { isCalendarDate } from '../../src/model/calendar-date.ts';

test.each(['2026-05-01', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is a day', (text) => {
  expect(isCalendarDate(text)).toBe(true);
});

test.each([
  '2026-02-29',
  '1900-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '2026-4-1',
  '26-04-01',
  ' 2026-05-01',
  '',
])('%j is none', (text) => {
  expect(isCalendarDate(text)).toBe(false);
});
