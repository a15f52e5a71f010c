import type { CheckoutWorld } from '../support/checkout-world.ts';
import { eventOnSale, type SeededEvent, type SeedVenue } from '../support/seed.ts';

/** A world in which each Event can be given a past of its own as soon as it is on sale. */
export interface JourneyWorld extends CheckoutWorld {
  onSale(house: SeedVenue, fields?: Parameters<typeof eventOnSale>[2]): Promise<SeededEvent>;
}

/** Called with the id of each Event that a journey puts on sale. */
export type Grow = (eventId: string) => Promise<void>;

/** A world for journeys. */
export const journeyWorld = (world: CheckoutWorld, grow: Grow = () => Promise.resolve()): JourneyWorld => ({
  ...world,
  async onSale(house, fields) {
    const event = await eventOnSale(world.platform, house, fields);
    await grow(event.id);
    return event;
  },
  async held(house, selection) {
    const held = await world.held(house, selection);
    await grow(held.event.id);
    return held;
  },
});
