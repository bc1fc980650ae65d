import { isMapping, propertyOf } from '../../../model/json-value.ts';
import type { Command, Operand, Pipeline } from './parse-expression.ts';
import { parseTemplate, type BranchNode, type TemplateNode } from './parse-template.ts';
import { FUNCTIONS } from './template-functions.ts';
import { isTrue, UNKNOWN, UNKNOWN_MARK, written } from './unknown.ts';

/** What all renderings of a chart may do together; counted down. */
export interface RenderWork {
  /** Nodes and operands. */
  steps: number;
  /** Characters that are written. */
  output: number;
}

export interface RenderContext {
  readonly defines: ReadonlyMap<string, readonly TemplateNode[]>;
  readonly work: RenderWork;
  /** Writes what conditions of a file itself turn off as well. */
  readonly everything?: boolean;
}

interface Scope {
  readonly dot: unknown;
  readonly variables: Map<string, unknown>;
  readonly around?: Scope;
  readonly depth: number;
}

const DEEPEST = 60;
const MOST_ITEMS = 1000;

/**
 * Writes a Go template as Helm would where that can be known: what is unknown becomes a mark, and of a condition on it
 * both branches are written. Nothing is run but a fixed set of functions on plain values. Never throws.
 */
export function renderTemplate(nodes: readonly TemplateNode[], data: unknown, context: RenderContext): string {
  return renderNodes(nodes, { dot: data, variables: new Map([['$', data]]), depth: 0 }, context);
}

function renderNodes(nodes: readonly TemplateNode[], scope: Scope, context: RenderContext): string {
  const parts: string[] = [];
  for (const node of nodes) {
    context.work.steps -= 1;
    if (context.work.steps < 0 || context.work.output < 0) return '';
    const part = renderNode(node, scope, context);
    if (node.kind === 'text' || node.kind === 'output') context.work.output -= part.length;
    parts.push(part);
  }
  return parts.join('');
}

function renderNode(node: TemplateNode, scope: Scope, context: RenderContext): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'output': {
      if (node.pipeline === undefined) return UNKNOWN_MARK;
      const value = evaluate(node.pipeline, scope, context);
      if (node.pipeline.variables.length > 0) return '';
      return typeof value === 'object' && weightOf(value) > HEAVIEST ? UNKNOWN_MARK : written(value);
    }
    case 'template':
      return written(included(node.name, node.data, scope, context));
    default:
      return renderBranch(node, scope, context);
  }
}

function included(name: Pipeline, data: Pipeline | undefined, scope: Scope, context: RenderContext): unknown {
  return includeTemplate(
    evaluate(name, scope, context),
    data === undefined ? null : evaluate(data, scope, context),
    scope,
    context,
  );
}

function includeTemplate(name: unknown, data: unknown, scope: Scope, context: RenderContext): unknown {
  const nodes = typeof name === 'string' ? context.defines.get(name) : undefined;
  if (nodes === undefined || scope.depth > DEEPEST) return UNKNOWN;
  return renderNodes(nodes, { dot: data, variables: new Map([['$', data]]), depth: scope.depth + 1 }, context);
}

function renderBranch(node: BranchNode, scope: Scope, context: RenderContext): string {
  const inner = below(scope, scope.dot);
  const value = node.pipeline === undefined ? UNKNOWN : evaluate(node.pipeline, inner, context);
  const otherwise = (): string => renderNodes(node.otherwise, below(inner, scope.dot), context);
  if (node.kind === 'range') return renderRange(node, value, inner, context) ?? otherwise();
  const body = (dot: unknown): string => renderNodes(node.body, below(inner, dot), context);
  if (value === UNKNOWN || (context.everything === true && scope.depth === 0 && hasLines(node)))
    return body(node.kind === 'with' ? (isTrue(value) ? value : UNKNOWN) : scope.dot) + otherwise();
  if (!isTrue(value)) return otherwise();
  return body(node.kind === 'with' ? value : scope.dot);
}

/** Not a choice between two ways to write one value. */
function hasLines({ body }: BranchNode): boolean {
  return body.some((node) => (node.kind === 'text' ? node.text.trim().includes('\n') : node.kind !== 'output'));
}

/** Undefined where there is nothing to go through. */
function renderRange(node: BranchNode, value: unknown, scope: Scope, context: RenderContext): string | undefined {
  const items = value === UNKNOWN ? [[UNKNOWN, UNKNOWN] as const] : itemsOf(value);
  if (items.length === 0) return undefined;
  const { variables = [] } = node.pipeline ?? {};
  return items
    .map(([key, item]) => {
      const inner = below(scope, item);
      const [first = '', second] = variables;
      if (second !== undefined) inner.variables.set(first, key).set(second, item);
      else if (first !== '') inner.variables.set(first, item);
      return renderNodes(node.body, inner, context);
    })
    .join('');
}

function itemsOf(value: unknown): (readonly [unknown, unknown])[] {
  if (typeof value === 'number')
    return Array.from({ length: Math.min(Math.max(value, 0), MOST_ITEMS) }, (_, at) => [at, at] as const);
  if (Array.isArray(value)) return [...value.slice(0, MOST_ITEMS).entries()];
  if (!isMapping(value)) return [];
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MOST_ITEMS);
}

function below(scope: Scope, dot: unknown): Scope {
  return { dot, variables: new Map(), around: scope, depth: scope.depth };
}

function evaluate({ variables, declares, commands }: Pipeline, scope: Scope, context: RenderContext): unknown {
  let value: unknown;
  for (const [index, command] of commands.entries()) value = run(command, scope, context, index === 0 ? [] : [value]);
  const [name] = variables;
  if (name !== undefined && variables.length === 1) {
    const holder = declares ? scope : holderOf(scope, name);
    holder.variables.set(name, value);
  }
  return value;
}

function holderOf(scope: Scope, name: string): Scope {
  for (let each: Scope | undefined = scope; each !== undefined; each = each.around)
    if (each.variables.has(name)) return each;
  return scope;
}

function run(command: Command, scope: Scope, context: RenderContext, piped: readonly unknown[]): unknown {
  context.work.steps -= command.length;
  if (context.work.steps < 0) return UNKNOWN;
  const [first, ...rest] = command;
  if (first === undefined) return UNKNOWN;
  // Methods, such as `.Capabilities.APIVersions.Has`, are answered by a cluster.
  if (first.kind !== 'function')
    return rest.length + piped.length === 0 ? operandValue(first, scope, context) : UNKNOWN;
  const values = (): unknown[] => [...rest.map((operand) => operandValue(operand, scope, context)), ...piped];
  return call(first.name, values, scope, context);
}

function call(name: string, values: () => unknown[], scope: Scope, context: RenderContext): unknown {
  const given = values();
  switch (name) {
    case 'default': {
      const [fallback, value] = given;
      if (given.length < 2) return fallback;
      return value === UNKNOWN ? UNKNOWN : isTrue(value) ? value : fallback;
    }
    case 'coalesce':
      return given.find((value) => isTrue(value));
    case 'and':
      return (
        given.find((value) => value === UNKNOWN || !isTrue(value)) ??
        (given.some((each) => !isTrue(each)) ? false : given.at(-1))
      );
    case 'or':
      return given.find((value) => value === UNKNOWN || isTrue(value)) ?? given.at(-1);
    case 'include':
      return includeTemplate(given[0], given[1], scope, context);
    case 'tpl':
      return templated(given, scope, context);
    default: {
      const work = FUNCTIONS.get(name);
      if (work === undefined) return UNKNOWN;
      if (given.includes(UNKNOWN) && !HOLDING.has(name)) return UNKNOWN;
      return bounded(name, given, work, context.work);
    }
  }
}

/** Those that put values into others, which may be unknown. */
const HOLDING: ReadonlySet<string> = new Set(['dict', 'list', 'tuple', 'set', 'append', 'prepend', 'concat']);
/** Those that never look deeper into what they get than one level. */
const SHALLOW: ReadonlySet<string> = new Set(
  (
    'dict list tuple get set hasKey keys values pick omit pluck dig deepCopy mustDeepCopy index len first last rest initial ' +
    'append prepend concat compact empty ternary required not kindIs kindOf typeIs typeOf int int64'
  ).split(' '),
);
/** What a function may look at, in values and characters. */
const HEAVIEST = 2_000_000;

/** Values can hold each other in ways that grow without end, so each call costs what it looks at. */
function bounded(
  name: string,
  given: readonly unknown[],
  work: (...values: readonly unknown[]) => unknown,
  left: RenderWork,
): unknown {
  const cost = SHALLOW.has(name) ? given.reduce<number>((sum, value) => sum + widthOf(value), 0) : weightOf(given);
  if (cost > HEAVIEST) return UNKNOWN;
  left.steps -= cost / 32;
  if (left.steps < 0) return UNKNOWN;
  const result = attempt(() => work(...given));
  return typeof result === 'string' && result.length > HEAVIEST ? UNKNOWN : result;
}

function widthOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return isMapping(value) ? Object.keys(value).length : 1;
}

/** Values and characters in it, counted no further than is allowed. */
function weightOf(value: unknown): number {
  const pending: unknown[] = [value];
  let weight = 0;
  for (let next = pending.pop(); weight <= HEAVIEST; next = pending.pop()) {
    weight += typeof next === 'string' ? 1 + next.length : 1;
    if (typeof next === 'object' && next !== null) for (const each of Object.values(next)) pending.push(each);
    if (pending.length === 0) break;
  }
  return weight;
}

/** What a function cannot do with what it was given is an error to Helm, too. */
function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return UNKNOWN;
  }
}

function templated([text, data]: readonly unknown[], scope: Scope, context: RenderContext): unknown {
  if (typeof text !== 'string' || scope.depth > DEEPEST) return UNKNOWN;
  context.work.steps -= text.length / 10;
  const template = parseTemplate(text);
  if (template === undefined) return UNKNOWN;
  return renderNodes(template.nodes, { dot: data, variables: new Map([['$', data]]), depth: scope.depth + 1 }, context);
}

function operandValue(operand: Operand, scope: Scope, context: RenderContext): unknown {
  context.work.steps -= 1;
  switch (operand.kind) {
    case 'literal':
      return operand.value;
    case 'function':
      return call(operand.name, () => [], scope, context);
    case 'path':
      return fieldOf(startOf(operand, scope, context), operand.path);
  }
}

function startOf(
  { variable, group }: Extract<Operand, { kind: 'path' }>,
  scope: Scope,
  context: RenderContext,
): unknown {
  if (group !== undefined) return evaluate(group, scope, context);
  if (variable === undefined) return scope.dot;
  const holder = holderOf(scope, variable);
  return holder.variables.has(variable) ? holder.variables.get(variable) : UNKNOWN;
}

function fieldOf(start: unknown, path: readonly string[]): unknown {
  let value = start;
  for (const key of path) {
    if (value === UNKNOWN) return UNKNOWN;
    value = propertyOf(value, key) ?? null;
  }
  return value;
}
