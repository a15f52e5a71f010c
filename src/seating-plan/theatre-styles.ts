import type { TheatreStyle } from './lay-out-theatre.ts';

const PROSCENIUM: TheatreStyle = {
  levels: ['Stalls', 'Dress Circle', 'Upper Circle', 'Balcony'],
  maxArcRadians: 1.05,
  firstRowFactor: 1.1,
  widestRowFactor: 1.9,
  maxSeatsPerBlockRow: 18,
  seatsPerBoxPair: 250,
  stage: 'Stage',
};

const SHOEBOX: TheatreStyle = {
  levels: ['Orchestra', 'First Tier', 'Second Tier', 'Third Tier'],
  maxArcRadians: 0.3,
  firstRowFactor: 1.3,
  widestRowFactor: 1.5,
  maxSeatsPerBlockRow: 16,
  seatsPerBoxPair: 300,
  stage: 'Stage',
};

/** Styles by kind of Venue, for kinds with a stage at one end. */
export const THEATRE_STYLES: Record<string, TheatreStyle> = {
  theatre: PROSCENIUM,
  'opera house': {
    ...PROSCENIUM,
    levels: ['Parterre', 'First Circle', 'Second Circle', 'Gallery'],
    seatsPerBoxPair: 140,
  },
  'concert hall': SHOEBOX,
  hall: { ...SHOEBOX, levels: ['Hall', 'Gallery'], seatsPerBoxPair: 0 },
  church: {
    levels: ['Nave', 'Gallery'],
    maxArcRadians: 0.04,
    firstRowFactor: 0.9,
    widestRowFactor: 0.9,
    maxSeatsPerBlockRow: 10,
    seatsPerBoxPair: 0,
    stage: 'Altar',
  },
  amphitheatre: {
    levels: ['Lower Terrace', 'Middle Terrace', 'Upper Terrace'],
    maxArcRadians: 2.4,
    firstRowFactor: 1.1,
    widestRowFactor: 5,
    maxSeatsPerBlockRow: 26,
    seatsPerBoxPair: 0,
    stage: 'Stage',
  },
};
