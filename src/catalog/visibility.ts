import { eq, ne, or, type SQL } from 'drizzle-orm';

import { mayActFor, type Viewer } from '../platform/auth/viewer.ts';
import type { EventRow } from './store/reads.ts';
import { events } from './tables.ts';

/** Whether the viewer may see the Event: a draft is visible to its organiser only. */
export function maySee(viewer: Viewer | null, event: Pick<EventRow, 'status' | 'organiserId'>): boolean {
  return event.status !== 'DRAFT' || (viewer !== null && mayActFor(viewer, event.organiserId));
}

/** The SQL condition of `maySee`, for lists. `undefined`: the viewer may see every Event. */
export function visibleTo(viewer: Viewer | null): SQL | undefined {
  if (viewer?.roles.has('ADMIN')) return undefined;
  const isPublic = ne(events.status, 'DRAFT');
  return viewer?.roles.has('ORGANISER') ? or(isPublic, eq(events.organiserId, viewer.id)) : isPublic;
}

/** Whether an organiser may use a Venue or Performer for an Event: public ones and their own. */
export const mayReference = (viewer: Viewer, row: { organiserId: string | null }): boolean =>
  row.organiserId === null || mayActFor(viewer, row.organiserId);

/** Owner of a new Venue, Performer or SeatingPlan: the organiser; null (public) if an admin creates it. */
export const ownerOf = (viewer: Viewer): string | null =>
  viewer.roles.has('ADMIN') && !viewer.roles.has('ORGANISER') ? null : viewer.id;
