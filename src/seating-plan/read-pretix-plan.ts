import { z } from 'zod';

import { distance, roundToTenth, type Point } from './geometry.ts';
import type { SeatingPlanLayout } from './layout.ts';
import { numberPlaces, type RowDraft, type SectionDraft } from './number-places.ts';

const Position = z.object({ x: z.number(), y: z.number() });

/** The fields used of a plan in pretix' format; `block` on a row is an extension. */
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
/** Seats further apart than this multiple of the row's median distance have an aisle between them. */
const AISLE_FACTOR = 1.6;

/**
 * Read a plan in pretix' seating-plan format. Its zones are levels drawn over each other; the layout puts each below
 * the previous one. The format has no stage: it is set to the centre of the first zone.
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

/** Split a row into runs of seats of one category without an aisle. */
function splitRow(row: PretixRow, origin: Point, categories: readonly string[]): RowDraft[] {
  const points = row.seats.map(({ position }) => ({ x: origin.x + position.x, y: origin.y + position.y }));
  const steps = points.slice(1).map((point, index) => distance(point, points[index] as Point));
  const median = steps.toSorted((a, b) => a - b)[steps.length >>> 1] ?? 0;
  const rows: RowDraft[] = [];
  row.seats.forEach((seat, index) => {
    const category = categories.indexOf(seat.category);
    const point = points[index] as Point;
    const last = rows.at(-1);
    const apart = (steps[index - 1] ?? 0) > median * AISLE_FACTOR;
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

/** Stack the levels below each other from the origin, in place. The stage is the centre of the first. */
function stackLevels(levels: readonly RowDraft[][]): Pick<SeatingPlanLayout, 'width' | 'height' | 'stage'> {
  const low = bounds(levels.flat(), 'x').low;
  const width = bounds(levels.flat(), 'x').high - low + 2 * MARGIN;
  let bottom = 0;
  const centres = levels.map((rows) => {
    const { low: top, high } = bounds(rows, 'y');
    for (const row of rows) {
      row.x = row.x.map((x) => roundToTenth(x - low + MARGIN));
      row.y = row.y.map((y) => roundToTenth(y - top + bottom + MARGIN));
    }
    const centre = bottom + MARGIN + (high - top) / 2;
    bottom += high - top + MARGIN;
    return centre;
  });
  return {
    width: roundToTenth(width),
    height: roundToTenth(bottom + MARGIN),
    stage: { x: roundToTenth(width / 2), y: roundToTenth(centres[0] ?? 0), label: 'Stage' },
  };
}

function bounds(rows: readonly RowDraft[], axis: 'x' | 'y'): { low: number; high: number } {
  const values = rows.flatMap((row) => row[axis]);
  return { low: Math.min(...values), high: Math.max(...values) };
}
