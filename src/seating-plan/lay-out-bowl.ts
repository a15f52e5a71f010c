import { layOutFloor } from './lay-out-floor.ts';
import { layOutStands, type StandStyle } from './lay-out-stands.ts';
import type { Ground } from './lay-out-tier.ts';
import type { VenueGeometry } from './venue-geometry.ts';

/** What happens on the ground: a match in the middle, or a concert with the stage at the west end. */
export type BowlSetup = 'MATCH' | 'CONCERT_STANDING' | 'CONCERT_SEATED';

/** How one kind of bowl differs from another. */
export interface BowlStyle {
  ground: Ground;
  stands: Omit<StandStyle, 'sectorSets'>;
  /** What everybody looks at during a match. */
  centreLabel: string;
  /** At most this share of the places is on the ground during a concert. */
  maxFloorShare: number;
}

/** An ice rink with its boards, 64 by 34 metres; courts are smaller. */
export const ARENA: BowlStyle = {
  ground: { length: 640, width: 340, corner: 85 },
  stands: { maxRowsPerSet: 12, maxRowsPerTier: 20, rowDepth: 8.5, setBack: 15 },
  centreLabel: 'Court',
  maxFloorShare: 0.25,
};

/** A football pitch with room around it, 118 by 80 metres. */
export const STADIUM: BowlStyle = {
  ground: { length: 1_180, width: 800, corner: 110 },
  stands: { maxRowsPerSet: 14, maxRowsPerTier: 34, rowDepth: 8, setBack: 20 },
  centreLabel: 'Pitch',
  maxFloorShare: 0.22,
};

/** The last straight of a race circuit: a bowl drawn around the track. */
export const CIRCUIT: BowlStyle = { ...STADIUM, centreLabel: 'Track' };

const MATCH_SECTORS: StandStyle['sectorSets'] = [
  ['NORTH'],
  ['NORTH', 'SOUTH'],
  ['NORTH', 'EAST', 'SOUTH', 'WEST'],
  ['NORTH', 'NORTH_EAST', 'EAST', 'SOUTH_EAST', 'SOUTH', 'SOUTH_WEST', 'WEST', 'NORTH_WEST'],
];
/** Nobody sits behind the stage. */
const CONCERT_SECTORS: StandStyle['sectorSets'] = [
  ['NORTH', 'EAST', 'SOUTH'],
  ['NORTH', 'NORTH_EAST', 'EAST', 'SOUTH_EAST', 'SOUTH'],
];
/** A smaller house keeps its floor free. */
const MIN_PLACES_FOR_FLOOR = 500;

/** Lay out an arena or stadium: stands around a ground, and for a concert people on it. */
export function layOutBowl(places: number, style: BowlStyle, scene: BowlSetup): VenueGeometry {
  const { ground } = style;
  if (scene === 'MATCH') {
    const middle = { x: 0, y: 0 };
    const blocks = layOutStands(ground, { ...style.stands, sectorSets: MATCH_SECTORS }, middle, places);
    return { stage: { ...middle, label: style.centreLabel }, areas: [], blocks };
  }
  const stage = { x: -ground.length * 0.42, y: 0 };
  const onFloor = places < MIN_PLACES_FOR_FLOOR ? 0 : Math.round(places * style.maxFloorShare);
  const floor = layOutFloor(ground, onFloor, scene === 'CONCERT_SEATED', stage);
  const stands = layOutStands(
    ground,
    { ...style.stands, sectorSets: CONCERT_SECTORS },
    stage,
    places - floor.places,
  );
  return {
    stage: { ...stage, label: 'Stage' },
    areas: floor.areas,
    blocks: [...floor.blocks, ...stands],
  };
}
