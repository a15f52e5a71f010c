const KEYS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];

/**
 * List the words that one slip of the finger turns into this one: a letter left out, one too many, another one, or two
 * changed round. Folded words are Latin letters and digits, mostly; in other scripts only lost and swapped ones are listed.
 */
export function slipsOf(word: string): string[] {
  const letters = [...word];
  const slips = new Set<string>();
  for (let at = 0; at <= letters.length; at++) {
    const [before, rest] = [letters.slice(0, at).join(''), letters.slice(at)];
    const [first = '', second = '', ...others] = rest;
    const after = rest.slice(1).join('');
    if (rest.length > 0) slips.add(before + after);
    if (rest.length > 1) slips.add(before + second + first + others.join(''));
    for (const key of KEYS) {
      slips.add(before + key + rest.join(''));
      if (rest.length > 0) slips.add(before + key + after);
    }
  }
  slips.delete(word);
  slips.delete('');
  return [...slips];
}
