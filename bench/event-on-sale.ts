import type { BenchStack } from './stack.ts';

export interface EventOnSale {
  /** Global id in the API. */
  event: string;
  /** Primary key in the database. */
  eventId: string;
  places: number;
}

/** Publish an Event with a generated SeatingPlan of this many places, through the API. */
export async function openEventOnSale(
  stack: Pick<BenchStack, 'query'>,
  places: number,
): Promise<EventOnSale> {
  const { createVenue } = await stack.query(
    `mutation ($input: CreateVenueInput!) { createVenue(input: $input) { __typename ... on VenueCreated { venue { id } } } }`,
    {
      input: {
        venue: {
          name: `Bench stadium ${places}`,
          kind: 'stadium',
          city: 'Berlin',
          country: 'Germany',
          countryCode: 'DE',
          timezone: 'Europe/Berlin',
          capacity: places,
        },
      },
    },
  );
  const { createSeatingPlan } = await stack.query(
    `mutation ($input: CreateSeatingPlanInput!) { createSeatingPlan(input: $input) {
      __typename ... on SeatingPlanCreated { seatingPlan { id categories } } } }`,
    { input: { venue: createVenue.venue.id, name: 'Bench', source: { generate: { capacity: places } } } },
  );
  const { createEvent } = await stack.query(
    `mutation ($input: CreateEventInput!) { createEvent(input: $input) { __typename ... on EventCreated { event { id } } } }`,
    {
      input: {
        event: {
          name: 'Bench night',
          description: 'A description about as long as that of most Events. '.repeat(20),
          category: 'concert',
          venue: createVenue.venue.id,
          seatingPlan: createSeatingPlan.seatingPlan.id,
          startsAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
          ticketLimit: 100,
        },
      },
    },
  );
  const event = createEvent.event.id as string;
  const { publishEvent } = await stack.query(
    `mutation ($input: PublishEventInput!) { publishEvent(input: $input) { __typename ... on EventPublished { tickets } } }`,
    {
      input: {
        event,
        currency: 'EUR',
        prices: createSeatingPlan.seatingPlan.categories.map((_name: string, tier: number) => ({
          tier,
          amount: 10_000 - 1_000 * tier,
        })),
      },
    },
  );
  if (publishEvent.__typename !== 'EventPublished')
    throw new Error(`could not publish: ${publishEvent.__typename}`);
  const hex = event.slice(event.indexOf('_') + 1);
  const eventId = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
  return { event, eventId, places };
}
