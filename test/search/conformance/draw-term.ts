import type { Draw, Sample } from './draw-input.ts';

/** Terms without words, and what may be taken as a filter. */
const MARKS = ['!!!', '"', '(', '#', '&'];
const FILTERS = ['this weekend', 'tonight', 'in september', 'under 50', 'tickets'];

/** Words of one Event or two: whole, unfinished or misspelt, in order or not. */
export function drawTerm(one: Sample, other: Sample, draw: Draw): string {
  const { share, pick, maybe } = draw;
  if (maybe(0.02)) return pick(MARKS);
  const texts = [
    one.name,
    one.venueName,
    one.performerName,
    one.city,
    one.genre,
    one.category,
    other.name,
    one.description,
  ];
  const drawWords = () =>
    (texts[Math.floor(share() ** 2 * texts.length)] ?? one.name).split(/\s+/).filter((word) => word !== '');
  const words = drawWords();
  const from = Math.floor(share() * words.length);
  const term = words.slice(from, from + 1 + Math.floor(share() * 4));
  if (maybe(0.3)) term.push(...drawWords().slice(0, 1));
  if (maybe(0.1)) term.reverse();
  if (maybe(0.2)) term[0] = misspell(term[0] ?? '', draw);
  if (maybe(0.05)) term.push(pick(FILTERS));
  const text = term.join(' ');
  return maybe(0.4) ? text.slice(0, Math.max(1, text.length - Math.floor(share() * 4))) : text;
}

/** Two letters swapped. */
function misspell(word: string, { share }: Draw): string {
  const letters = [...word];
  const at = 1 + Math.floor(share() * (letters.length - 2));
  if (at + 1 >= letters.length) return word;
  [letters[at], letters[at + 1]] = [letters[at + 1]!, letters[at]!];
  return letters.join('');
}
