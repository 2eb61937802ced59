// What tools know of the element: custom-elements.json from the docstrings, and from that the data
// for VS Code and JetBrains.
import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';
import { attributeOf } from './build/config/attribute-of.js';

/** The analyzer loses the type of a method whose `@returns` has none in braces, and its text. */
const returns = {
  name: 'returns',
  analyzePhase({ ts, node, moduleDoc }) {
    if (!ts.isMethodDeclaration(node) || !node.type) return;
    const method = declaredClass(moduleDoc)?.members.find((m) => m.name === node.name.getText());
    if (!method?.return) return;
    method.return.type = { text: node.type.getText() };
    const description = ts.getTextOfJSDocComment(ts.getJSDocReturnTag(node)?.comment);
    if (description) method.return.description = description;
  },
};

const publicOnly = {
  name: 'public-only',
  moduleLinkPhase({ moduleDoc }) {
    const element = declaredClass(moduleDoc);
    if (!element) return;
    // A static accessor is there twice, for its getter and for its setter.
    const isFirst = ({ name }, index, members) =>
      members.findIndex((other) => other.name === name) === index;
    element.members = element.members
      .filter(isFirst)
      .filter(({ name, privacy }) => privacy !== 'private' && !name.endsWith('Callback'));
    // The analyzer takes each `dispatchEvent()` for an event, which may have no name there.
    if (element.events) element.events = element.events.filter(({ name }) => name);
    for (const field of [...element.members, ...(element.attributes ?? [])]) {
      if (/^\d[\d_]*$/.test(field.default)) field.default = field.default.replaceAll('_', '');
      if (/^[a-z]+[A-Z]/.test(field.default)) delete field.default;
    }
  },
};

/** The analyzer does not run `nameAttributes()`. */
const attributeNames = {
  name: 'attribute-names',
  moduleLinkPhase({ moduleDoc }) {
    const { members = [], attributes = [] } = declaredClass(moduleDoc) ?? {};
    for (const member of members)
      if (member.attribute) member.attribute = attributeOf(member.attribute);
    for (const attribute of attributes) attribute.name = attributeOf(attribute.name);
  },
};

/** Users have dist/, not src/. */
const shippedPaths = {
  name: 'shipped-paths',
  packageLinkPhase({ customElementsManifest }) {
    const shipped = (path) => path.replace(/^\/?src\/(.*)\.(ts|js)$/, 'dist/$1.js');
    for (const module of customElementsManifest.modules) {
      module.path = shipped(module.path);
      for (const { declaration } of module.exports) {
        if (declaration.module) declaration.module = shipped(declaration.module);
      }
    }
  },
};

/** The properties of an element are in a base class of their own, which is no part of the package's interface. */
const oneClass = {
  name: 'one-class',
  packageLinkPhase({ customElementsManifest }) {
    const { modules } = customElementsManifest;
    const isBase = (module) => /-properties\.[jt]s$/.test(module.path);
    const bases = modules.filter(isBase).map(declaredClass);
    customElementsManifest.modules = modules.filter((module) => !isBase(module));
    const rank = (member) => (member.static ? 0 : member.inheritedFrom ? 1 : 2);
    for (const base of bases) {
      const element = customElementsManifest.modules
        .map(declaredClass)
        .find((declared) => declared?.superclass?.name === base.name);
      element.members.sort((a, b) => rank(a) - rank(b));
      for (const field of [...element.members, ...element.attributes]) delete field.inheritedFrom;
      element.superclass = base.superclass;
    }
  },
};

function declaredClass({ declarations }) {
  return declarations.find(({ kind }) => kind === 'class');
}

export default {
  globs: [
    'src/element/campaign-properties.ts',
    'src/element/qualifio-campaign.ts',
    'src/define.ts',
    'src/inspector/qualifio-inspector.ts',
    'src/inspector/index.ts',
    'src/sign-in/sign-in-properties.ts',
    'src/sign-in/qualifio-sign-in.ts',
    'src/sign-in/index.ts',
  ],
  litelement: true,
  packagejson: false,
  plugins: [
    returns,
    publicOnly,
    attributeNames,
    oneClass,
    shippedPaths,
    customElementVsCodePlugin(),
    customElementJetBrainsPlugin({ packageJson: false }),
  ],
};
