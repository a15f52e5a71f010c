import { accessibleSeatCount, chooseAccessibleSeats } from './accessible-places.ts';
import { pointOn, roundToTenth, SEAT_PITCH, type Point } from './geometry.ts';
import type { SeatingPlanLayout } from './layout.ts';
import { numberPlaces, type RowDraft, type SectionDraft } from './number-places.ts';
import { categoriesByScore } from './price-categories.ts';
import { rowLabel } from './row-labels.ts';
import { trimRows } from './trim-rows.ts';
import type { Area, SeatingBlock, VenueGeometry } from './venue-geometry.ts';

/** Space around the drawing. */
const MARGIN = 20;

/** Draw a venue with exactly `places`: trim rows, place and number seats, assign categories and wheelchair places. */
export function drawVenue(name: string, geometry: VenueGeometry, places: number): SeatingPlanLayout {
  const standing = geometry.areas.reduce((sum, area) => sum + area.places, 0);
  const counts = trimRows(geometry.blocks, places - standing);
  const slots = geometry.blocks.flatMap((block, blockIndex) =>
    block.rows.map((row, index) => ({
      block: blockIndex,
      score: row.score,
      seats: counts[blockIndex]?.[index] ?? 0,
    })),
  );
  const categories = categoriesByScore(slots);
  const categoryCount = Math.max(-1, ...categories) + 1;
  const names = Array.from(
    { length: places > standing ? categoryCount : 0 },
    (_, index) => `Category ${index + 1}`,
  );
  if (geometry.areas.length > 0) names.push('Standing');

  let slot = 0;
  const blocks = geometry.blocks.map((block, blockIndex) => ({
    block,
    rows: drawRows(block, counts[blockIndex] ?? [], () => categories[slot++] ?? 0),
  }));
  assignAccessibleSeats(blocks, places);

  const sections: SectionDraft[] = [
    ...geometry.areas.filter((area) => area.places > 0).map((area) => drawArea(area, names.length - 1)),
    ...blocks
      .filter(({ rows }) => rows.length > 0)
      .map(({ block: { key, name, level }, rows }) => ({ kind: 'SEATED' as const, key, name, level, rows })),
  ];
  return numberPlaces({ name, ...moveToOrigin(geometry.stage, sections), categories: names, sections });
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

/** Assign wheelchair places. Their number includes standing places: wheelchair users need a seat there, too. */
function assignAccessibleSeats(
  blocks: readonly { block: SeatingBlock; rows: RowDraft[] }[],
  places: number,
): void {
  const stepFreeRows = blocks.flatMap(({ block, rows }) => {
    if (block.stepFree === 'ALL' || rows.length < 2) return rows;
    return block.stepFree === 'FRONT' ? rows.slice(0, 1) : [...rows.slice(0, 1), ...rows.slice(-1)];
  });
  const chosen = chooseAccessibleSeats(
    stepFreeRows.map((row) => ({ seats: row.seats.length })),
    accessibleSeatCount(places),
  );
  stepFreeRows.forEach((row, index) => {
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

/** Translate all coordinates in place so that the drawing begins at 0, rounded to a tenth. Returns its frame. */
function moveToOrigin(
  stage: VenueGeometry['stage'],
  sections: SectionDraft[],
): { width: number; height: number; stage: VenueGeometry['stage'] } {
  const low: Point = { x: stage.x, y: stage.y };
  const high: Point = { ...low };
  const forEachCoordinate = (visit: (list: number[], axis: 'x' | 'y', index: number) => void): void => {
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
  forEachCoordinate((list, axis, index) => {
    const value = list[index] as number;
    if (value < low[axis]) low[axis] = value;
    if (value > high[axis]) high[axis] = value;
  });
  const shift: Point = { x: MARGIN - low.x, y: MARGIN - low.y };
  forEachCoordinate((list, axis, index) => {
    list[index] = roundToTenth((list[index] as number) + shift[axis]);
  });
  return {
    width: roundToTenth(high.x + shift.x + MARGIN),
    height: roundToTenth(high.y + shift.y + MARGIN),
    stage: { x: roundToTenth(stage.x + shift.x), y: roundToTenth(stage.y + shift.y), label: stage.label },
  };
}
