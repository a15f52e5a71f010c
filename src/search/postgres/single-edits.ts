const ALPHABET = [...'abcdefghijklmnopqrstuvwxyz0123456789'];

/**
 * Words at Damerau-Levenshtein distance 1: deletions, insertions, substitutions, transpositions. Folded words are mostly
 * Latin letters and digits; for other scripts only deletions and transpositions are listed.
 */
export function singleEdits(word: string): string[] {
  const letters = [...word];
  const edits = new Set<string>();
  for (let at = 0; at <= letters.length; at++) {
    const [before, rest] = [letters.slice(0, at).join(''), letters.slice(at)];
    const [first = '', second = '', ...others] = rest;
    const after = rest.slice(1).join('');
    if (rest.length > 0) edits.add(before + after);
    if (rest.length > 1) edits.add(before + second + first + others.join(''));
    for (const letter of ALPHABET) {
      edits.add(before + letter + rest.join(''));
      if (rest.length > 0) edits.add(before + letter + after);
    }
  }
  edits.delete(word);
  edits.delete('');
  return [...edits];
}
