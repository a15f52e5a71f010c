import { drizzle } from 'drizzle-orm/node-postgres';
import { graphql, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Context } from '../../src/app/context.ts';
import { FieldCounter } from '../../src/app/graphql/response-size.ts';
import { buildSchema } from '../../src/app/schema.ts';
import { openCatalogLoaders } from '../../src/catalog/index.ts';
import { openPool, type Pool } from '../../src/platform/db/pool.ts';
import { onlyEngine, openPostgresBrowse, openPostgresSearch } from '../../src/search/index.ts';
import { cloneDatabase } from '../support/database.ts';
import { inDays, seedEvent, seedOnSale, seedPerformer, seedPlan, seedVenue } from './seed.ts';

let schema: GraphQLSchema;
let pool: Pool;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  schema = await buildSchema();
  pool = opened.use(openPool(opened.use(await cloneDatabase()).url, 4));
  for (let i = 0; i < 10; i++) {
    const venueId = await seedVenue(pool.db, { name: `Hall ${i}`, city: 'Manytown' });
    const lineup = [await seedPerformer(pool.db, `Act ${i}`)];
    const sale = { seatingPlanId: await seedPlan(pool.db, venueId), currency: 'EUR', amounts: [1, 2] };
    await seedOnSale(pool.db, `Night ${i}`, sale, { venueId, startsAt: inDays(40 + i) }, lineup);
    await seedEvent(pool.db, `Matinee ${i}`, { venueId, startsAt: inDays(60 + i) }, lineup);
  }
});
afterAll(() => opened.disposeAsync());

/** Execute a query without a server, and count its SQL statements. */
async function execute(source: string, variableValues: Record<string, unknown>) {
  let statements = 0;
  const db = drizzle(pool.db.$client, { logger: { logQuery: () => statements++ } });
  const contextValue = {
    platform: { db },
    viewer: null,
    searchEngines: onlyEngine(openPostgresSearch(db), openPostgresBrowse(db)),
    cacheability: { tags: new Set() },
    loaders: openCatalogLoaders(db),
    responseSize: new FieldCounter({ cost: 5_000 }, new AbortController().signal),
  } as unknown as Context;
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  expect(errors).toBeUndefined();
  return { data: JSON.parse(JSON.stringify(data)), statements };
}

const FIELDS = `name priceTiers { tier } seatingPlan { name places venue { name } }
  performers { name events { nodes { name performers { name } } } }
  venue { name seatingPlans { name } events(first: 3) { nodes { name venue { name } } } }`;

test.each([
  [
    'events',
    `query ($first: Int) { events(filter: { city: "Manytown" }, first: $first) { nodes { ${FIELDS} } } }`,
  ],
  [
    'searchEvents',
    `query ($first: Int) { searchEvents(input: { term: "night" }, first: $first) { nodes { ${FIELDS} } } }`,
  ],
])('a page of %s with nested fields takes as many statements as a single Event', async (field, query) => {
  const one = await execute(query, { first: 1 });
  const ten = await execute(query, { first: 10 });

  expect(ten.data[field].nodes).toHaveLength(10);
  expect(ten.data[field].nodes[9]).toMatchObject({
    name: 'Night 9',
    priceTiers: [{ tier: 1 }, { tier: 0 }],
    seatingPlan: { places: 8, venue: { name: 'Hall 9' } },
    performers: [{ name: 'Act 9', events: { nodes: [{ name: 'Night 9' }, { name: 'Matinee 9' }] } }],
    venue: { name: 'Hall 9', events: { nodes: [{ name: 'Night 9' }, { venue: { name: 'Hall 9' } }] } },
  });
  expect(one.statements).toBeGreaterThan(5);
  expect(ten.statements).toBe(one.statements);
});
