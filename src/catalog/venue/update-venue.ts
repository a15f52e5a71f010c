import type { UpdateVenueInput } from '../../generated/graphql.ts';
import { mayActFor, type Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome, invalidInput } from '../../platform/outcomes.ts';
import { readChanges } from '../input/read-fields.ts';
import { venueNotFound, venueUpdated } from '../outcomes.ts';
import { refreshSearchText } from '../store/search-text.ts';
import { lockVenue, updateEventTimezones, updateVenueRow } from '../store/writes.ts';
import { checkCoordinates, foldVenue, VENUE_RULES } from './venue-input-rules.ts';

/**
 * Change a Venue, and the location, time zone and search text of its Events.
 *
 * A new time zone keeps the instants of its Events: only their local times change.
 */
export async function updateVenue(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: UpdateVenueInput,
) {
  const id = decodeIdOf('Venue', input.id)?.id;
  if (id === undefined) return countOutcome(platform, 'updateVenue', venueNotFound());
  const { fields, problems } = readChanges(VENUE_RULES, input.venue, ['venue']);
  if ('latitude' in input.venue || 'longitude' in input.venue) {
    problems.push(...checkCoordinates(input.venue, ['venue']));
  }

  const outcome = await inTransaction(platform, 'catalog.updateVenue', async (tx) => {
    const venue = await lockVenue(tx, id);
    if (venue === null || !mayActFor(viewer, venue.organiserId)) return venueNotFound();
    if (problems.length > 0) return invalidInput(problems);

    const { aliases, ...others } = fields;
    const changes = { ...others, ...(aliases === undefined ? {} : { aliases: aliases ?? [] }) };
    const folded = foldVenue({ ...venue, ...changes });
    const updated = await updateVenueRow(tx, id, { ...changes, folded });
    if (updated.timezone !== venue.timezone) await updateEventTimezones(tx, id, updated.timezone);
    await refreshSearchText(tx, { venueId: id });
    return venueUpdated(updated);
  });
  return countOutcome(platform, 'updateVenue', outcome);
}
