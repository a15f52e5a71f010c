import type { Point } from './geometry.ts';
import { layOutTier, type Ground, type Sector, type Tier } from './lay-out-tier.ts';
import { capacityOf, type SeatingBlock } from './venue-geometry.ts';

/** Dimensions of the stands around a ground. */
export interface StandStyle {
  /** Sectors with stands, from the smallest venue to the full bowl. */
  sectorSets: readonly (readonly Sector[])[];
  /** A venue that needs more rows uses the next set of sectors. */
  maxRowsPerSet: number;
  /** More rows are divided into several tiers. */
  maxRowsPerTier: number;
  rowDepth: number;
  /** Distance from the edge of the ground to the first row. */
  setBack: number;
}

/** Walkway between two tiers. */
const CONCOURSE_DEPTH = 35;
/** Minimum rows of a stand: a small venue has shorter stands, not lower ones. */
const MIN_ROWS = 6;
const SEATS_BETWEEN_AISLES = 22;
const LEVELS: Record<number, readonly string[]> = {
  1: ['Lower Tier'],
  2: ['Lower Tier', 'Upper Tier'],
  3: ['Lower Tier', 'Middle Tier', 'Upper Tier'],
};

/** Lay out stands with as many sectors, tiers and rows as `seats` need. */
export function layOutStands(ground: Ground, style: StandStyle, focus: Point, seats: number): SeatingBlock[] {
  if (seats <= 0) return [];
  const { sectorSets, maxRowsPerSet } = style;
  const largest = sectorSets.length - 1;
  for (const [index, sectors] of sectorSets.entries()) {
    const maxBlocks = index === largest ? Number.POSITIVE_INFINITY : blocksForRows(seats, sectors.length);
    const rows = rowsNeeded(ground, style, sectors, seats, maxBlocks);
    if (rows > maxRowsPerSet && index < largest) continue;
    return buildTiers(ground, style, sectors, focus, seats, rows, maxBlocks);
  }
  return [];
}

const blocksForRows = (seats: number, sides: number): number =>
  Math.max(1, Math.ceil(seats / (sides * MIN_ROWS * SEATS_BETWEEN_AISLES)));

/** Rows needed without gaps between tiers, an upper bound: gaps widen the corners. */
function rowsNeeded(
  ground: Ground,
  style: StandStyle,
  sectors: readonly Sector[],
  seats: number,
  maxBlocks: number,
): number {
  for (let rows = 1; ; rows += Math.max(1, Math.floor(rows / 20))) {
    const tier = tierOf(style, 0, 1, rows, style.setBack);
    if (capacityOf(layOutTier(ground, sectors, tier, { x: 0, y: 0 }, maxBlocks)) >= seats) return rows;
  }
}

function buildTiers(
  ground: Ground,
  style: StandStyle,
  sectors: readonly Sector[],
  focus: Point,
  seats: number,
  rows: number,
  maxBlocks: number,
): SeatingBlock[] {
  const tiers = Math.ceil(rows / style.maxRowsPerTier);
  const perTier = Math.ceil(rows / tiers);
  const blocks: SeatingBlock[] = [];
  let offset = style.setBack;
  for (let index = 0; capacityOf(blocks) < seats; index++) {
    const missing = seats - capacityOf(blocks);
    const layOut = (count: number): SeatingBlock[] =>
      layOutTier(ground, sectors, tierOf(style, index, tiers, count, offset), focus, maxBlocks);
    let count = perTier;
    let tier = layOut(count);
    // the last tier has no more rows than needed
    while (count > 1 && capacityOf(layOut(count - 1)) >= missing) tier = layOut(--count);
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
