import type { Client } from '../support/client.ts';
import { inDays } from '../support/seed.ts';
import { openWorld } from '../support/world.ts';
import type { OrganisedEvent } from './journey-organisers.ts';
import type { JourneyWorld } from './journey-world.ts';

const EVENT = `id name status startsAt venue { id name seatingPlans { id } } performers { id name }
  seatingPlan { id name } priceTiers { tier price { amount } }`;

/** Find and look at Events and their seats, without a token. */
export async function visitorsJourney(world: JourneyWorld, organised: OrganisedEvent): Promise<void> {
  await listEvents(world.stranger, organised);
  await (
    await world.as(organised.organiser, 'ORGANISER')
  ).ask(`{ events(filter: { mine: true }) { nodes { id } } }`);
  await search(world.stranger, organised);
  await countFacets(world.stranger);
  await suggest(world.stranger);
  await lookAtSeats(world.stranger, organised);
  await using withoutRedis = await openWorld({ databaseUrl: world.databaseUrl, redisUrl: null });
  await lookAtSeats(withoutRedis.stranger, organised);
}

async function listEvents(stranger: Client, { venue, performer, event }: OrganisedEvent): Promise<void> {
  const page = (args: string) =>
    stranger.ask(`{ events(${args}) { nodes { ${EVENT} } pageInfo { endCursor } } }`);
  const { events } = await page('first: 2');
  await page(`first: 2, after: "${events.pageInfo.endCursor}"`);
  await page(`filter: { venue: "${venue}" }`);
  await page(`filter: { performer: "${performer}" }`);
  await page(`filter: { category: "concert", genre: "Folk", countryCode: "DE", city: "Berlin" }`);
  const [from, before] = [inDays(1).toISOString(), inDays(90).toISOString()];
  await page(`filter: { startsFrom: "${from}", startsBefore: "${before}", status: [ON_SALE] }`);
  await stranger.ask(
    `query ($venue: ID!, $performer: ID!, $event: ID!) {
      venue(id: $venue) { events(first: 5) { nodes { id } pageInfo { endCursor } } }
      performer(id: $performer) { events(first: 5) { nodes { id } pageInfo { endCursor } } }
      event(id: $event) { ${EVENT} }
    }`,
    { venue, performer, event },
  );
  await stranger.ask(`{ event(id: "${event}") { seatingPlan { sections { key name } } } }`);
}

async function search(stranger: Client, { venue, performer }: OrganisedEvent): Promise<void> {
  const find = async (input: string, more = '') => {
    const { searchEvents } = await stranger.ask(
      `{ searchEvents(input: ${input}, first: 1${more}) { nodes { id } totalCount pageInfo { endCursor } } }`,
    );
    return searchEvents.pageInfo as { endCursor: string | null };
  };
  const next = async (input: string) => {
    const { endCursor } = await find(input);
    if (endCursor !== null) await find(input, `, after: "${endCursor}"`);
  };
  await next(`{ term: "show" }`);
  await next(`{ term: "!!!" }`);
  await next(`{ term: "night" }`); // a word of all past Events
  await next(`{ term: "quartet zwrin fdäen" }`); // misspelt: corrections are searched for
  await next(`{ term: "night band folk quartet" }`); // Events lack words: those with a rare one are ranked
  await next(`{ term: "night band rock h" }`); // common words, and an unfinished one that begins many
  await next(`{ sort: DATE, category: "concert", genre: "Folk", onSale: true }`);
  await next(`{ near: { latitude: 52.5, longitude: 13.4, radiusKm: 20 }, sort: DISTANCE }`);
  const dates = `{ from: "${inDays(1).toISOString()}", before: "${inDays(90).toISOString()}" }`;
  await next(`{ dates: ${dates}, price: { currency: "EUR", min: 1000, max: 9000 } }`);
  await next(
    `{ venue: "${venue}", performer: "${performer}", categories: ["concert", "sports"], genres: ["Folk"] }`,
  );
  await next(`{ performer: "${performer}", city: "Berlin", country: "DE" }`);
  const day = (days: number) => inDays(days).toISOString().slice(0, 10);
  await next(`{ days: { from: "${day(1)}", to: "${day(90)}" }, price: { max: 90 }, sort: PRICE }`);
  await next(`{ dayPreset: THIS_WEEKEND, timezone: "Europe/Berlin", term: "night" }`);
  await next(`{ available: true, category: "concert" }`);
  await next(`{ accessible: true, sort: PRICE }`);
}

async function suggest(stranger: Client): Promise<void> {
  const ask = (term: string, more = '') =>
    stranger.ask(`{ suggest(term: "${term}"${more}) { __typename name upcomingEvents } }`);
  for (const term of ['n', 'ni', 'nig', 'night', 'night 1', 'band 2', 'house 1 c', 'the sh', '15', '夜'])
    await ask(term);
  await ask('ba', ', near: { latitude: 52.5, longitude: 13.4 }');
  await ask('nihgt bnad'); // misspelt: corrections are looked for
}

async function countFacets(stranger: Client): Promise<void> {
  const FACET = '{ value id country count }';
  for (const input of [
    `{ term: "night" }`,
    `{ category: "concert", city: "Berlin", price: { max: 90 }, onSale: true }`,
  ])
    await stranger.ask(`{ searchEvents(input: ${input}, first: 1) { facets {
      categories ${FACET} genres ${FACET} cities ${FACET} countries ${FACET} venues ${FACET} months ${FACET}
      prices { min max count } availability { onSale available accessible } } } }`);
}

async function lookAtSeats(stranger: Client, { event }: OrganisedEvent): Promise<void> {
  const MAP = `event { id } cursor sections { key statuses available } tiers { tier available }`;
  const { seatMap } = await stranger.ask(`{ seatMap(event: "${event}") { ${MAP} } }`);
  await stranger.ask(
    `query ($event: ID!, $cursor: String!) { seatMapSince(event: $event, cursor: $cursor) { __typename } }`,
    { event, cursor: seatMap.cursor },
  );
}
