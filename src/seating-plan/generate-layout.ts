import { drawVenue } from './draw-venue.ts';
import { ARENA, CIRCUIT, layOutBowl, STADIUM, type BowlSetup } from './lay-out-bowl.ts';
import { layOutClub, layOutField } from './lay-out-club.ts';
import { layOutTheatre } from './lay-out-theatre.ts';
import { MAX_PLACES, type SeatingPlanLayout } from './layout.ts';
import { seededChoice } from './seeded-random.ts';
import { THEATRE_STYLES } from './theatre-styles.ts';
import type { VenueGeometry } from './venue-geometry.ts';

/** What a plan is generated from. */
export interface LayoutRequest {
  /** The Venue's kind: `stadium`, `arena`, `theatre`, `club`, …; one we do not know gets a floor to stand on. */
  kind: string;
  /** 1 to 100,000; the plan has exactly that many places. */
  capacity: number;
  /** Stands look at the middle during a match, and at a stage during a concert. Default: a match in a stadium, else a concert. */
  purpose?: 'CONCERT' | 'MATCH';
  /** The Venue's id: what the kind leaves open is chosen by it, always the same. */
  seed: string;
  /** Default: `Concert` or `Match`. */
  name?: string;
}

/** Generate a plan from a kind of house and a capacity; the same request always gives the same plan. */
export function generateLayout(request: LayoutRequest): SeatingPlanLayout {
  const { kind, capacity, seed } = request;
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > MAX_PLACES) {
    throw new RangeError(`a plan has 1 to ${MAX_PLACES} places, not ${capacity}`);
  }
  const purpose = request.purpose ?? (kind === 'stadium' || kind === 'race circuit' ? 'MATCH' : 'CONCERT');
  const name = request.name ?? (purpose === 'MATCH' ? 'Match' : 'Concert');
  return drawVenue(name, layOut(kind, capacity, purpose, seed), capacity);
}

function layOut(kind: string, capacity: number, purpose: 'CONCERT' | 'MATCH', seed: string): VenueGeometry {
  const scene: BowlSetup =
    purpose === 'MATCH' ? 'MATCH' : seededChoice(['CONCERT_STANDING', 'CONCERT_SEATED'], 'floor', seed);
  switch (kind) {
    case 'stadium':
      return layOutBowl(capacity, STADIUM, scene);
    case 'arena':
      return layOutBowl(capacity, ARENA, scene);
    case 'race circuit':
      return layOutBowl(capacity, CIRCUIT, scene);
    case 'festival site':
      return layOutField(capacity);
    default: {
      const style = THEATRE_STYLES[kind];
      return style === undefined ? layOutClub(capacity) : layOutTheatre(capacity, style);
    }
  }
}
