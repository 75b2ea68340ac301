/** The page of all diagnostics, from the catalogue: each constructor's comment says what and why, its code names it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';

/** @param {string} folder of the catalogue @returns {string} Markdown */
export function diagnosticsPage(folder) {
  const families = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => entriesOf(join(folder, name)));
  const entries = families.flat().sort((a, b) => (a.code < b.code ? -1 : 1));
  const lines = [
    '# Reference: diagnostics',
    '',
    'Every message that Gantry can give has a code. Here is what each one means and what to do.',
    'In the texts, `…` stands for names and values of your own. This page is made by `npm run generate`.',
    '',
    ...entries.flatMap(({ code, severity, comment, message, cure }) => [
      `## \`${code}\``,
      '',
      comment,
      '',
      `- ${severity}: ${message}`,
      ...(cure ? [`- cure: ${cure}`] : []),
      '',
    ]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** One file of the catalogue: every exported constructor that makes a diagnostic. */
function entriesOf(path) {
  const file = ts.createSourceFile(basename(path), readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const makers = new Map();
  const entries = [];
  for (const statement of file.statements) {
    const name = declaredName(statement);
    if (!name) continue;
    const exported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    const found = readMaker(statement, makers);
    if (!exported) makers.set(name, found);
    else if (found.code) {
      const comment = commentOf(statement);
      if (!comment) throw new Error(`${basename(path)}: ${name} has no comment, and its comment is its published page`);
      entries.push({ severity: 'error', message: '…', ...found, comment });
    }
  }
  return entries;
}

const declaredName = (statement) =>
  ts.isFunctionDeclaration(statement)
    ? statement.name?.text
    : ts.isVariableStatement(statement)
      ? statement.declarationList.declarations[0]?.name.getText()
      : undefined;

/** Code, severity, message and cure of the object that a constructor makes, directly or through a helper of its file. */
function readMaker(statement, makers) {
  const found = {};
  const visit = (node) => {
    if (ts.isPropertyAssignment(node)) {
      const key = node.name.getText();
      if (['code', 'severity', 'message', 'cure'].includes(key) && !(key in found)) {
        const text = textOf(node.initializer);
        if (text !== undefined) found[key] = text;
      }
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const helper = makers.get(node.expression.text);
      if (helper?.code?.includes('…')) {
        const [code, message] = node.arguments.map(textOf);
        if (code !== undefined) {
          found.code ??= helper.code.replace('…', code);
          found.message ??= message;
          found.severity ??= helper.severity;
          const last = node.arguments.at(-1);
          if (node.arguments.length >= 4 && last && textOf(last) !== undefined) found.cure ??= textOf(last);
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}

/** A literal's text with `…` for what is filled in; both sides of a choice. */
function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
  if (ts.isConditionalExpression(node)) {
    const [first, second] = [textOf(node.whenTrue), textOf(node.whenFalse)];
    return first !== undefined && second !== undefined ? `${first} — or: ${second}` : (first ?? second);
  }
  if (ts.isBinaryExpression(node)) return textOf(node.right) ?? textOf(node.left);
  return undefined;
}

/** What the comment says, without its tags. */
function commentOf(statement) {
  const [comment] = statement.jsDoc ?? [];
  const text =
    typeof comment?.comment === 'string' ? comment.comment : comment?.comment?.map((part) => part.getText()).join('');
  return text?.replace(/\s*\n\s*/g, ' ').trim();
}
