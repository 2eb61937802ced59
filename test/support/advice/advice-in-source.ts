import { readFileSync, readdirSync } from 'node:fs';
import ts from 'typescript';

/** Where the package says what is wrong, and what to do. */
const sources = ['config', 'page', 'campaign', 'element', 'token']
  .flatMap((folder) => readdirSync(`src/${folder}`).map((file) => `src/${folder}/${file}`))
  .concat(
    ['set-up-faults', 'endpoint-faults', 'endpoint-advice', 'library-fault', 'sight-fault'].map(
      (name) => `src/inspector/${name}.ts`,
    ),
  )
  .concat('src/error-guide.ts')
  .filter((path) => path.endsWith('.ts') && !/styles|strings/.test(path));

/** Texts with a space that are not for people. */
const others = /^(:scope|max-width|application\/json)|^\W+$/;

/** A text of the source, and an expression that finds it where its placeholders have values. */
export interface SourceText {
  readonly place: string;
  readonly text: string;
  readonly pattern: RegExp;
}

/** Every text of the element's advice. Code in backticks is as pages show it. */
export const adviceInSource = (): readonly SourceText[] => textsIn(sources);

/** Every text in these files that has a space. Code in backticks is as pages show it. */
export function textsIn(paths: readonly string[]): readonly SourceText[] {
  return paths.flatMap((path) => {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
    const texts = new Set<string>();
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) texts.add(node.text);
      else if (ts.isTemplateExpression(node)) {
        texts.add(
          [node.head, ...node.templateSpans.map(({ literal }) => literal)]
            .map(({ text }) => text)
            .join('\0'),
        );
      }
      // The guide also says when an error occurs; the inspector shows what to do.
      const isOther = ts.isPropertyAssignment(node) && node.name.getText(file) === 'when';
      if (!isOther) ts.forEachChild(node, visit);
    };
    visit(file);
    return [...texts]
      .filter((text) => /[a-z]{2}/.test(text) && text.trim().includes(' ') && !others.test(text))
      .map((text) => ({ place: path, text: text.replaceAll('\0', '…'), pattern: patternOf(text) }));
  });
}

function patternOf(text: string): RegExp {
  const parts = text
    .replaceAll('`', '')
    .split('\0')
    .map((part) => part.trim());
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'));
}
