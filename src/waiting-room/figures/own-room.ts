import type { Context } from '../../generated/graphql.ts';
import { mayActFor, signedIn } from '../../platform/auth/viewer.ts';
import { badInput } from '../../platform/errors.ts';
import { decodeIdOf } from '../../platform/ids.ts';
import { findRoom } from '../store/admission-log.ts';
import type { RoomRow } from '../store/rooms.ts';

type Requester = Pick<Context, 'viewer' | 'loaders' | 'platform'>;

/** Whether the viewer organises the Event of a room. */
async function organises(
  { viewer, loaders }: Pick<Requester, 'viewer' | 'loaders'>,
  eventId: string,
): Promise<boolean> {
  if (viewer === null) return false;
  const event = await loaders.event.load(eventId);
  return event !== null && mayActFor(viewer, event.organiserId);
}

/** A room of an Event that the viewer organises, closed or not; null: there is none, or it is not the viewer's. */
export async function findOwnRoom(
  context: Requester,
  event: string,
  generation: number | null,
): Promise<RoomRow | null> {
  const eventId = decodeIdOf('Event', event)?.id;
  if (eventId === undefined || !(await organises(context, eventId))) return null;
  return findRoom(context.platform.db, eventId, generation);
}

/** The last room of an Event that the viewer organises, for a subscription. Throws UNAUTHENTICATED and BAD_USER_INPUT. */
export async function requireOwnRoom(context: Requester, event: string): Promise<RoomRow> {
  signedIn(context); // `@requires` would apply to each update
  return (await findOwnRoom(context, event, null)) ?? Promise.reject(noOwnRoom());
}

/** The Event has no room that is open, or is another organiser's. */
export const noOwnRoom = () => badInput('event', 'has no waiting room, or none that is yours');
