import type { GeneralAdmissionArea, SeatedSection, SeatingPlanLayout } from '../../seating-plan/index.ts';
import { SeatOrder } from './seat-order.ts';
import { passRow, segmentsByRow } from './segment-order.ts';

/** A row of a seating plan from gap to gap, and of one tier: a segment, if the row has aisles or several tiers. */
export interface ChartRow {
  /** Index of its section. */
  section: number;
  tier: number;
  /** Segments of a section with the same number are one row; consecutive numbers are neighbouring rows. */
  rowNumber: number;
  /** Position of its first seat; the others follow. */
  first: number;
  seats: number;
  /** Range of positions side by side, from aisle to aisle: its own, and those of other tiers that continue it. */
  lineStart: number;
  lineEnd: number;
  /** Distance of its nearest seat from the stage: a lower bound of every score in it. */
  nearest: number;
}

/** A section or area of a seating plan. */
export interface ChartSection {
  key: string;
  /** Of its positions, too: they are the places of a section in another order. */
  firstPlace: number;
  places: number;
  /** Its centre. */
  x: number;
  y: number;
  /** Distance of its centre from the stage. */
  distance: number;
  /** The area, if it is general admission. */
  area: GeneralAdmissionArea | null;
}

/**
 * A seating plan as flat arrays of prefix sums, so that a block of any size is scored in one step:
 * `sums.x[at + n] - sums.x[at]` is the sum over the n positions from `at` on.
 *
 * A position is the number of a place in the chart, in which the seats of a row follow each other from end to end. It is the
 * place itself unless a plan lists the segments of a row in another order; `order` converts.
 */
export interface SeatChart {
  sections: ChartSection[];
  rows: ChartRow[];
  order: SeatOrder;
  /** Distance between neighbouring seats, the unit of penalties: every plan has units of its own. */
  pitch: number;
  sums: { distance: Float64Array; x: Float64Array; y: Float64Array; accessible: Int32Array };
}

/** In seat widths: seats farther apart have an aisle between them, whatever their tiers. */
const MAX_PITCH_IN_LINE = 1.5;

/** Plans are immutable, so a chart is valid as long as its plan is in memory. 28 bytes per place. */
const charts = new WeakMap<SeatingPlanLayout, SeatChart>();

/** The chart of a plan, built on first use. */
export function chartOf(layout: SeatingPlanLayout): SeatChart {
  let chart = charts.get(layout);
  if (chart === undefined) charts.set(layout, (chart = buildChart(layout)));
  return chart;
}

/** Find the row of a position by binary search. `null`: it is in an area. */
export function rowOf({ rows }: SeatChart, position: number): ChartRow | null {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]!.first <= position) low = middle + 1;
    else high = middle;
  }
  const row = rows[low - 1];
  return row !== undefined && position < row.first + row.seats ? row : null;
}

/** Number of wheelchair-accessible seats among `count` seats from position `first` on. */
export const accessibleIn = ({ sums: { accessible } }: SeatChart, first: number, count: number): number =>
  accessible[first + count]! - accessible[first]!;

function buildChart(layout: SeatingPlanLayout): SeatChart {
  const { stage, places } = layout;
  const [x, y, distance] = [0, 1, 2].map(() => new Float64Array(places + 1)) as [Float64Array, Float64Array, Float64Array]; // prettier-ignore
  const accessible = new Int32Array(places + 1);
  const rows: ChartRow[] = [];
  const pitches: number[] = [];

  const order = new SeatOrder(places);
  layout.sections.forEach((section, index) => {
    const segments = section.kind === 'SEATED' ? segmentsByRow(section.rows) : [];
    for (const [rowNumber, group] of segments.entries()) {
      let first = group[0]!.firstPlace;
      for (const { segment: row, reversed } of passRow(group)) {
        const seats = row.seats.length;
        order.assign(first, row, reversed);
        let nearest = Number.POSITIVE_INFINITY;
        for (let seat = 0; seat < seats; seat++) {
          const position = order.positionOf(row.firstPlace + seat);
          const distanceToStage = Math.hypot(row.x[seat]! - stage.x, row.y[seat]! - stage.y);
          nearest = Math.min(nearest, distanceToStage);
          x[position + 1] = row.x[seat]!;
          y[position + 1] = row.y[seat]!;
          distance[position + 1] = distanceToStage;
        }
        for (const seat of row.accessible) accessible[order.positionOf(row.firstPlace + seat) + 1] = 1;
        if (seats > 1) pitches.push(Math.hypot(row.x[1]! - row.x[0]!, row.y[1]! - row.y[0]!));
        const lineEnd = first + seats;
        rows.push({ section: index, tier: row.category, rowNumber, first, seats, lineStart: first, lineEnd, nearest }); // prettier-ignore
        first = lineEnd;
      }
    }
  });
  for (const sums of [x, y, distance, accessible]) {
    for (let place = 1; place <= places; place++) sums[place]! += sums[place - 1]!;
  }
  const sections = layout.sections.map((section): ChartSection => {
    const { key, firstPlace } = section;
    const centre = section.kind === 'SEATED' ? centreOfSeats(section, x, y) : centreOfOutline(section);
    const area = section.kind === 'SEATED' ? null : section;
    const distanceToStage = Math.hypot(centre.x - stage.x, centre.y - stage.y);
    return { key, firstPlace, places: section.places, ...centre, distance: distanceToStage, area };
  });
  const chart = { sections, rows, order, pitch: medianOf(pitches), sums: { distance, x, y, accessible } };
  chart.pitch ||= medianOf(distancesOfSegments(chart)) || 1;
  joinLines(chart);
  return chart;
}

/** Join the segments of a row that differ by tier alone: a price border is no aisle. */
function joinLines(chart: SeatChart): void {
  const { rows } = chart;
  let lineFrom = 0;
  for (let index = 1; index <= rows.length; index++) {
    const row = rows[index];
    if (row !== undefined && continues(chart, rows[index - 1]!, row)) continue;
    const lineStart = rows[lineFrom]!.first;
    const { lineEnd } = rows[index - 1]!;
    for (const segment of rows.slice(lineFrom, index)) Object.assign(segment, { lineStart, lineEnd });
    lineFrom = index;
  }
}

/** Distances between the segments of rows: they tell the pitch of a plan in which each segment is one seat. */
function distancesOfSegments(chart: SeatChart): number[] {
  return chart.rows.flatMap((row, index) => {
    const before = chart.rows[index - 1];
    return before?.section === row.section && before.rowNumber === row.rowNumber
      ? [distanceBetween(chart, row.first - 1, row.first)]
      : [];
  });
}

function continues(chart: SeatChart, before: ChartRow, row: ChartRow): boolean {
  const isSameRow = before.section === row.section && before.rowNumber === row.rowNumber;
  const last = before.first + before.seats - 1;
  if (!isSameRow || before.tier === row.tier || last + 1 !== row.first) return false;
  const pitch =
    row.seats > 1
      ? distanceBetween(chart, row.first, row.first + 1)
      : before.seats > 1
        ? distanceBetween(chart, last - 1, last)
        : chart.pitch;
  return distanceBetween(chart, last, row.first) <= MAX_PITCH_IN_LINE * pitch;
}

/** Distance between two seats. */
export function distanceBetween({ sums: { x, y } }: SeatChart, one: number, other: number): number {
  const at = (sums: Float64Array, position: number) => sums[position + 1]! - sums[position]!;
  return Math.hypot(at(x, one) - at(x, other), at(y, one) - at(y, other));
}

function centreOfSeats({ firstPlace, places }: SeatedSection, x: Float64Array, y: Float64Array) {
  const mean = (sums: Float64Array) => (sums[firstPlace + places]! - sums[firstPlace]!) / places;
  return { x: mean(x), y: mean(y) };
}

function centreOfOutline({ outline }: GeneralAdmissionArea) {
  const mean = (axis: 0 | 1) =>
    outline.reduce((sum, value, index) => (index % 2 === axis ? sum + value : sum), 0) / (outline.length / 2);
  return { x: mean(0), y: mean(1) };
}

const medianOf = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
