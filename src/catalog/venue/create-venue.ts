import type { CreateVenueInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { isComplete, readNewFields } from '../input/read-fields.ts';
import { venueCreated } from '../outcomes.ts';
import { insertVenue } from '../store/writes.ts';
import { ownerOf } from '../visibility.ts';
import { checkCoordinates, foldVenue, VENUE_RULES } from './venue-input-rules.ts';

/** Create a Venue: owned by the organiser, or public if an admin creates it. */
export async function createVenue(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: CreateVenueInput,
) {
  const { fields, problems } = readNewFields(VENUE_RULES, input.venue, ['venue']);
  problems.push(...checkCoordinates(input.venue, ['venue']));
  if (!isComplete(fields, problems)) return countOutcome(platform, 'createVenue', invalidInput(problems));

  const venue = { ...fields, aliases: fields.aliases ?? [] };
  const row = { ...venue, id: newId(), organiserId: ownerOf(viewer), folded: foldVenue(venue) };
  const created = await inTransaction(platform, 'catalog.createVenue', (tx) => insertVenue(tx, row));
  return countOutcome(platform, 'createVenue', venueCreated(created));
}
