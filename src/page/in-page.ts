/** Whether a node is in this page's document, or in a shadow tree of it: not in another document. */
export function isInPage(node: Node): boolean {
  return node.getRootNode({ composed: true }) === document;
}
