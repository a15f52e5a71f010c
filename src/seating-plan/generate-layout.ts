import { drawVenue } from './draw-venue.ts';
import { ARENA, CIRCUIT, layOutBowl, STADIUM, type BowlSetup } from './lay-out-bowl.ts';
import { layOutClub, layOutField } from './lay-out-club.ts';
import { layOutTheatre } from './lay-out-theatre.ts';
import { MAX_PLACES, type SeatingPlanLayout } from './layout.ts';
import { seededChoice } from './seeded-random.ts';
import { THEATRE_STYLES } from './theatre-styles.ts';
import type { VenueGeometry } from './venue-geometry.ts';

/** Input of the generator. */
export interface LayoutRequest {
  /** The Venue's kind: `stadium`, `arena`, `theatre`, `club`, …; an unknown kind is laid out as a club. */
  kind: string;
  /** 1 to 100,000: the exact number of places. */
  capacity: number;
  /** Stands face the centre for a match, a stage for a concert. Default: match in stadiums and race circuits. */
  purpose?: 'CONCERT' | 'MATCH';
  /** The Venue's id: determines what the kind leaves open. */
  seed: string;
  /** Default: `Concert` or `Match`. */
  name?: string;
}

/** Generate a plan for a kind of Venue and a capacity. Deterministic: the same request gives the same plan. */
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
  const setup: BowlSetup =
    purpose === 'MATCH' ? 'MATCH' : seededChoice(['CONCERT_STANDING', 'CONCERT_SEATED'], 'floor', seed);
  switch (kind) {
    case 'stadium':
      return layOutBowl(capacity, STADIUM, setup);
    case 'arena':
      return layOutBowl(capacity, ARENA, setup);
    case 'race circuit':
      return layOutBowl(capacity, CIRCUIT, setup);
    case 'festival site':
      return layOutField(capacity);
    default: {
      const style = THEATRE_STYLES[kind];
      return style === undefined ? layOutClub(capacity) : layOutTheatre(capacity, style);
    }
  }
}
