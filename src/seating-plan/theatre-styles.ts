import type { TheatreStyle } from './theatre.ts';

const PROSCENIUM: TheatreStyle = {
  levels: ['Stalls', 'Dress Circle', 'Upper Circle', 'Balcony'],
  spread: 1.05,
  front: 1.1,
  widest: 1.9,
  blockSeats: 18,
  seatsPerBoxPair: 250,
  stage: 'Stage',
};

const SHOEBOX: TheatreStyle = {
  levels: ['Orchestra', 'First Tier', 'Second Tier', 'Third Tier'],
  spread: 0.3,
  front: 1.3,
  widest: 1.5,
  blockSeats: 16,
  seatsPerBoxPair: 300,
  stage: 'Stage',
};

/** The kinds of Venue with a stage at one end and seats in front of it. */
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
    spread: 0.04,
    front: 0.9,
    widest: 0.9,
    blockSeats: 10,
    seatsPerBoxPair: 0,
    stage: 'Altar',
  },
  amphitheatre: {
    levels: ['Lower Terrace', 'Middle Terrace', 'Upper Terrace'],
    spread: 2.4,
    front: 1.1,
    widest: 5,
    blockSeats: 26,
    seatsPerBoxPair: 0,
    stage: 'Stage',
  },
};
