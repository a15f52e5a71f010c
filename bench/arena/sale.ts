import { openEventOnSale, type EventOnSale } from '../event-on-sale.ts';
import type { ArenaOptions } from './options.ts';
import type { ArenaStack } from './stack.ts';

/** A sale behind a waiting room. */
export interface Sale extends EventOnSale {
  opensAt: number;
  /** Commitment to the seed of the draw. */
  seedHash: string;
}

/** So short that holds come back while the sale goes on. */
const HOLD_SECONDS = 30;
const OTHER_PLACES = 500;
/** Between opening a room and the first arrival. */
const PREPARING_MS = 3_000;

const OPEN = `mutation ($input: OpenWaitingRoomInput!) {
  openWaitingRoom(input: $input) { __typename ... on WaitingRoomOpened { waitingRoom { seedHash } } }
}`;

/** Put an Event on sale and open its room, which opens once the early part of the people has come. */
export async function openSale(stack: ArenaStack, { seats, choices, room }: ArenaOptions): Promise<Sale> {
  const sale = await openEventOnSale(stack, seats);
  await stack.query(`mutation ($input: UpdateEventInput!) { updateEvent(input: $input) { __typename } }`, {
    input: { id: sale.event, event: { holdSeconds: HOLD_SECONDS } },
  });
  const opensAt = Math.round(Date.now() + PREPARING_MS + choices.earlyMs);
  const { openWaitingRoom } = await stack.query(OPEN, {
    input: {
      event: sale.event,
      opensAt: new Date(opensAt).toISOString(),
      capacity: room.capacity,
      admissionsPerMinute: room.perMinute,
      visitSeconds: room.visitSeconds,
      graceSeconds: room.graceMs / 1_000,
    },
  });
  return { ...sale, opensAt, seedHash: openWaitingRoom.waitingRoom.seedHash };
}

/** Another Event, whose room admits all who come: its passes must not open the sale. Returns its id. */
export async function openOtherSale(stack: ArenaStack): Promise<string> {
  const { event } = await openEventOnSale(stack, OTHER_PLACES);
  await stack.query(OPEN, {
    input: {
      event,
      opensAt: new Date(Date.now() + 1_000).toISOString(),
      capacity: OTHER_PLACES,
      admissionsPerMinute: 60 * OTHER_PLACES,
      visitSeconds: 30,
      requiresChallenge: false,
      keepsPlaces: true,
    },
  });
  return event;
}
