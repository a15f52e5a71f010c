import { mayActFor, type Viewer } from '../platform/auth/viewer.ts';
import type { EventRow } from './store.ts';

/** Tell whether the viewer may see the Event: drafts are for their organiser alone. */
export function maySee(viewer: Viewer | null, event: Pick<EventRow, 'status' | 'organiserId'>): boolean {
  return event.status !== 'DRAFT' || (viewer !== null && mayActFor(viewer, event.organiserId));
}
