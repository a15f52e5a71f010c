import { textsOf, type CatalogueEvent } from '../../../bench/relevance/judged-event.ts';
import type { JudgedEvent } from '../../../bench/relevance/rules.ts';

/** An Event of a test; what it does not say is empty. */
export function judgedEvent(given: Partial<CatalogueEvent>): JudgedEvent {
  const event: CatalogueEvent = {
    ...{ id: 'e1', name: 'Untitled', performers: [], venue: null, aliases: [], city: null, country: null },
    ...{ description: null, category: 'concert', genre: null, series: null },
    ...{ firstDay: '2026-12-05', lastDay: '2026-12-05', ...given },
  };
  return { ...event, texts: textsOf(event) };
}
