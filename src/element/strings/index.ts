import type { CampaignStrings } from './campaign-strings.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { nl } from './nl.js';
import { nodeMember } from '../../page/document-member.js';

/** The built-in texts, by language. */
export const languages: Record<string, CampaignStrings> = { de, en, es, fr, it, nl };

/**
 * The texts in the language of `element`: that of the nearest `lang`, also outside shadow roots;
 * English if that is missing or has no texts here.
 */
export function stringsFor(element: Element): CampaignStrings {
  const stated = element.closest('[lang]');
  const root = element.getRootNode();
  if (!stated && root instanceof ShadowRoot) return stringsFor(root.host);
  const lang = (stated && nodeMember(stated, 'getAttribute')('lang')) ?? '';
  const language = lang.slice(0, 2).toLowerCase();
  return Object.hasOwn(languages, language) ? languages[language]! : en;
}
