import { accessibleSeatCount, chooseAccessibleSeats } from './accessible-places.ts';
import { pointOn, SEAT_PITCH, type Point } from './geometry.ts';
import type { SeatingPlanLayout } from './layout.ts';
import { numberPlaces, type RowDraft, type SectionDraft } from './number-places.ts';
import { categoriesByScore } from './price-categories.ts';
import { rowLabel } from './row-labels.ts';
import { trimRows } from './trim-rows.ts';
import type { Area, SeatingBlock, VenueGeometry } from './venue-geometry.ts';

/** White space around the drawing. */
const MARGIN = 20;

/** Draw a house with exactly `places`: rows trimmed, seats numbered and placed, categories and wheelchair places given out. */
export function drawVenue(name: string, house: VenueGeometry, places: number): SeatingPlanLayout {
  const standing = house.areas.reduce((sum, area) => sum + area.places, 0);
  const counts = trimRows(house.blocks, places - standing);
  const slots = house.blocks.flatMap((block, at) =>
    block.rows.map((row, index) => ({ block: at, score: row.score, seats: counts[at]?.[index] ?? 0 })),
  );
  const categories = categoriesByScore(slots);
  const seated = Math.max(-1, ...categories) + 1;
  const names = Array.from({ length: places > standing ? seated : 0 }, (_, index) => `Category ${index + 1}`);
  if (house.areas.length > 0) names.push('Standing');

  let slot = 0;
  const blocks = house.blocks.map((block, at) => ({
    block,
    rows: drawRows(block, counts[at] ?? [], () => categories[slot++] ?? 0),
  }));
  assignAccessibleSeats(blocks, places);

  const sections: SectionDraft[] = [
    ...house.areas.filter((area) => area.places > 0).map((area) => drawArea(area, names.length - 1)),
    ...blocks
      .filter(({ rows }) => rows.length > 0)
      .map(({ block: { key, name, level }, rows }) => ({ kind: 'SEATED' as const, key, name, level, rows })),
  ];
  return numberPlaces({ name, ...moveToOrigin(house.stage, sections), categories: names, sections });
}

function drawRows(block: SeatingBlock, counts: readonly number[], nextCategory: () => number): RowDraft[] {
  const rows: RowDraft[] = [];
  block.rows.forEach((slot, index) => {
    const category = nextCategory();
    const count = counts[index] ?? 0;
    if (count === 0) return;
    const points = Array.from({ length: count }, (_, seat) =>
      pointOn(slot.curve, (seat - (count - 1) / 2) * SEAT_PITCH),
    );
    rows.push({
      label: rowLabel(block.rowNames, index),
      category,
      seats: points.map((_, seat) => String(seat + 1)),
      x: points.map((point) => point.x),
      y: points.map((point) => point.y),
      accessible: [],
    });
  });
  return rows;
}

/** Wheelchair places, counted for the whole house, for whoever cannot stand needs a seat, too. */
function assignAccessibleSeats(
  blocks: readonly { block: SeatingBlock; rows: RowDraft[] }[],
  places: number,
): void {
  const reachable = blocks.flatMap(({ block, rows }) => {
    if (block.stepFree === 'ALL' || rows.length < 2) return rows;
    return block.stepFree === 'FRONT' ? rows.slice(0, 1) : [...rows.slice(0, 1), ...rows.slice(-1)];
  });
  const chosen = chooseAccessibleSeats(
    reachable.map((row) => ({ seats: row.seats.length })),
    accessibleSeatCount(places),
  );
  reachable.forEach((row, index) => {
    row.accessible = chosen[index] ?? [];
  });
}

function drawArea({ key, name, level, places, outline }: Area, category: number): SectionDraft {
  return {
    kind: 'GENERAL_ADMISSION',
    key,
    name,
    level,
    places,
    category,
    outline: outline.flatMap(({ x, y }) => [x, y]),
  };
}

/** Move everything so that the drawing begins at 0, and round to a tenth; answers what the plan says of its frame. */
function moveToOrigin(
  stage: VenueGeometry['stage'],
  sections: SectionDraft[],
): { width: number; height: number; stage: VenueGeometry['stage'] } {
  const low: Point = { x: stage.x, y: stage.y };
  const high: Point = { ...low };
  const each = (visit: (list: number[], axis: 'x' | 'y', index: number) => void): void => {
    for (const section of sections) {
      if (section.kind === 'GENERAL_ADMISSION') {
        section.outline.forEach((_, index) => visit(section.outline, index % 2 === 0 ? 'x' : 'y', index));
      } else {
        for (const row of section.rows) {
          row.x.forEach((_, index) => visit(row.x, 'x', index));
          row.y.forEach((_, index) => visit(row.y, 'y', index));
        }
      }
    }
  };
  each((list, axis, index) => {
    const value = list[index] as number;
    if (value < low[axis]) low[axis] = value;
    if (value > high[axis]) high[axis] = value;
  });
  const shift: Point = { x: MARGIN - low.x, y: MARGIN - low.y };
  each((list, axis, index) => {
    list[index] = tenth((list[index] as number) + shift[axis]);
  });
  return {
    width: tenth(high.x + shift.x + MARGIN),
    height: tenth(high.y + shift.y + MARGIN),
    stage: { x: tenth(stage.x + shift.x), y: tenth(stage.y + shift.y), label: stage.label },
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
