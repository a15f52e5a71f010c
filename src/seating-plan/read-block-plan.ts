import { z } from 'zod';

import { fillOutline } from './fill-outline.ts';
import { roundToTenth, type Point } from './geometry.ts';
import type { SeatingPlanLayout } from './layout.ts';
import { numberPlaces, type RowDraft, type SectionDraft } from './number-places.ts';
import { outlineOfPath } from './svg-path.ts';

/** A hall drawn as blocks with outline, places and price. Blocks of one name share their places. */
const BlockPlan = z.object({
  name: z.string(),
  blocks: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      path: z.string(),
      places: z.number().int().positive().nullable(),
      price: z.number().nullable(),
      sellable: z.boolean(),
      same_as: z.string().optional(),
    }),
  ),
});
type PlanBlock = z.infer<typeof BlockPlan>['blocks'][number];

/** The drawing is small: at twice its size, rounding to a tenth stays well below the distance of two seats. */
const SCALE = 2;
const MARGIN = 20;

/** Read a plan drawn as blocks, and fill them with seats. `prices` has one per category, in major currency units. */
export function readBlockPlan(json: unknown, name?: string): { layout: SeatingPlanLayout; prices: number[] } {
  const plan = BlockPlan.parse(json);
  const outlines = new Map(plan.blocks.map((block) => [block.id, outlineOfPath(block.path)]));
  const toView = scaleToView([...outlines.values()].flat());
  const prices = [
    ...new Set(plan.blocks.flatMap((block) => (block.sellable ? (block.price ?? []) : []))),
  ].toSorted((a, b) => b - a);
  const sections = plan.blocks.flatMap((block): SectionDraft[] => {
    const outline = (outlines.get(block.id) ?? []).map(toView.point);
    const shared = plan.blocks.filter((other) => other.name === block.name && other.sellable);
    if (!block.sellable) return [];
    if (shared.length > 1) return [standingSection(block, shared, outline, prices)];
    return block.places === null
      ? []
      : [seatedSection(block, block.places, outline, prices.indexOf(block.price ?? 0))];
  });
  const stage = plan.blocks.find((block) => !block.sellable);
  const middle = middleOf((outlines.get(stage?.id ?? '') ?? []).map(toView.point));
  const layout = numberPlaces({
    name: name ?? plan.name,
    width: toView.width,
    height: toView.height,
    stage: { ...middle, label: 'Stage' },
    categories: prices.map((_, index) => `Category ${index + 1}`),
    sections,
  });
  return { layout, prices };
}

/** Blocks of one name are parts of one floor, whose places are divided evenly. */
function standingSection(
  block: PlanBlock,
  parts: readonly PlanBlock[],
  outline: readonly Point[],
  prices: readonly number[],
): SectionDraft {
  const whole = parts.find((part) => part.places !== null);
  const places = whole?.places ?? 0;
  const index = parts.indexOf(block);
  return {
    kind: 'GENERAL_ADMISSION',
    key: `${block.name.toLowerCase()}-${index + 1}`,
    name: `${block.name} ${index + 1}`,
    level: '',
    places: Math.floor((places * (index + 1)) / parts.length) - Math.floor((places * index) / parts.length),
    category: prices.indexOf(whole?.price ?? 0),
    outline: outline.flatMap(({ x, y }) => [roundToTenth(x), roundToTenth(y)]),
  };
}

function seatedSection(
  block: PlanBlock,
  places: number,
  outline: readonly Point[],
  category: number,
): SectionDraft {
  const parts = fillOutline(outline, places);
  const narrow = parts.every((part) => part.points.length === 1);
  // a strip one seat wide is one long row, not thirty short ones
  const rows = narrow ? [{ row: 0, points: parts.flatMap((part) => part.points) }] : parts;
  const drafts: RowDraft[] = [];
  const seatsInRow = new Map<number, number>();
  for (const { row, points } of rows) {
    const previousSeats = seatsInRow.get(row) ?? 0;
    seatsInRow.set(row, previousSeats + points.length);
    drafts.push({
      label: String(row + 1),
      category,
      seats: points.map((_, seat) => String(previousSeats + seat + 1)),
      x: points.map((point) => roundToTenth(point.x)),
      y: points.map((point) => roundToTenth(point.y)),
      accessible: [],
    });
  }
  const title = `Block ${block.name}`;
  return { kind: 'SEATED', key: title.toLowerCase().replace(' ', '-'), name: title, level: '', rows: drafts };
}

function scaleToView(points: readonly Point[]): {
  width: number;
  height: number;
  point: (point: Point) => Point;
} {
  const low = { x: Math.min(...points.map(({ x }) => x)), y: Math.min(...points.map(({ y }) => y)) };
  const high = { x: Math.max(...points.map(({ x }) => x)), y: Math.max(...points.map(({ y }) => y)) };
  return {
    width: roundToTenth((high.x - low.x) * SCALE + 2 * MARGIN),
    height: roundToTenth((high.y - low.y) * SCALE + 2 * MARGIN),
    point: ({ x, y }) => ({ x: (x - low.x) * SCALE + MARGIN, y: (y - low.y) * SCALE + MARGIN }),
  };
}

function middleOf(points: readonly Point[]): Point {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return {
    x: roundToTenth((Math.min(...xs) + Math.max(...xs)) / 2),
    y: roundToTenth((Math.min(...ys) + Math.max(...ys)) / 2),
  };
}
