import { LIMITS } from '../model/limits.ts';
import type { YamlProblem } from './yaml-document.ts';

/** Why a text is not the YAML that is wanted, in words. */
export function yamlProblemReason(problem: YamlProblem): string {
  if (problem.kind === 'invalid') return problem.reason;
  if (problem.kind === 'self-reference') return `the anchor "${problem.anchor}" holds itself`;
  return `it grows to more than ${LIMITS.yamlNodes} values when its aliases are expanded`;
}
