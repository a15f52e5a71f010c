import postgres from 'postgres';

import { encodeId } from '../../src/platform/ids.ts';
import { textsOf, type CatalogueEvent } from './judged-event.ts';
import type { JudgedEvent } from './rules.ts';

/** Read every Event of the catalogue: what rules judge, and the baselines search. */
export async function readCatalogue(databaseUrl: string): Promise<JudgedEvent[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const events = await sql<CatalogueEvent[]>`
      select e.id, e.name, e.description, e.category, e.genre, e.series, e.city, e.country_code as country,
        v.name as venue, coalesce(v.aliases, '{}') as aliases,
        to_char(e.starts_at at time zone e.timezone, 'YYYY-MM-DD') as "firstDay",
        to_char(coalesce(e.ends_at, e.starts_at) at time zone e.timezone, 'YYYY-MM-DD') as "lastDay",
        array(
          select p.name from event_performers l join performers p on p.id = l.performer_id
          where l.event_id = e.id order by l.position) as performers
      from events e left join venues v on v.id = e.venue_id
      where e.status <> 'DRAFT'
      order by e.id`;
    return events.map((event) => ({ ...event, id: encodeId('Event', event.id), texts: textsOf(event) }));
  } finally {
    await sql.end();
  }
}
