import { pay } from '../support/checkout-world.ts';
import { inDays, ORGANISER } from '../support/seed.ts';
import { expectAnswer, fan } from './journey-buyers.ts';
import type { JourneyWorld } from './journey-world.ts';

/** What an organiser made, for visitors to look at. */
export interface OrganisedEvent {
  venue: string;
  performer: string;
  event: string;
  organiser: string;
}

/** Follow a sale, and download its Bookings. */
export async function salesJourney(world: JourneyWorld): Promise<void> {
  const held = await world.held();
  await expectAnswer(pay(held), 'BookingConfirmed');
  const { event } = held.event;
  const organiser = await world.as(ORGANISER, 'ORGANISER');
  const bookings = (args: string) =>
    organiser.ask(
      `query ($event: ID!) { event(id: $event) { sales { asOf } bookings(${args}) { nodes { id } pageInfo { endCursor } } } }`,
      { event },
    );
  const { pageInfo, nodes } = (await bookings('first: 1')).event.bookings;
  await bookings(`first: 1, after: "${pageInfo.endCursor}"`);
  await bookings(`booking: "${nodes[0].id}"`);
  await bookings(`buyer: "${held.name}"`);
  const response = await fetch(`${world.url}/events/${event}/bookings.csv`, {
    headers: { authorization: `Bearer ${await world.token(ORGANISER, 'ORGANISER')}` },
  });
  if (!response.ok || !(await response.text()).includes(held.name))
    throw new Error('the export lacks a Booking');
}

/** From nothing to an Event on sale, with every change that an organiser can make. */
export async function organisersJourney(world: JourneyWorld): Promise<OrganisedEvent> {
  const name = fan();
  const olga = await world.as(name, 'ORGANISER');
  const make = async (mutation: string, type: string, field: string, input: object): Promise<string> => {
    const answer = await expectAnswer(
      olga.mutate(mutation, input, `... on ${type} { ${field} { id } }`),
      type,
    );
    return answer[field].id;
  };
  const place = { city: 'Berlin', country: 'Germany', countryCode: 'DE', latitude: 52.5, longitude: 13.4 };
  const venue = await make('createVenue', 'VenueCreated', 'venue', {
    venue: { name: 'Palast am Wasser', kind: 'theatre', ...place, timezone: 'Europe/Berlin', capacity: 80 },
  });
  const performer = await make('createPerformer', 'PerformerCreated', 'performer', {
    performer: { name: 'Quartett Zwirn', kind: 'band' },
  });
  const plan = await make('createSeatingPlan', 'SeatingPlanCreated', 'seatingPlan', {
    ...{ venue, name: 'Theatre', source: { generate: { capacity: 80 } } },
  });
  const newer = await make('updateSeatingPlan', 'SeatingPlanUpdated', 'seatingPlan', {
    ...{ id: plan, source: { generate: { capacity: 60 } } },
  });
  const event = await make('createEvent', 'EventCreated', 'event', {
    event: {
      ...{ name: 'Abend der Fäden', category: 'concert', genre: 'Folk', series: 'Herbst', venue },
      ...{ seatingPlan: plan, performers: [performer], startsAt: inDays(40).toISOString() },
    },
  });
  await make('updateEvent', 'EventUpdated', 'event', {
    ...{ id: event, event: { seatingPlan: newer, description: 'Neu.', performers: [performer] } },
  });
  await olga.mutate('updateEvent', { id: event, event: {} }, '... on EventUpdated { soldTickets }');
  await make('updateVenue', 'VenueUpdated', 'venue', {
    ...{ id: venue, venue: { name: 'Palast am Ufer', timezone: 'Europe/Vienna' } },
  });
  await make('updatePerformer', 'PerformerUpdated', 'performer', {
    ...{ id: performer, performer: { name: 'Quartett Zwirn & Garn' } },
  });
  const { seatingPlan } = (
    await olga.ask(`query ($event: ID!) { event(id: $event) { seatingPlan { id places categories } } }`, {
      event,
    })
  ).event;
  const prices = seatingPlan.categories.map((_name: string, tier: number) => ({
    tier,
    amount: 2_000 + tier * 500,
  }));
  await expectAnswer(olga.mutate('publishEvent', { event, currency: 'EUR', prices }), 'EventPublished');
  await expectAnswer(olga.mutate('blockTickets', { event, places: [0, 1, 2] }), 'TicketsBlocked');
  await expectAnswer(olga.mutate('unblockTickets', { event, places: [1, 2] }), 'TicketsUnblocked');
  await expectAnswer(
    olga.mutate('changePrices', { event, prices: [{ tier: 0, amount: 2_100 }] }),
    'PricesChanged',
  );
  await expectAnswer(olga.mutate('withdrawEvent', { event }), 'EventWithdrawn');
  await expectAnswer(olga.mutate('announceEvent', { event }), 'EventAnnounced');
  await expectAnswer(olga.mutate('publishEvent', { event, currency: 'EUR', prices }), 'EventPublished');
  await expectAnswer(olga.mutate('pauseSale', { event }), 'SalePaused');
  await expectAnswer(olga.mutate('resumeSale', { event }), 'SaleResumed');
  await olga.ask(
    `query ($event: ID!) { event(id: $event) { auditTrail(first: 2) { nodes { at } pageInfo { endCursor } } } }`,
    { event },
  );
  return { venue, performer, event, organiser: name };
}
