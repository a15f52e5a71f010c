import { fold } from '../platform/text/fold.ts';
import { normaliseWorkTitle } from './normalise-work-title.ts';

/** What the archive wrote where a composer has a suffix instead of a last word. */
const SUFFIX = /^(Jr\.|Sr\.|II|III)$/;

/**
 * Mend a title of the New York Philharmonic's list, which is made of the composers' last words: brackets go
 * (`[Bartók]`), a suffix becomes the name before it (`Jr.` is Corigliano), double and trailing commas go.
 * The description tells whose suffix it is.
 */
export function normaliseConcertTitle(title: string, description: string): string {
  const parts = /^([^:]+): (.+?)( with .+)?$/.exec(title);
  if (parts === null) return title;
  const [, orchestra = '', composers = '', soloist = ''] = parts;
  const mended = composers
    .split(',')
    .map((composer) => removeBrackets(composer.trim()))
    .map((composer) => (SUFFIX.test(composer) ? nameBeforeSuffix(composer, description) : composer))
    .map((composer) => (composer === 'VARIOUS' ? 'Various' : composer))
    .filter((composer, index, all) => composer !== '' && all.indexOf(composer) === index);
  const list = mended.length === 0 ? '' : `: ${mended.join(', ')}`;
  return `${orchestra}${list}${removeBrackets(soloist)}`;
}

/**
 * Mend a description of the same list: corrected spellings take the place of what they correct, titles of works are
 * turned round (`Concerto, Piano`), and one that was cut in the middle of a work ends with the work before.
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

/** `Bartok [Bartók]` is `Bartók`; a bracket that says something else (`La Mer [the Sea]`) stays. */
function applyCorrections(text: string): string {
  if (!text.includes('[')) return text;
  return text.replace(/((?:\S+ ){0,2}?\S+) \[([^\]]+)\]/g, (all, before: string, corrected: string) => {
    const words = corrected.split(' ').length;
    const replaced = before.split(' ').slice(-words).join(' ');
    if (!isSameName(replaced, corrected)) return all;
    const kept = before.split(' ').slice(0, -words);
    // some brackets are in lower case, some hold the plainer of the two
    const better = isPlain(corrected) ? replaced : matchCase(corrected, replaced);
    return [...kept, better].join(' ');
  });
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** The same but for accents; the archive also writes ä as ae. */
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
