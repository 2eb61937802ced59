// Changes that Stryker does not make by itself. Each takes out what this package is defended by: a call,
// a look at own members only, a redirect that is not followed, a deadline, an address without `<base>`.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const fromCore = createRequire(createRequire(import.meta.url).resolve('@stryker-mutator/core'));
const instrumenter = join(
  fromCore.resolve('@stryker-mutator/instrumenter/package.json'),
  '../dist/src/mutators/mutate.js',
);
// Stryker has no kind of plugin for it.
const { allMutators } = await import(pathToFileURL(instrumenter).href);

const member = (object, property) => ({
  ...{ type: 'MemberExpression', object, property, computed: true },
});

/** What takes the place of a call, by what is called. */
const calls = {
  'Object.freeze': ([value]) => value,
  'Object.create': ([from]) => from.type === 'NullLiteral' && objectOf([]),
  'Object.hasOwn': ([object, name]) => ({
    ...{ type: 'BinaryExpression', operator: 'in', left: name, right: object },
  }),
  'Reflect.get': ([, name, object]) => object && member(object, name),
  'Promise.race': ([{ elements }]) => elements?.[0],
  ownMembers: ([value]) => value,
};

/** A call as a statement of its own, of which nothing is made. */
const callStatement = {
  name: 'CallStatement',
  *mutate({ node }) {
    if (node.type !== 'ExpressionStatement') return;
    let { expression } = node;
    while (/^(Await|Unary)Expression$/.test(expression.type)) expression = expression.argument;
    if (!/^(Optional)?CallExpression$/.test(expression.type)) return;
    if (expression.callee.type !== 'Super') yield { type: 'EmptyStatement' };
  },
};

const defence = {
  name: 'Defence',
  *mutate({ node }) {
    const text = nameOf(node.callee);
    const replacement = Object.hasOwn(calls, text) && calls[text](node.arguments);
    if (replacement) yield replacement;
    if (node.type === 'OptionalMemberExpression' && node.property.name === 'value') {
      const { callee, arguments: [object, name] = [] } = node.object;
      if (nameOf(callee) === 'Object.getOwnPropertyDescriptor') yield member(object, name);
    }
    if (node.type === 'ObjectProperty' && node.key.name === 'redirect') {
      yield { ...node, value: { type: 'StringLiteral', value: 'follow' } };
    }
    if (node.type === 'ObjectExpression') {
      const others = node.properties.filter(({ key }) => key?.name !== '__proto__');
      if (others.length < node.properties.length) yield objectOf(others);
    }
    if (node.type === 'NewExpression' && nameOf(node.arguments[1]) === 'location.href') {
      const base = { type: 'Identifier', name: 'document.baseURI' };
      yield { ...node, arguments: [node.arguments[0], base] };
    }
  },
};

allMutators.push(callStatement, defence);

function objectOf(properties) {
  return { type: 'ObjectExpression', properties };
}

/** A name, or two with a dot between. */
function nameOf(node) {
  if (node?.type === 'MemberExpression') return `${nameOf(node.object)}.${node.property.name}`;
  return node?.type === 'Identifier' ? node.name : '';
}
