import type { Client } from '../support/client.ts';

type CatalogueMutation = `${'create' | 'update'}${'Venue' | 'Performer' | 'Event'}`;

/** A Venue, a Performer and an Event of an organiser, and inputs of their mutations that pass validation, any number of times. */
export interface ValidInputs {
  ids: { venue: string; performer: string; event: string };
  inputs: Record<CatalogueMutation, { input: object }>;
}

/** Create one of each. */
export async function openValidInputs(admin: Client): Promise<ValidInputs> {
  const venue = {
    name: 'Hall',
    kind: 'theatre',
    city: 'Bonn',
    country: 'Germany',
    countryCode: 'DE',
    timezone: 'Europe/Berlin',
  };
  const performer = { name: 'Ana', kind: 'person' };
  const venueId = await idOf(admin, 'createVenue', { venue }, '... on VenueCreated { venue { id } }');
  const performerId = await idOf(admin, 'createPerformer', { performer }, '... on PerformerCreated { performer { id } }'); // prettier-ignore
  const event = { name: 'Gala', category: 'concert', venue: venueId, startsAt: '2031-01-01T20:00:00Z' };
  const eventId = await idOf(admin, 'createEvent', { event }, '... on EventCreated { event { id } }');
  return {
    ids: { venue: venueId, performer: performerId, event: eventId },
    inputs: {
      createVenue: { input: { venue } },
      updateVenue: { input: { id: venueId, venue } },
      createPerformer: { input: { performer } },
      updatePerformer: { input: { id: performerId, performer } },
      createEvent: { input: { event } },
      updateEvent: { input: { id: eventId, event } },
    },
  };
}

/** Call a mutation that has to create something; returns its id. */
export async function idOf(
  client: Client,
  mutation: string,
  input: object,
  selection: string,
): Promise<string> {
  const answer = await client.mutate<{ __typename: string } & Record<string, unknown>>(
    mutation,
    input,
    selection,
  );
  const created = Object.values(answer).find(
    (value): value is { id: string } => typeof value === 'object' && value !== null && 'id' in value,
  );
  if (created === undefined) throw new Error(`${mutation} returned ${JSON.stringify(answer)}`);
  return created.id;
}
