/** An expression that cannot be read or has no value; `position` counts characters from 0. */
export class ExpressionError extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(`${message} at character ${position + 1}`);
    this.name = 'ExpressionError';
    this.position = position;
  }
}

interface Token {
  kind: 'number' | 'name' | 'symbol' | 'end';
  text: string;
  position: number;
}

const functions: Record<string, (...values: number[]) => number> = {
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  abs: Math.abs,
  ln: Math.log,
  log: Math.log10,
  exp: Math.exp,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  round: Math.round,
  floor: Math.floor,
  ceil: Math.ceil,
  min: Math.min,
  max: Math.max,
  sum: (...values) => values.reduce((total, value) => total + value, 0),
  mean: (...values) => values.reduce((total, value) => total + value, 0) / values.length,
};
const constants: Record<string, number> = { pi: Math.PI, e: Math.E };
const deepest = 100;

function tokenize(source: string): Token[] {
  const pattern = /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)|([a-z]+)|([-+*/^%(),!]))/iy;
  const tokens: Token[] = [];
  let index = 0;
  while (source.slice(index).trim() !== '') {
    pattern.lastIndex = index;
    const match = pattern.exec(source);
    const start = index + (/^\s*/.exec(source.slice(index))?.[0].length ?? 0);
    if (!match) throw new ExpressionError(`"${source[start]}" is not part of an expression`, start);
    const [, number, name, symbol] = match;
    const text = number ?? name?.toLowerCase() ?? symbol ?? '';
    tokens.push({ kind: number ? 'number' : name ? 'name' : 'symbol', text, position: start });
    index = pattern.lastIndex;
  }
  tokens.push({ kind: 'end', text: '', position: source.length });
  return tokens;
}

/**
 * Evaluates arithmetic by recursive descent: `+ - * / ^`, parentheses, `!`, functions such as `sqrt`,
 * `max` and `mean`, `pi` and `e`. `17%` is seventeen hundredths, `17% of 2350` multiplies, and
 * `100 + 10%` adds a tenth of the hundred, as a pocket calculator does. Between two values `%` is
 * the remainder.
 * @throws ExpressionError with the position of the fault
 */
export function evaluate(source: string): number {
  const tokens = tokenize(source);
  let index = 0;
  let depth = 0;
  const peek = (): Token => tokens[index] as Token;
  const next = (): Token => tokens[index++] as Token;
  const accept = (text: string): boolean => {
    if (peek().text !== text) return false;
    index++;
    return true;
  };
  const expect = (text: string) => {
    const token = peek();
    if (!accept(text)) throw new ExpressionError(`"${text}" was expected`, token.position);
  };
  const startsValue = (token: Token | undefined) =>
    token !== undefined &&
    (token.kind === 'number' || (token.kind === 'name' && token.text !== 'of') || token.text === '(');

  interface Operand {
    value: number;
    percent: boolean;
  }
  const plain = (value: number): Operand => ({ value, percent: false });

  function addition(): Operand {
    let left = multiplication();
    while (peek().text === '+' || peek().text === '-') {
      const sign = next().text === '+' ? 1 : -1;
      const right = multiplication();
      left = plain(left.value + sign * (right.percent && !left.percent ? left.value * right.value : right.value));
    }
    return left;
  }
  function multiplication(): Operand {
    let left = sign();
    for (;;) {
      const { text, position } = peek();
      if (text === '*' || text === 'of') {
        next();
        left = plain(left.value * sign().value);
      } else if (text === '/' || text === '%') {
        next();
        const right = sign().value;
        if (right === 0) throw new ExpressionError('division by zero', position);
        left = plain(text === '/' ? left.value / right : left.value % right);
      } else return left;
    }
  }
  function sign(): Operand {
    if (++depth > deepest) throw new ExpressionError('the expression is nested too deeply', peek().position);
    try {
      if (accept('-')) return plain(-sign().value);
      if (accept('+')) return sign();
      return power();
    } finally {
      depth--;
    }
  }
  function power(): Operand {
    const base = postfix();
    return accept('^') ? plain(base.value ** sign().value) : base;
  }
  function postfix(): Operand {
    let operand = plain(primary());
    for (;;) {
      if (peek().text === '!') {
        operand = plain(factorial(operand.value, next().position));
      } else if (peek().text === '%' && !startsValue(tokens[index + 1])) {
        next();
        operand = { value: operand.value / 100, percent: true };
      } else return operand;
    }
  }
  function primary(): number {
    const token = next();
    if (token.kind === 'number') return Number(token.text);
    if (token.text === '(') {
      const { value } = addition();
      expect(')');
      return value;
    }
    if (token.kind === 'name') {
      const constant = Object.hasOwn(constants, token.text) ? constants[token.text] : undefined;
      if (constant !== undefined) return constant;
      const apply = Object.hasOwn(functions, token.text) ? functions[token.text] : undefined;
      if (!apply) throw new ExpressionError(`"${token.text}" is not a function`, token.position);
      expect('(');
      const values = [addition().value];
      while (accept(',')) values.push(addition().value);
      expect(')');
      return apply(...values);
    }
    throw new ExpressionError(
      token.kind === 'end' ? 'a value is missing' : `"${token.text}" was not expected`,
      token.position,
    );
  }

  const { value } = addition();
  const rest = peek();
  if (rest.kind !== 'end') throw new ExpressionError(`"${rest.text}" was not expected`, rest.position);
  if (!Number.isFinite(value)) throw new ExpressionError('the expression has no finite value', 0);
  return value;
}

function factorial(value: number, position: number): number {
  if (!Number.isInteger(value) || value < 0 || value > 170) {
    throw new ExpressionError('a factorial needs a whole number from 0 to 170', position);
  }
  let product = 1;
  for (let factor = 2; factor <= value; factor++) product *= factor;
  return product;
}
