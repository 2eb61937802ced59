/** The attribute of a property: `campaign-id` for `campaignId`. */
export function attributeOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Names the attributes of an element's properties, except of those that have none. */
export function nameAttributes(properties: Readonly<Record<string, object>>): void {
  for (const [name, options] of Object.entries(properties)) {
    Object.assign(options, { attribute: attributeOf(name), ...options });
  }
}
