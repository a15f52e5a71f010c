import type { Point } from './geometry.ts';
import { layOutTier, type Ground, type Sector, type Tier } from './lay-out-tier.ts';
import { capacityOf, type SeatingBlock } from './venue-geometry.ts';

/** What sectorSets a ground. */
export interface StandStyle {
  /** From the smallest house to the full bowl: the next one is taken when this one would get too high. */
  sectorSets: readonly (readonly Sector[])[];
  /** With more rows than that in one tier, a house takes the next surround. */
  maxRowsPerSet: number;
  /** A tier that gets higher is split. */
  maxRowsPerTier: number;
  rowDepth: number;
  /** From the edge of the ground to the first row. */
  setBack: number;
}

/** Between two tiers, where people walk. */
const CONCOURSE_DEPTH = 35;
/** A stand lower than that looks like a bench: a small house has shorter stands instead. */
const MIN_ROWS = 6;
const SEATS_BETWEEN_AISLES = 22;
const LEVELS: Record<number, readonly string[]> = {
  1: ['Lower Tier'],
  2: ['Lower Tier', 'Upper Tier'],
  3: ['Lower Tier', 'Middle Tier', 'Upper Tier'],
};

/** Lay out stands for `seats`: as many sides, tiers and rows as it takes. */
export function layOutStands(ground: Ground, style: StandStyle, focus: Point, seats: number): SeatingBlock[] {
  if (seats <= 0) return [];
  const { sectorSets: sectorSets, maxRowsPerSet: lowRows } = style;
  const largest = sectorSets.length - 1;
  for (const [index, stretches] of sectorSets.entries()) {
    const mostBlocks = index === largest ? Number.POSITIVE_INFINITY : blocksForRows(seats, stretches.length);
    const rows = rowsNeeded(ground, style, stretches, seats, mostBlocks);
    if (rows > lowRows && index < largest) continue;
    return buildTiers(ground, style, stretches, focus, seats, rows, mostBlocks);
  }
  return [];
}

const blocksForRows = (seats: number, sides: number): number =>
  Math.max(1, Math.ceil(seats / (sides * MIN_ROWS * SEATS_BETWEEN_AISLES)));

/** Count the rows it takes when there is no gap between tiers; gaps make corners wider, so it never takes more. */
function rowsNeeded(
  ground: Ground,
  style: StandStyle,
  stretches: readonly Sector[],
  seats: number,
  mostBlocks: number,
): number {
  for (let rows = 1; ; rows += Math.max(1, Math.floor(rows / 20))) {
    const tier = tierOf(style, 0, 1, rows, style.setBack);
    if (capacityOf(layOutTier(ground, stretches, tier, { x: 0, y: 0 }, mostBlocks)) >= seats) return rows;
  }
}

function buildTiers(
  ground: Ground,
  style: StandStyle,
  stretches: readonly Sector[],
  focus: Point,
  seats: number,
  rows: number,
  mostBlocks: number,
): SeatingBlock[] {
  const tiers = Math.ceil(rows / style.maxRowsPerTier);
  const perTier = Math.ceil(rows / tiers);
  const blocks: SeatingBlock[] = [];
  let offset = style.setBack;
  for (let index = 0; capacityOf(blocks) < seats; index++) {
    const missing = seats - capacityOf(blocks);
    const lay = (count: number): SeatingBlock[] =>
      layOutTier(ground, stretches, tierOf(style, index, tiers, count, offset), focus, mostBlocks);
    let count = perTier;
    let tier = lay(count);
    // the last tier is as high as it must be, and no higher
    while (count > 1 && capacityOf(lay(count - 1)) >= missing) tier = lay(--count);
    blocks.push(...tier);
    offset += count * style.rowDepth + CONCOURSE_DEPTH;
  }
  return blocks;
}

function tierOf(style: StandStyle, index: number, tiers: number, rows: number, offset: number): Tier {
  return {
    level: LEVELS[tiers]?.[index] ?? `Tier ${index + 1}`,
    number: index + 1,
    offset,
    rows,
    rowDepth: style.rowDepth,
    lowest: index === 0,
  };
}
