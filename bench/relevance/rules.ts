import { wordsIn, type CatalogueEvent, type EventTexts } from './judged-event.ts';
import type { JudgedQuery, Rule, TextRule } from './query-set.ts';

/** Relevance of an Event: 3 perfect, 2 good, 1 marginal, 0 none. */
export type Grade = 0 | 1 | 2 | 3;

/** An Event with its texts prepared. */
export interface JudgedEvent extends CatalogueEvent {
  texts: EventTexts;
}

type Condition = (event: JudgedEvent) => boolean;

/** Compile the rules of a query into a function that grades Events: the best grade of which a rule holds. */
export function gradeBy({ perfect, good, marginal }: JudgedQuery): (event: JudgedEvent) => Grade {
  const [threes, twos, ones] = [perfect, good, marginal].map((rules) => rules.map(compileRule));
  return (event) => {
    const holds = (condition: Condition): boolean => condition(event);
    if (threes!.some(holds)) return 3;
    if (twos!.some(holds)) return 2;
    return ones!.some(holds) ? 1 : 0;
  };
}

/** Compile a rule into a condition. */
export function compileRule(rule: Rule): Condition {
  const conditions = Object.entries(rule).map(([field, value]): Condition => {
    switch (field as keyof Rule) {
      case 'day':
        return overlaps(value as string);
      case 'category':
        return ({ category }) => [value].flat().includes(category);
      case 'country':
        return ({ country }) => country === value;
      default:
        return compileText(field as keyof EventTexts, value as TextRule);
    }
  });
  return (event) => conditions.every((condition) => condition(event));
}

/** Events that last for days overlap the range; they need not begin in it. */
function overlaps(range: string): Condition {
  const [first = '', last = first] = range.split('..');
  return ({ firstDay, lastDay }) => firstDay <= last && lastDay >= first;
}

function compileText(field: keyof EventTexts, value: TextRule): Condition {
  if (typeof value === 'object' && 'all' in value) {
    const all = value.all.map(compilePhrase);
    return ({ texts }) => all.every((occurs) => texts[field].some(occurs));
  }
  const any = [value].flat().map(compilePhrase);
  return ({ texts }) => any.some((occurs) => texts[field].some(occurs));
}

/** Whole words next to each other; `=`: the whole text; a `*` behind: the last word may go on. */
function compilePhrase(phrase: string): (text: string) => boolean {
  const words = wordsIn(phrase).join(' ');
  if (words === '') throw new Error(`a rule has no words: ${JSON.stringify(phrase)}`);
  if (phrase.startsWith('=')) return (text) => text === ` ${words} `;
  const wanted = phrase.endsWith('*') ? ` ${words}` : ` ${words} `;
  return (text) => text.includes(wanted);
}
