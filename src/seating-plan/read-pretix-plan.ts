import { z } from 'zod';

import { distance, type Point } from './geometry.ts';
import type { SeatingPlanLayout } from './layout.ts';
import { numberPlaces, type RowDraft, type SectionDraft } from './number-places.ts';

const Position = z.object({ x: z.number(), y: z.number() });

/** What we read of a plan in pretix' format; `block` on a row is an addition to it. */
const PretixPlan = z.object({
  name: z.string(),
  categories: z.array(z.object({ name: z.string() })),
  zones: z.array(
    z.object({
      name: z.string(),
      position: Position,
      rows: z.array(
        z.object({
          row_number: z.string(),
          block: z.string().default(''),
          position: Position,
          seats: z.array(z.object({ seat_number: z.string(), category: z.string(), position: Position })),
        }),
      ),
    }),
  ),
});
type PretixRow = z.infer<typeof PretixPlan>['zones'][number]['rows'][number];

const MARGIN = 40;
/** Seats further apart than that many times the row's usual distance have an aisle between them. */
const AISLE_FACTOR = 1.6;

/**
 * Read a plan in pretix' seating-plan format, with a point for each seat. Its zones are levels drawn over each other;
 * here each lies below the one before. It names no stage: all look at the middle of the first.
 */
export function readPretixPlan(json: unknown, name?: string): SeatingPlanLayout {
  const plan = PretixPlan.parse(json);
  const used = new Set(
    plan.zones.flatMap((zone) => zone.rows.flatMap((row) => row.seats.map((seat) => seat.category))),
  );
  const categories = plan.categories
    .map((category) => category.name)
    .filter((category) => used.has(category));

  const sections = new Map<string, SectionDraft & { kind: 'SEATED' }>();
  for (const zone of plan.zones) {
    for (const row of zone.rows) {
      const title = row.block === '' ? zone.name : `${zone.name} ${row.block}`;
      const key = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
      const section = sections.get(key) ?? { kind: 'SEATED', key, name: title, level: zone.name, rows: [] };
      sections.set(key, section);
      const origin = { x: zone.position.x + row.position.x, y: zone.position.y + row.position.y };
      section.rows.push(...splitRow(row, origin, categories));
    }
  }
  const drafts = [...sections.values()];
  const levels = Map.groupBy(drafts, (section) => section.level);
  const drawing = stackLevels([...levels.values()].map((level) => level.flatMap((section) => section.rows)));
  return numberPlaces({ name: name ?? plan.name, ...drawing, categories, sections: drafts });
}

/** One Row for each run of seats of one category without an aisle. */
function splitRow(row: PretixRow, origin: Point, categories: readonly string[]): RowDraft[] {
  const points = row.seats.map(({ position }) => ({ x: origin.x + position.x, y: origin.y + position.y }));
  const steps = points.slice(1).map((point, index) => distance(point, points[index] as Point));
  const usual = steps.toSorted((a, b) => a - b)[steps.length >>> 1] ?? 0;
  const rows: RowDraft[] = [];
  row.seats.forEach((seat, index) => {
    const category = categories.indexOf(seat.category);
    const point = points[index] as Point;
    const last = rows.at(-1);
    const apart = (steps[index - 1] ?? 0) > usual * AISLE_FACTOR;
    const run =
      last !== undefined && last.category === category && !apart ? last : emptyRow(row.row_number, category);
    if (run !== last) rows.push(run);
    run.seats.push(seat.seat_number);
    run.x.push(point.x);
    run.y.push(point.y);
  });
  return rows;
}

const emptyRow = (label: string, category: number): RowDraft => ({
  label,
  category,
  seats: [],
  x: [],
  y: [],
  accessible: [],
});

/** Put the levels below each other, beginning at the origin, and find the middle of the first. */
function stackLevels(levels: readonly RowDraft[][]): Pick<SeatingPlanLayout, 'width' | 'height' | 'stage'> {
  const low = bounds(levels.flat(), 'x').low;
  const width = bounds(levels.flat(), 'x').high - low + 2 * MARGIN;
  let bottom = 0;
  const middles = levels.map((rows) => {
    const { low: top, high } = bounds(rows, 'y');
    for (const row of rows) {
      row.x = row.x.map((x) => tenth(x - low + MARGIN));
      row.y = row.y.map((y) => tenth(y - top + bottom + MARGIN));
    }
    const middle = bottom + MARGIN + (high - top) / 2;
    bottom += high - top + MARGIN;
    return middle;
  });
  return {
    width: tenth(width),
    height: tenth(bottom + MARGIN),
    stage: { x: tenth(width / 2), y: tenth(middles[0] ?? 0), label: 'Stage' },
  };
}

function bounds(rows: readonly RowDraft[], axis: 'x' | 'y'): { low: number; high: number } {
  const values = rows.flatMap((row) => row[axis]);
  return { low: Math.min(...values), high: Math.max(...values) };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
