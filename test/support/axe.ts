import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { repository } from './installed-package.js';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { html: string; failureSummary: string }[];
}

const script = await readFile(join(repository, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in a document, without its frames, with every rule it has: best practices too. */
export async function violations(where: Page | Frame): Promise<string[]> {
  await where.evaluate(`window.axe ?? (() => { ${script} })()`);
  const found = (await where.evaluate(
    'axe.run(document, { iframes: false }).then((result) => result.violations)',
  )) as readonly Violation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
