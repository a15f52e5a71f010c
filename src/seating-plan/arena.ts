import type { VenueGeometry } from './block.ts';
import type { Ground } from './bowl.ts';
import { layOutFloor } from './floor.ts';
import { layOutStands, type StandStyle } from './stands.ts';

/** What happens on the ground: a match in the middle, or a concert with the stage at the west end. */
export type Scene = 'MATCH' | 'CONCERT_STANDING' | 'CONCERT_SEATED';

/** How one kind of bowl differs from another. */
export interface BowlStyle {
  ground: Ground;
  stands: Omit<StandStyle, 'surrounds'>;
  /** What everybody looks at during a match. */
  middle: string;
  /** At most this share of the places is on the ground during a concert. */
  floorShare: number;
}

/** An ice rink with its boards, 64 by 34 metres; courts are smaller. */
export const ARENA: BowlStyle = {
  ground: { length: 640, width: 340, corner: 85 },
  stands: { lowRows: 12, tierRows: 20, rowDepth: 8.5, setBack: 15 },
  middle: 'Court',
  floorShare: 0.25,
};

/** A football pitch with room around it, 118 by 80 metres. */
export const STADIUM: BowlStyle = {
  ground: { length: 1_180, width: 800, corner: 110 },
  stands: { lowRows: 14, tierRows: 34, rowDepth: 8, setBack: 20 },
  middle: 'Pitch',
  floorShare: 0.22,
};

/** The last straight of a race circuit: a bowl drawn around the track. */
export const CIRCUIT: BowlStyle = { ...STADIUM, middle: 'Track' };

const AROUND: StandStyle['surrounds'] = [
  ['NORTH'],
  ['NORTH', 'SOUTH'],
  ['NORTH', 'EAST', 'SOUTH', 'WEST'],
  ['NORTH', 'NORTH_EAST', 'EAST', 'SOUTH_EAST', 'SOUTH', 'SOUTH_WEST', 'WEST', 'NORTH_WEST'],
];
/** Nobody sits behind the stage. */
const FACING_STAGE: StandStyle['surrounds'] = [
  ['NORTH', 'EAST', 'SOUTH'],
  ['NORTH', 'NORTH_EAST', 'EAST', 'SOUTH_EAST', 'SOUTH'],
];
/** A smaller house keeps its floor free. */
const FEWEST_FOR_FLOOR = 500;

/** Lay out an arena or stadium: stands around a ground, and for a concert people on it. */
export function layOutBowl(places: number, style: BowlStyle, scene: Scene): VenueGeometry {
  const { ground } = style;
  if (scene === 'MATCH') {
    const middle = { x: 0, y: 0 };
    const blocks = layOutStands(ground, { ...style.stands, surrounds: AROUND }, middle, places);
    return { stage: { ...middle, label: style.middle }, areas: [], blocks };
  }
  const stage = { x: -ground.length * 0.42, y: 0 };
  const onFloor = places < FEWEST_FOR_FLOOR ? 0 : Math.round(places * style.floorShare);
  const floor = layOutFloor(ground, onFloor, scene === 'CONCERT_SEATED', stage);
  const stands = layOutStands(
    ground,
    { ...style.stands, surrounds: FACING_STAGE },
    stage,
    places - floor.places,
  );
  return {
    stage: { ...stage, label: 'Stage' },
    areas: floor.areas,
    blocks: [...floor.blocks, ...stands],
  };
}
