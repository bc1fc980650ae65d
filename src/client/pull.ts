import { startOperation, type Operation } from './operation.ts';
import { applied, type ApplyPullOptions } from './pull/apply-pull.ts';
import { planPull, type PlanPullOptions } from './pull/plan-pull.ts';
import type { PullEvent, PullResult } from './pull/pull-plan.ts';
import type { PackReference } from './reference.ts';
import type { Registry } from './registry.ts';

export interface PullOptions extends PlanPullOptions, ApplyPullOptions {}

/**
 * Fetches packs, verifies them and unpacks each into `<directory>/<name>-<version>/`, or keeps its archive. Everything is
 * resolved before anything is fetched; two references to one release are one. What is there already and is the same
 * stays; what differs is replaced only with `force`.
 *
 *     const operation = pull(registry, ['nginx@1.x', 'redis'], { directory: 'packs' });
 *     for await (const event of operation) console.log(event.kind);
 *     const { packs } = await operation;
 *
 * Rejects with `usage` where a text is no reference; with a `PullError` when all others are done, where some packs
 * failed; with the reason of the signal. Nothing half-made is ever where the packs go.
 */
export function pull(
  registry: Registry,
  references: readonly (string | PackReference)[],
  options: PullOptions = {},
): Operation<PullEvent, PullResult> {
  const { signal, onProgress } = options;
  return startOperation(
    async (emit, stop) => {
      const onWarning: PullOptions['onWarning'] = (warning) => {
        options.onWarning?.(warning);
        emit({ kind: 'warning', warning });
      };
      const plan = await planPull(registry, references, { ...options, signal: stop, onWarning });
      emit({ kind: 'planned', plan });
      return applied(plan, { ...options, signal: stop }, emit);
    },
    {
      ...(signal !== undefined && { signal }),
      ...(onProgress !== undefined && { onEvent: onProgress }),
    },
  );
}
