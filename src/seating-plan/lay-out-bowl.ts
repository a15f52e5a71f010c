import { layOutFloor } from './lay-out-floor.ts';
import { layOutStands, type StandStyle } from './lay-out-stands.ts';
import type { Ground } from './lay-out-tier.ts';
import type { VenueGeometry } from './venue-geometry.ts';

/** Use of the ground: a match in the centre, or a concert with the stage at the west end. */
export type BowlSetup = 'MATCH' | 'CONCERT_STANDING' | 'CONCERT_SEATED';

/** Dimensions that distinguish one kind of bowl from another. */
export interface BowlStyle {
  ground: Ground;
  stands: Omit<StandStyle, 'sectorSets'>;
  /** Label of the focal point during a match. */
  centreLabel: string;
  /** Maximum share of the places on the ground during a concert. */
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

/** The home straight of a race circuit, drawn as a bowl around the track. */
export const CIRCUIT: BowlStyle = { ...STADIUM, centreLabel: 'Track' };

const MATCH_SECTORS: StandStyle['sectorSets'] = [
  ['NORTH'],
  ['NORTH', 'SOUTH'],
  ['NORTH', 'EAST', 'SOUTH', 'WEST'],
  ['NORTH', 'NORTH_EAST', 'EAST', 'SOUTH_EAST', 'SOUTH', 'SOUTH_WEST', 'WEST', 'NORTH_WEST'],
];
/** No stand behind the stage, in the west. */
const CONCERT_SECTORS: StandStyle['sectorSets'] = [
  ['NORTH', 'EAST', 'SOUTH'],
  ['NORTH', 'NORTH_EAST', 'EAST', 'SOUTH_EAST', 'SOUTH'],
];
/** Smaller venues have no places on the floor. */
const MIN_PLACES_FOR_FLOOR = 500;

/** Lay out an arena or stadium: stands around the ground, and for a concert a floor on it. */
export function layOutBowl(places: number, style: BowlStyle, setup: BowlSetup): VenueGeometry {
  const { ground } = style;
  if (setup === 'MATCH') {
    const centre = { x: 0, y: 0 };
    const blocks = layOutStands(ground, { ...style.stands, sectorSets: MATCH_SECTORS }, centre, places);
    return { stage: { ...centre, label: style.centreLabel }, areas: [], blocks };
  }
  const stage = { x: -ground.length * 0.42, y: 0 };
  const floorPlaces = places < MIN_PLACES_FOR_FLOOR ? 0 : Math.round(places * style.maxFloorShare);
  const floor = layOutFloor(ground, floorPlaces, setup === 'CONCERT_SEATED', stage);
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
