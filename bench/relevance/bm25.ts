import { wordsIn } from './judged-event.ts';
import { DEPTH } from './ndcg.ts';
import type { JudgedEvent } from './rules.ts';

/** The usual parameters: how soon repeats of a word stop counting, and how much long texts are held back. */
const [SATURATION, LENGTH_WEIGHT] = [1.2, 0.75];

/** Plain BM25 over all texts of an Event as one: whole words, no prefixes, corrections, synonyms, fields or dates. */
export function openBm25(events: readonly JudgedEvent[]): (query: string) => string[] {
  const postings = new Map<string, Map<number, number>>();
  const lengths = events.map(({ texts: { name, performers, venue, city, description } }, index) => {
    const words = [name, performers, venue, city, description].flat().join('').split(' ').filter(Boolean);
    for (const word of words) {
      const counts = postings.get(word) ?? new Map<number, number>();
      postings.set(word, counts.set(index, (counts.get(index) ?? 0) + 1));
    }
    return words.length;
  });
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  return (query) => {
    const scores = new Map<number, number>();
    for (const word of new Set(wordsIn(query))) {
      const counts = postings.get(word) ?? new Map<number, number>();
      const rarity = Math.log(1 + (events.length - counts.size + 0.5) / (counts.size + 0.5));
      for (const [index, count] of counts) {
        const length = 1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * lengths[index]!) / meanLength;
        const score = (rarity * count * (SATURATION + 1)) / (count + SATURATION * length);
        scores.set(index, (scores.get(index) ?? 0) + score);
      }
    }
    const best = [...scores].toSorted(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b);
    return best.slice(0, DEPTH).map(([index]) => events[index]!.id);
  };
}
