import { fold } from '../../platform/text/fold.ts';
import { normaliseWorkTitle } from './normalise-work-title.ts';

/** Suffixes of names that the archive lists in place of the composer. */
const SUFFIX = /^(Jr\.|Sr\.|II|III)$/;

/**
 * Normalise a title of the New York Philharmonic's list, which has the last words of the composers' names: remove
 * brackets (`[Bartók]`) and surplus commas, and replace a suffix by the name before it (`Jr.` by Corigliano), which is
 * looked up in the description.
 */
export function normaliseConcertTitle(title: string, description: string): string {
  const parts = /^([^:]+): (.+?)( with .+)?$/.exec(title);
  if (parts === null) return title;
  const [, orchestra = '', composers = '', soloist = ''] = parts;
  const names = composers
    .split(',')
    .map((composer) => removeBrackets(composer.trim()))
    .map((composer) => (SUFFIX.test(composer) ? nameBeforeSuffix(composer, description) : composer))
    .map((composer) => (composer === 'VARIOUS' ? 'Various' : composer))
    .filter((composer, index, all) => composer !== '' && all.indexOf(composer) === index);
  const list = names.length === 0 ? '' : `: ${names.join(', ')}`;
  return `${orchestra}${list}${removeBrackets(soloist)}`;
}

/**
 * Normalise a description of the same list: apply corrected spellings, restore inverted titles of works (`Concerto,
 * Piano`), and shorten a truncated description to its last complete work.
 */
export function normaliseConcertDescription(description: string): string {
  if (description === 'Programme:') return '';
  const whole = description.endsWith('…') ? description.replace(/; [^;]*…$/, '; …') : description;
  const [head = '', ...works] = applyCorrections(whole)
    .replace(/, –/g, ' –')
    .split(/(?<=; |Programme: )/);
  return [head, ...works.map(normaliseWork)].join('');
}

function normaliseWork(text: string): string {
  const [, composer = '', work = '', end = ''] = /^(.*? – )(.*?)(; |$)/s.exec(text) ?? [];
  return composer === '' ? text : `${composer}${normaliseWorkTitle(work)}${end}`;
}

const removeBrackets = (text: string): string => applyCorrections(text).replace(/[[\]{}]/g, '');

/** `Bartok [Bartók]` becomes `Bartók`; a bracket with other content (`La Mer [the Sea]`) stays. */
function applyCorrections(text: string): string {
  if (!text.includes('[')) return text;
  return text.replace(/((?:\S+ ){0,2}?\S+) \[([^\]]+)\]/g, (match, original: string, corrected: string) => {
    const words = corrected.split(' ').length;
    const replaced = original.split(' ').slice(-words).join(' ');
    if (!isSameName(replaced, corrected)) return match;
    const kept = original.split(' ').slice(0, -words);
    // some brackets are in lower case, some contain the spelling without accents
    const better = isPlain(corrected) ? replaced : matchCase(corrected, replaced);
    return [...kept, better].join(' ');
  });
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Whether two names differ only in accents; the archive also writes ä as ae. */
const isSameName = (a: string, b: string): boolean => {
  const plain = (text: string): string => fold(text).replace(/[^a-z ]/g, '');
  const german = (text: string): string => plain(text.replace(/[äöü]/g, (letter) => `${fold(letter)}e`));
  return plain(a) === plain(b) || german(a) === german(b);
};

const matchCase = (corrected: string, original: string): string =>
  /^\p{Lu}/u.test(original) ? corrected.charAt(0).toUpperCase() + corrected.slice(1) : corrected;

function nameBeforeSuffix(suffix: string, description: string): string {
  const escaped = suffix.replace('.', '\\.');
  const found = new RegExp(`([\\p{L}'-]+),? ${escaped},? –`, 'u').exec(description);
  return found?.[1] ?? '';
}
