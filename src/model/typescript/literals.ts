import type { AnyNode, Expression, ObjectExpression, Program, Property, SpreadElement } from 'acorn';

/** Finds in the compiled code of a configuration the expressions that its values were written as. */
export interface Literals {
  /** What is exported under `default`. */
  root: Expression | undefined;
  /** The expression behind names, `defineSystem(…)` and other calls that hand their argument on. */
  resolve(expression: Expression): Expression;
  /** The expression of one key, and the key's own node; looks through spreads. The last one counts. */
  member(expression: Expression, key: string): Member | undefined;
  /** The expression of one item of a list; undefined when a spread is before it. */
  item(expression: Expression, index: number): Expression | undefined;
  /** An object literal somewhere inside that has just these keys: the one that a `map` or a function makes again and again. */
  literalLike(expression: Expression, keys: readonly string[]): ObjectExpression | undefined;
}

export interface Member {
  key: AnyNode;
  value: Expression;
}

export function findLiterals(program: Program): Literals {
  const names = new Map<string, Expression>();
  let root: Expression | undefined;
  let exported: string | undefined;
  for (const statement of program.body) {
    if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) if (id.type === 'Identifier' && init) names.set(id.name, init);
    }
    if (statement.type === 'ExportDefaultDeclaration') root = statement.declaration as Expression;
    if (statement.type === 'ExportNamedDeclaration') {
      for (const { local, exported: name } of statement.specifiers) {
        if (name.type === 'Identifier' && name.name === 'default' && local.type === 'Identifier') exported = local.name;
      }
    }
  }
  if (!root && exported !== undefined) root = names.get(exported);

  const resolve = (expression: Expression, left = 20): Expression => {
    if (left === 0) return expression;
    if (expression.type === 'Identifier') {
      const init = names.get(expression.name);
      return init ? resolve(init, left - 1) : expression;
    }
    if (expression.type === 'CallExpression' && expression.callee.type === 'Identifier') {
      const [argument] = expression.arguments;
      const hands = /^(defineSystem\d*|structuredClone)$/.test(expression.callee.name);
      if (hands && argument && argument.type !== 'SpreadElement') return resolve(argument, left - 1);
    }
    if (expression.type === 'AwaitExpression') return resolve(expression.argument, left - 1);
    return expression;
  };

  const member = (expression: Expression, key: string, left = 20): Member | undefined => {
    const resolved = resolve(expression);
    if (resolved.type !== 'ObjectExpression' || left === 0) return undefined;
    for (const property of [...resolved.properties].reverse()) {
      if (property.type === 'SpreadElement') {
        const found = member(property.argument, key, left - 1);
        if (found) return found;
      } else if (keyOf(property) === key) {
        return { key: property.key, value: property.value };
      }
    }
    const [unknown] = resolved.properties.filter(isOpaqueSpread);
    return unknown && { key: unknown, value: resolve(unknown.argument) };
  };
  const isOpaqueSpread = (property: Property | SpreadElement): property is SpreadElement =>
    property.type === 'SpreadElement' && resolve(property.argument).type !== 'ObjectExpression';

  return {
    root,
    resolve,
    member,
    item(expression, index) {
      const resolved = resolve(expression);
      if (resolved.type !== 'ArrayExpression') return undefined;
      const before = resolved.elements.slice(0, index + 1);
      const found = before[index];
      return found && !before.some((each) => each?.type === 'SpreadElement') ? (found as Expression) : undefined;
    },
    literalLike: (expression, keys) => literalsIn(resolve(expression)).find((literal) => hasKeys(literal, keys)),
  };
}

const keyOf = (property: Property): string | undefined => {
  if (property.computed) return undefined;
  if (property.key.type === 'Identifier') return property.key.name;
  return property.key.type === 'Literal' ? String(property.key.value) : undefined;
};

/** Every key of the value must be written in the literal, or come from a spread in it. */
function hasKeys(literal: ObjectExpression, keys: readonly string[]): boolean {
  const written = literal.properties.flatMap((property) => (property.type === 'Property' ? [keyOf(property)] : []));
  return written.length > 0 && written.every((key) => key !== undefined && keys.includes(key));
}

const collected = new WeakMap<Expression, ObjectExpression[]>();

/** Object literals inside an expression, the outer ones first. */
function literalsIn(expression: Expression): ObjectExpression[] {
  const known = collected.get(expression);
  if (known) return known;
  const found: ObjectExpression[] = [];
  const queue: unknown[] = [expression];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (Array.isArray(next)) queue.push(...next);
    else if (typeof next === 'object' && next !== null && 'type' in next) {
      if (next.type === 'ObjectExpression') found.push(next as ObjectExpression);
      queue.push(...Object.values(next).filter((value) => typeof value === 'object' && value !== null));
    }
  }
  collected.set(expression, found);
  return found;
}
