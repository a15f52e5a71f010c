import type { GraphQLResolveInfo } from 'graphql';

import { eventNotFound, maySee } from '../catalog/index.ts';
import type { Context } from '../generated/graphql.ts';
import { mayActFor, type Viewer } from '../platform/auth/viewer.ts';
import { CodedError } from '../platform/errors.ts';
import { encodeId } from '../platform/ids.ts';
import type { LiveRooms } from './live-rooms.ts';
import { admissionRequired } from './outcomes.ts';
import type { RoomRow } from './store/rooms.ts';

/** With what Apollo's cache-control plugin adds, except in subscriptions. */
type CachedFieldInfo = GraphQLResolveInfo & {
  cacheControl?: { cacheHint: { restrict(hint: { maxAge: number; scope: 'PRIVATE' }): void } };
};

/** Why a viewer may not hold tickets. */
export interface AdmissionDenied {
  refusal: ReturnType<typeof admissionRequired> | ReturnType<typeof eventNotFound>;
  /** The viewer was admitted before: an earlier success under the same idempotency key is still answered. */
  mayReplay: boolean;
}

type PlacesContext = Pick<Context, 'waitingRooms' | 'viewer' | 'passes' | 'loaders' | 'cacheability'>;

type Requester = Pick<Context, 'waitingRooms' | 'passes' | 'loaders'>;

/** Every mutation that holds tickets asks this before any I/O for its order. Null: the Event needs no admission, or the viewer has it. */
export async function denyWithoutAdmission(
  { waitingRooms, passes, loaders }: Requester,
  viewer: Viewer,
  eventId: string,
): Promise<AdmissionDenied | null> {
  const room = await waitingRooms.ofSale(eventId);
  if (room === null || waitingRooms.passes.isAdmitted(room, viewer.id, passes)) return null;
  if (waitingRooms.isDraft(eventId)) {
    const event = await loaders.event.load(eventId);
    if (event === null || !maySee(viewer, event)) return { refusal: eventNotFound(), mayReplay: false };
  }
  const mayReplay = waitingRooms.passes.wasAdmitted(room, viewer.id, passes);
  return { refusal: admissionRequired(room), mayReplay };
}

/** Every field that shows single places asks this first. Throws ADMISSION_REQUIRED if the room of the Event hides them from the viewer. */
export async function requirePlacesShown(
  context: PlacesContext,
  eventId: string,
  info?: CachedFieldInfo,
): Promise<void> {
  const hidden = await errorIfPlacesHidden(context, eventId, info);
  if (hidden !== null) throw hidden;
}

/** Find whether the room of an Event hides its places from the viewer. What it shows is the viewer's alone, and is not cached. */
export async function errorIfPlacesHidden(
  context: PlacesContext,
  eventId: string,
  info?: CachedFieldInfo,
): Promise<CodedError | null> {
  const { waitingRooms, viewer, passes, loaders } = context;
  const room = await waitingRooms.of(eventId);
  if (!room?.protectsSeatMap) return null;
  context.cacheability.isUntracked = true;
  info?.cacheControl?.cacheHint.restrict({ maxAge: 0, scope: 'PRIVATE' });
  if (viewer !== null && waitingRooms.passes.isAdmitted(room, viewer.id, passes)) return null;
  // who may not see the Event is told by the field itself that there is none
  if (waitingRooms.isDraft(eventId) || viewer?.roles.has('ORGANISER') || viewer?.roles.has('ADMIN')) {
    const event = await loaders.event.load(eventId);
    if (event === null || !maySee(viewer, event)) return null;
    if (viewer !== null && mayActFor(viewer, event.organiserId)) return null;
  }
  return placesHidden(room);
}

/** The same for an open subscription, from what is known in memory: the error that ends it, or null. */
export function refusalToFollow(
  waitingRooms: Pick<LiveRooms, 'known' | 'passes'>,
  event: { id: string; organiserId: string | null },
  { viewer, passes }: { viewer: Viewer | null; passes: readonly string[] },
): CodedError | null {
  const room = waitingRooms.known(event.id);
  if (!room?.protectsSeatMap) return null;
  if (viewer !== null && mayActFor(viewer, event.organiserId)) return null;
  return viewer !== null && waitingRooms.passes.isAdmitted(room, viewer.id, passes)
    ? null
    : placesHidden(room);
}

const placesHidden = ({ eventId, waiting }: Pick<RoomRow, 'eventId' | 'waiting'>): CodedError =>
  new CodedError(
    'ADMISSION_REQUIRED',
    'Single places of this Event are shown to viewers that its waiting room has admitted.',
    { event: encodeId('Event', eventId), waiting },
  );
