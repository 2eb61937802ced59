import type { CampaignStrings } from './campaign-strings.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { nl } from './nl.js';

const languages: Record<string, CampaignStrings> = { de, en, es, fr, it, nl };

/**
 * The texts for the language that `element` stands in: the nearest `lang`, through shadow roots;
 * English where that is missing or not among en, fr, nl, de, es, it.
 */
export function stringsFor(element: Element): CampaignStrings {
  const stated = element.closest('[lang]');
  const root = element.getRootNode();
  if (!stated && root instanceof ShadowRoot) return stringsFor(root.host);
  const language = stated?.getAttribute('lang')?.slice(0, 2).toLowerCase() ?? '';
  return Object.hasOwn(languages, language) ? languages[language]! : en;
}
