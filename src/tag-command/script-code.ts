import { parse, type AnyNode, type CallExpression, type Expression, type Statement } from 'acorn';

/** A command `createIframe`. */
export interface FrameCode {
  /** Its values, after `createIframe`. */
  readonly values: readonly string[];
  /** The list with the values, as written. */
  readonly source: string;
}

/** A statement of a script. */
export interface CodePart {
  /** Range in the script's text. */
  readonly start: number;
  readonly end: number;
  /** Whether it is code that Qualifio's tag has, and nothing else. */
  readonly isTag: boolean;
  readonly frames: readonly FrameCode[];
  /** Whether it loads the kit or makes the queue. */
  readonly loads: boolean;
  /** Addresses that the kit is loaded from. */
  readonly kits: readonly string[];
}

/** A path of Qualifio's kit. */
export const kitPath: RegExp = /\/kit\/qualp[\w.]*\.js$/;

const queueName = '_qual_async';
const globals = ['window', 'self', 'globalThis'];
/** All that the loader of a tag uses; a function that uses nothing else can only load a script. */
const loaderWords = new Set([
  ...[
    'document',
    'window',
    'createElement',
    'async',
    'defer',
    'src',
    'type',
    'getElementsByTagName',
  ],
  ...['parentNode', 'insertBefore', 'appendChild', 'head', 'body', queueName],
  ...['script', 'text/javascript'],
]);

/** The statements of a script; null if it is not valid JavaScript. */
export function readCode(code: string, isModule: boolean): readonly CodePart[] | null {
  try {
    const sourceType = isModule ? 'module' : 'script';
    const { body } = parse(code, { ecmaVersion: 'latest', sourceType });
    return body.map((statement) => partOf(statement as Statement, code));
  } catch {
    return null;
  }
}

function partOf(statement: Statement, code: string): CodePart {
  const { start, end } = statement;
  const frames: FrameCode[] = [];
  const kits: string[] = [];
  let loads = false;
  const isKnown = (expression: Expression): boolean => {
    const command = framesOf(expression, code);
    frames.push(...command);
    if (command.length > 0) return true;
    const kit = kitOf(expression);
    if (kit) kits.push(kit);
    const isLoader = kit !== null || isNewQueue(expression);
    loads ||= isLoader;
    return isLoader;
  };
  const isTag = expressionsOf(statement)?.map(isKnown).every(Boolean) ?? false;
  return { start, end, isTag, frames: isTag ? frames : [], loads: isTag && loads, kits };
}

/** The expressions that a statement consists of; null if it is of a kind that no tag has. */
function expressionsOf(statement: Statement): readonly Expression[] | null {
  if (statement.type === 'EmptyStatement') return [];
  if (statement.type === 'VariableDeclaration') {
    const [declared, ...others] = statement.declarations;
    if (others.length > 0 || !declared?.init || !isQueue(declared.id)) return null;
    return [declared.init];
  }
  if (statement.type !== 'ExpressionStatement') return null;
  const { expression, directive } = statement;
  if (directive !== undefined) return [];
  const parts = expression.type === 'SequenceExpression' ? expression.expressions : [expression];
  // `!function () {}()` and `void function () {}()`, as minifiers write calls.
  return parts.map((part) => (part.type === 'UnaryExpression' ? part.argument : part));
}

/** The commands in `_qual_async.push(['createIframe', …], …)`; none if it is something else. */
function framesOf(expression: Expression, code: string): readonly FrameCode[] {
  if (expression.type !== 'CallExpression' || !isPush(expression)) return [];
  const frames = expression.arguments.map((list) => {
    if (list.type !== 'ArrayExpression') return null;
    const values = list.elements.map((element) =>
      element?.type === 'Literal' && ['string', 'number'].includes(typeof element.value)
        ? String(element.value)
        : null,
    );
    if (values[0] !== 'createIframe' || values.includes(null)) return null;
    return { values: values as string[], source: code.slice(list.start, list.end) };
  });
  return frames.includes(null) ? [] : (frames as FrameCode[]);
}

function isPush({ callee }: CallExpression): boolean {
  if (callee.type !== 'MemberExpression' || callee.object.type === 'Super') return false;
  return memberName(callee.property, callee.computed) === 'push' && isQueue(callee.object);
}

function isQueue(node: AnyNode): boolean {
  if (node.type === 'Identifier') return node.name === queueName;
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return false;
  const name = memberName(node.property, node.computed);
  return globals.includes(node.object.name) && name === queueName;
}

function memberName(property: AnyNode, isComputed: boolean): string | undefined {
  if (property.type === 'Identifier' && !isComputed) return property.name;
  return property.type === 'Literal' ? String(property.value) : undefined;
}

/** Whether it is `window._qual_async = window._qual_async || []`, or the right-hand side of that. */
function isNewQueue(expression: Expression): boolean {
  const isEmpty = (node: AnyNode): boolean =>
    node.type === 'ArrayExpression' && node.elements.length === 0;
  if (expression.type === 'LogicalExpression') {
    const { operator, left, right } = expression;
    return ['||', '??'].includes(operator) && isQueue(left) && isEmpty(right);
  }
  if (expression.type !== 'AssignmentExpression' || !isQueue(expression.left)) return false;
  const { operator, right } = expression;
  if (operator === '=') return isEmpty(right) || isNewQueue(right);
  return ['||=', '??='].includes(operator) && isEmpty(right);
}

/** The address that a call loads the kit from, if it does nothing else. */
function kitOf(expression: Expression): string | null {
  if (expression.type !== 'CallExpression') return null;
  const { callee, arguments: given } = expression;
  if (callee.type !== 'FunctionExpression' && callee.type !== 'ArrowFunctionExpression')
    return null;
  const words = new Set(loaderWords);
  const kits: string[] = [];
  let isLoader = true;
  const waiting: unknown[] = [callee.params, callee.body, given];
  const nodes: AnyNode[] = [];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    if ('type' in next) nodes.push(next as AnyNode);
    waiting.push(...(Object.values(next) as unknown[]));
  }
  for (const node of nodes) {
    const named = node.type === 'VariableDeclarator' ? node.id : null;
    for (const name of named ? [named] : callee.params) {
      if (name.type === 'Identifier') words.add(name.name);
    }
  }
  for (const node of nodes) {
    if (node.type === 'TemplateElement') isLoader = false;
    if (node.type === 'Identifier') isLoader &&= words.has(node.name);
    if (node.type !== 'Literal') continue;
    if (typeof node.value === 'string' && kitPath.test(node.value)) kits.push(node.value);
    else
      isLoader &&=
        [0, 1, true, false].includes(node.value as number) || words.has(String(node.value));
  }
  const [kit] = kits;
  return isLoader && kits.length === 1 && kit !== undefined ? kit : null;
}
