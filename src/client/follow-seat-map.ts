import { follow, type FollowOptions } from './follow.ts';
import { SEAT_MAP_CHANGED } from './messages.ts';
import { SeatMapKeeper, type SeatMapState } from './seat-map-state.ts';

/**
 * Subscribe to the seat map of an Event for as long as the loop lasts:
 *
 * ```ts
 * for await (const map of followSeatMap({ url, event })) paint(map);
 * ```
 *
 * The first state is the whole map, each further one the map after changes. It reconnects with backoff and recovers from
 * gaps by itself. Changes are coalesced for a slow loop: it gets fewer states, not older ones. Throws FollowRefused for a
 * permanent refusal.
 */
export function followSeatMap(options: FollowOptions): AsyncGenerator<SeatMapState, void, void> {
  const keeper = new SeatMapKeeper();
  let after: string | null = null;
  return follow(options, {
    query: SEAT_MAP_CHANGED,
    variables: () => ({ event: options.event, after }),
    apply({ seatMapChanged }) {
      const isGap = keeper.apply(seatMapChanged!) === 'gap';
      after = isGap ? null : keeper.cursor;
      return isGap ? 'gap' : 'applied';
    },
    take: () => keeper.take(),
  });
}
