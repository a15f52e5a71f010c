import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { encodeId } from '../../../src/platform/ids.ts';
import { inDays, seedOnSale, seedPerformer, seedPlan, seedVenue } from '../../catalog/seed.ts';
import { openWorld, type World } from '../../support/world.ts';

/** More than any document of `write` is measured as: pages of 100 within pages of 100, with lists in both. */
const BEYOND = String(10 ** 12);
const UNREACHED = { LIMIT_COST: BEYOND, LIMIT_WEIGHT: BEYOND, LIMIT_REQUESTS_PER_MINUTE: BEYOND };
const EVENTS = 25; // more than a page of default size
let world: World;
const ids: Record<'event' | 'venue' | 'plan' | 'performer', string[]> = {
  event: [],
  venue: [],
  plan: [],
  performer: [],
};
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  world = opened.use(await openWorld({ environment: { ...UNREACHED, LIMIT_DEPTH: '20', LIMIT_ALIASES: '1000' } }));
  const { db } = world.platform;
  const venueId = await seedVenue(db);
  const plans = [await seedPlan(db, venueId, 'A'), await seedPlan(db, venueId, 'B')];
  const lineup = [await seedPerformer(db, 'Ann'), await seedPerformer(db, 'Ben')];
  const sale = { seatingPlanId: plans[0]!, currency: 'EUR', amounts: [1, 2] };
  for (let n = 0; n < EVENTS; n++)
    ids.event.push(encodeId('Event', await seedOnSale(db, `Night ${n}`, sale, { venueId, startsAt: inDays(n + 2) }, lineup)));
  ids.venue.push(encodeId('Venue', venueId));
  ids.plan.push(...plans.map((id) => encodeId('SeatingPlan', id)));
  ids.performer.push(...lineup.map((id) => encodeId('Performer', id)));
}); // prettier-ignore
afterAll(() => opened.disposeAsync());

/** Fields by type: the type of their items, and which argument they take. */
const TYPES: Record<string, Record<string, [type: string | null, argument?: 'page' | 'search' | 'event' | 'venue' | 'ids']>> = {
  Query: {
    events: ['EventConnection', 'page'],
    searchEvents: ['EventSearchConnection', 'search'],
    event: ['Event', 'event'],
    venue: ['Venue', 'venue'],
    nodes: ['Node', 'ids'],
  },
  Node: { id: [null] },
  EventConnection: { nodes: ['Event'], edges: ['EventEdge'], pageInfo: ['PageInfo'] },
  EventSearchConnection: { nodes: ['Event'], edges: ['EventSearchEdge'], totalCount: [null] },
  EventEdge: { cursor: [null], node: ['Event'] },
  EventSearchEdge: { cursor: [null], node: ['Event'] },
  PageInfo: { hasNextPage: [null], endCursor: [null] },
  Event: { id: [null], name: [null], venue: ['Venue'], performers: ['Performer'], seatingPlan: ['SeatingPlan'], priceTiers: ['PriceTier'] },
  Venue: { id: [null], aliases: [null], seatingPlans: ['SeatingPlan'], events: ['EventConnection', 'page'] },
  Performer: { id: [null], name: [null], events: ['EventConnection', 'page'] },
  PriceTier: { tier: [null], price: ['Money'] },
  Money: { amount: [null], formatted: [null] },
  SeatingPlan: { id: [null], categories: [null], venue: ['Venue'], sections: ['Section'] },
  Section: { key: [null], places: [null] },
  SeatedSection: { key: [null], rows: ['SeatRow'] },
  SeatRow: { label: [null], seats: [null] },
}; // prettier-ignore
const POSSIBLE: Record<string, string[]> = {
  Node: ['Event', 'Venue', 'Performer', 'SeatingPlan'],
  Section: ['SeatedSection'],
};
const MAX_LEVELS = 7;
/** Items of two levels of pages are enough to differ by a factor, and quick. */
const MAX_PAGES = 2;

interface Written {
  query: string;
  variables: Record<string, unknown>;
}

/** Write the document that a list of numbers chooses; beyond its end each choice is the first. */
function write(tape: readonly number[]): Written {
  let at = 0;
  let names = 0;
  const choose = (count: number) => (tape[at++] ?? 0) % count;
  const pick = <Item>(items: readonly Item[]): Item => items[choose(items.length)]!;
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  const fragments: { name: string; type: string; levels: number; pages: number; text: string }[] = [];

  const body = selections('Query', 0, 0);
  const head = declared.length > 0 ? `query (${declared.join(' ')})` : 'query';
  return { query: [`${head} ${body}`, ...fragments.map(({ text }) => text)].join('\n'), variables };

  function selections(type: string, levels: number, pages: number): string {
    const parts = Array.from({ length: 1 + choose(3) }, () => selection(type, levels, pages));
    return `{ ${parts.join(' ')} }`;
  }

  function selection(type: string, levels: number, pages: number): string {
    const possible = POSSIBLE[type];
    switch (choose(8)) {
      case 6: {
        const known = fragments.find((one) => one.type === type && one.levels >= levels && one.pages >= pages);
        if (known) return `...${known.name}`;
        const name = `f${names++}`;
        fragments.push({ name, type, levels, pages, text: `fragment ${name} on ${type} ${selections(type, levels + 1, pages)}` });
        return `...${name}`;
      }
      case 7:
        return levels >= MAX_LEVELS ? leaf(type) : `... ${selections(type, levels + 1, pages)}`;
      default: {
        if (possible && choose(2) === 1) {
          const narrow = pick(possible);
          return `... on ${narrow} ${selections(narrow, levels + 1, pages)}`;
        }
        return field(type, levels, pages);
      }
    }
  } // prettier-ignore

  function leaf(type: string): string {
    const found = Object.entries(TYPES[type]!).find(([, [items]]) => items === null);
    return found ? found[0] : '__typename';
  }

  function field(type: string, levels: number, pages: number): string {
    const [name, [items, argument]] = pick(Object.entries(TYPES[type]!));
    if (items === null) return choose(3) === 2 ? `a${names++}: ${name}` : name;
    const isPage = argument === 'page' || argument === 'search';
    if (levels >= MAX_LEVELS || (isPage && pages >= MAX_PAGES)) return leaf(type);
    const given = argument === undefined ? '' : `(${argumentsOf(argument)})`;
    const alias = argument === undefined && choose(3) !== 2 ? '' : `a${names++}: `;
    return `${alias}${name}${given} ${selections(items, levels + 1, pages + (isPage ? 1 : 0))}`;
  }

  function argumentsOf(argument: 'page' | 'search' | 'event' | 'venue' | 'ids'): string {
    switch (argument) {
      case 'page':
        return `after: null ${first()}`;
      case 'search':
        return `input: {} ${first()}`;
      case 'ids':
        return `ids: ${lookedUp()}`;
      default:
        return `id: "${pick(ids[argument])}"`;
    }
  }

  function first(): string {
    const size = () => pick(['null', '1', '3', '25', '0', '100']);
    switch (choose(3)) {
      case 0:
        return '';
      case 1:
        return `first: ${size()}`;
      default: {
        const name = `v${names++}`;
        declared.push(`$${name}: Int${choose(2) === 0 ? '' : ` = ${size()}`}`);
        if (choose(3) > 0) variables[name] = JSON.parse(size());
        return `first: $${name}`;
      }
    }
  }

  function lookedUp(): string {
    const some = () => Array.from({ length: choose(5) }, () => pick([...ids.event, ...ids.venue, ...ids.plan, ...ids.performer]));
    if (choose(2) === 0) return JSON.stringify(some());
    const name = `v${names++}`;
    declared.push(`$${name}: [ID!]!${choose(2) === 0 ? '' : ` = ${JSON.stringify(some())}`}`);
    if (choose(3) > 0) variables[name] = choose(4) === 0 ? pick(ids.event) : some();
    return `$${name}`;
  } // prettier-ignore
}

/** Fields of a response; `__typename` costs nothing. */
function fieldsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + fieldsIn(item), 0);
  if (value === null || typeof value !== 'object') return 0;
  return Object.entries(value).reduce((sum, [key, item]) => sum + (key === '__typename' ? 0 : 1) + fieldsIn(item), 0);
} // prettier-ignore

test('a response has at most as many fields as were measured', async () => {
  let delivered = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 1_000 }), { minLength: 30, maxLength: 200 }), async (tape) => {
      const written = write(tape);
      const response = await fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...written, extensions: { cost: true } }),
      });
      const { data, errors, extensions } = (await response.json()) as any;
      const codes = (errors ?? []).map((error: any) => error.extensions.code);
      // sizes of 0, and variables without a value, are refused; nothing else is
      expect([...new Set(codes)].filter((code) => code !== 'BAD_USER_INPUT')).toEqual([]);
      const fields = fieldsIn(data);
      expect(extensions?.cost.fields ?? 0).toBeGreaterThanOrEqual(fields);
      if (fields > 20) delivered++;
    }),
    { numRuns: 150 },
  );
  expect(delivered).toBeGreaterThan(10); // the documents are not all empty
});
