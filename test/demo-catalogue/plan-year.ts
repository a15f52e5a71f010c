import { fileURLToPath } from 'node:url';

import { buildEvents } from '../../src/demo-catalogue/events/build-events.ts';
import { readListings } from '../../src/demo-catalogue/read/read-listings.ts';
import { readPerformers } from '../../src/demo-catalogue/read/read-performers.ts';
import { readVenues } from '../../src/demo-catalogue/read/read-venues.ts';
import {
  chooseSales,
  toSaleCandidate,
  type SaleCandidate,
} from '../../src/demo-catalogue/sales/choose-sales.ts';

/** Directory of the demo catalogue. */
export const DATA = fileURLToPath(new URL('../../data', import.meta.url));

/** Plan the year after a day from the real lists, without a database: start of each Event, and the sales. */
export async function planYear(
  today: Temporal.PlainDate,
): Promise<{ starts: Map<string, number>; sales: SaleCandidate[] }> {
  const venues = await readVenues({ path: DATA }, today);
  const performers = await readPerformers({ path: DATA });
  const starts = new Map<string, number>();
  const candidates: SaleCandidate[] = [];
  for await (const event of buildEvents(
    readListings({ path: DATA }, performers),
    venues,
    performers,
    today,
    () => {},
  )) {
    starts.set(event.id, event.startsAt.epochMilliseconds);
    const candidate = toSaleCandidate(event);
    if (candidate !== null) candidates.push(candidate);
  }
  return { starts, sales: chooseSales(candidates, today) };
}
