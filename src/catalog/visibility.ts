import { eq, ne, or, type SQL } from 'drizzle-orm';

import { mayActFor, type Viewer } from '../platform/auth/viewer.ts';
import type { EventRow } from './store/reads.ts';
import { events } from './tables.ts';

/** Tell whether the viewer may see the Event: drafts are for their organiser alone. */
export function maySee(viewer: Viewer | null, event: Pick<EventRow, 'status' | 'organiserId'>): boolean {
  return event.status !== 'DRAFT' || (viewer !== null && mayActFor(viewer, event.organiserId));
}

/** Say the same as `maySee` to the database, for lists. `undefined`: the viewer may see every Event. */
export function visibleTo(viewer: Viewer | null): SQL | undefined {
  if (viewer?.roles.has('ADMIN')) return undefined;
  const shown = ne(events.status, 'DRAFT');
  return viewer?.roles.has('ORGANISER') ? or(shown, eq(events.organiserId, viewer.id)) : shown;
}

/** Tell whether an organiser may use a Venue or Performer for an Event: the public ones, and their own. */
export const mayReference = (viewer: Viewer, row: { organiserId: string | null }): boolean =>
  row.organiserId === null || mayActFor(viewer, row.organiserId);

/** Whom a new Venue, Performer or SeatingPlan belongs to: its organiser; nobody, if it is an admin's gift to all. */
export const ownerOf = (viewer: Viewer): string | null =>
  viewer.roles.has('ADMIN') && !viewer.roles.has('ORGANISER') ? null : viewer.id;
