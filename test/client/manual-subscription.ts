import {
  followSeatMap,
  type ConnectionLost,
  type FollowOptions,
  type SeatMapState,
} from '../../src/client/index.ts';

/** Subscribe, and take states one by one. */
export function subscribeManually(options: FollowOptions) {
  const lost: ConnectionLost[] = [];
  const states = followSeatMap({
    onLost: (reason) => lost.push(reason),
    random: () => 0,
    ...options,
  });
  return {
    lost,
    async next(): Promise<SeatMapState> {
      const { value } = await states.next();
      if (!value) throw new Error('the subscription ended');
      return value;
    },
    /** The next state for which this holds. */
    async until(holds: (state: SeatMapState) => boolean): Promise<SeatMapState> {
      for (;;) {
        const state = await this.next();
        if (holds(state)) return state;
      }
    },
    end: () => states.return(),
    states,
  };
}
