import { TEXT_FIELDS, type TextField, type TextMatch } from '../text-match.ts';

/** Labels of the fields in `events.search_document`. */
const LABELS: Record<TextField, string> = { name: 'A', names: 'B', kinds: 'C', description: 'D' };

/** tsquery of a condition on words alone; `null` for others. */
export function tsqueryOf(match: TextMatch): string | null {
  switch (match.kind) {
    case 'phrase':
      return phraseOf(match);
    case 'all':
      return joined(match.of, ' & ');
    case 'any':
      return joined(match.of, ' | ');
    default:
      return null;
  }
}

function joined(of: readonly TextMatch[], operator: string): string | null {
  const queries = of.map((match) => tsqueryOf(match));
  return queries.every((query) => query !== null) ? `(${queries.join(operator)})` : null;
}

/** `wordsOf` splits at quotes and backslashes, so words need no escapes. */
function phraseOf({ words, isPrefix, fields }: Extract<TextMatch, { kind: 'phrase' }>): string {
  const labels = fields.length === TEXT_FIELDS.length ? '' : fields.map((field) => LABELS[field]).join('');
  const each = words.map((word, at) => {
    const suffix = `${isPrefix && at === words.length - 1 ? '*' : ''}${labels}`;
    return suffix === '' ? `'${word}'` : `'${word}':${suffix}`;
  });
  return each.length === 1 ? each[0]! : `(${each.join(' <-> ')})`;
}
