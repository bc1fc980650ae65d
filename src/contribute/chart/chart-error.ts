import { PackyardError } from '../../errors.ts';

/** Says that a source is no chart that a pack can be made from. */
export function chartInvalid(message: string, hint: string, cause?: unknown): PackyardError {
  return new PackyardError({ code: 'chart-invalid', message, hint, cause });
}

/** What a packed chart is, for whoever named something else. */
export const CHART_HINT =
  'Name a packed chart (.tgz), the folder of a chart (with Chart.yaml in it), or the address of one.';
