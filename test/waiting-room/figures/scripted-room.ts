import { decodeIdOf } from '../../../src/platform/ids.ts';
import type { RoomController } from '../../../src/waiting-room/admission/room-controller.ts';
import { entryOf } from '../../../src/waiting-room/tokens/entries.ts';
import { eventOnSale } from '../../support/seed.ts';
import type { World } from '../../support/world.ts';
import { openOwnRoom, type OwnRoom } from '../own-room.ts';

/** A room in front of an Event of the seeded organiser, whose viewers a test moves. */
export interface ScriptedRoom extends OwnRoom {
  /** Global id of the Event. */
  event: string;
  controller1: RoomController;
  join(...viewers: string[]): Promise<void>;
  leave(viewer: string): Promise<void>;
  entry(viewer: string): Promise<string>;
  /** The controller's next step, and what this process of the API knows of it. */
  step(seconds?: number): Promise<void>;
}

/** Open it, with room for three who shop. */
export async function openScriptedRoom(world: World, settings: object = {}): Promise<ScriptedRoom> {
  const { event } = await eventOnSale(world.platform, { seats: 20 });
  const { id: eventId } = decodeIdOf('Event', event)!;
  const room = await openOwnRoom(
    world.platform,
    { capacity: 3, visitSeconds: 600, keepsPlaces: true, ...settings },
    eventId,
  );
  const controller1 = room.controller();
  const entry = async (viewer: string) => entryOf(await room.row(), viewer);
  return Object.assign(room, {
    event,
    controller1,
    entry,
    join: async (...viewers: string[]) => {
      for (const viewer of viewers) await room.line.join(await room.row(), await entry(viewer));
    },
    leave: async (viewer: string) => void (await room.line.leave(await room.row(), await entry(viewer))),
    step: (seconds = 1) => room.tick(controller1, seconds),
  });
}
