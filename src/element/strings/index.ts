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

/** Gives one text, or undefined for a text without a default. */
export type TextOf = <Key extends keyof CampaignStrings>(key: Key) => CampaignStrings[Key];

/**
 * The texts in the language of `element`: that of the nearest `lang`, also outside shadow roots;
 * English if that is missing or has no texts here. The page's `own` texts replace them.
 */
export function textsFor(
  element: Element,
  own: Partial<CampaignStrings> | null | undefined,
): TextOf {
  const stated = element.closest('[lang]');
  const root = element.getRootNode();
  if (!stated && root instanceof ShadowRoot) return textsFor(root.host, own);
  const lang = (stated && nodeMember(stated, 'getAttribute')('lang')) ?? '';
  const language = lang.slice(0, 2).toLowerCase();
  const builtIn = Object.hasOwn(languages, language) ? languages[language]! : en;
  return (key) => own?.[key] ?? builtIn[key];
}
