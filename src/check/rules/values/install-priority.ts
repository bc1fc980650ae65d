import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { kindOf, propertyOf } from '../../../model/json-value.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { shortened } from '../../shortened.ts';

const KEY = 'spectrocloud.com/install-priority';

/** A macro is filled in later. */
const FITS = /^-?\d{1,9}$|\{\{/u;

export function* installPriority({ values }: LintPack): Generator<Finding> {
  const priority = propertyOf(propertyOf(values?.value, 'pack'), KEY);
  if (values === undefined || priority === undefined) return;
  if (typeof priority === 'string' && FITS.test(priority)) return;
  const place = values.place(['pack', KEY]);
  yield findingOf('values/install-priority', VALUES_FILE, { found: shown(priority) }, { place });
}

function shown(value: unknown): string {
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'string' ? JSON.stringify(shortened(value)) : kindOf(value);
}
