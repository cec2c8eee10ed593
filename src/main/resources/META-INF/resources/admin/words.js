/* The page's texts in the reader's language. */
import en from './words/en.js';
import enModeration from './words/en-moderation.js';
import enSetup from './words/en-setup.js';
import enSites from './words/en-sites.js';
import vi from './words/vi.js';
import viModeration from './words/vi-moderation.js';
import viSetup from './words/vi-setup.js';
import viSites from './words/vi-sites.js';

const LANGUAGES = {
  vi: {...vi, ...viSetup, ...viModeration, ...viSites},
  en: {...en, ...enSetup, ...enModeration, ...enSites},
};
const REMEMBERED = 'luot.language';

let language = chosen() ?? (navigator.language.startsWith('vi') ? 'vi' : 'en');

function chosen() {
  try {
    const kept = localStorage.getItem(REMEMBERED);
    return kept in LANGUAGES ? kept : null;
  } catch {
    return null; // Storage is switched off.
  }
}

export const locale = () => language;

export const isWord = (name) => name in LANGUAGES[language];

/** A text with its {braces} filled in. */
export function word(name, values = {}) {
  return LANGUAGES[language][name].replace(/\{(\w+)\}/g, (_, part) => values[part]);
}

export function speak(which) {
  language = which;
  try {
    localStorage.setItem(REMEMBERED, which);
  } catch {
    // It holds until the page is left.
  }
  writeWords();
  document.dispatchEvent(new Event('luot:language'));
}

/** Writes all texts that stand in the page itself. */
export function writeWords() {
  document.documentElement.lang = language;
  document.title = word('entry') + ' · Lượt';
  for (const element of document.querySelectorAll('[data-word]')) {
    element.textContent = word(element.dataset.word);
  }
  for (const element of document.querySelectorAll('[data-word-label]')) {
    element.setAttribute('aria-label', word(element.dataset.wordLabel));
  }
  for (const element of document.querySelectorAll('[data-word-placeholder]')) {
    element.placeholder = word(element.dataset.wordPlaceholder);
  }
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', button.dataset.language === language);
  }
}
