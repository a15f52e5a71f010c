import type { GeneralAdmissionArea, SeatedSection, SeatingPlanLayout } from '../../seating-plan/index.ts';

/** A row of a seating plan, from aisle to aisle. */
export interface ChartRow {
  /** Index of its section. */
  section: number;
  tier: number;
  /** Rows of a section with the same number are one line of seats, interrupted by aisles; the next line is behind or before it. */
  rowNumber: number;
  firstPlace: number;
  seats: number;
  /** How far its nearest seat is from the stage: no choice in it is better than this. */
  nearest: number;
}

/** A section or area of a seating plan. */
export interface ChartSection {
  key: string;
  firstPlace: number;
  places: number;
  /** Its middle. */
  x: number;
  y: number;
  /** How far its middle is from the stage. */
  distance: number;
  /** What it is if nobody sits there. */
  area: GeneralAdmissionArea | null;
}

/**
 * A seating plan as choosing seats wants it: flat, and summed up, so that any number of seats side by side is judged in
 * one step. `sums.x[place + n] - sums.x[place]` is the sum over the n places from `place` on.
 */
export interface SeatChart {
  sections: ChartSection[];
  rows: ChartRow[];
  /** From one seat to the next: what distances are compared with, for every plan has units of its own. */
  pitch: number;
  sums: { distance: Float64Array; x: Float64Array; y: Float64Array; accessible: Int32Array };
}

/** Plans are immutable, so a chart stays true as long as its plan is in memory. 28 bytes a place. */
const charts = new WeakMap<SeatingPlanLayout, SeatChart>();

/** Draw the chart of a plan, or find it. */
export function chartOf(layout: SeatingPlanLayout): SeatChart {
  let chart = charts.get(layout);
  if (chart === undefined) charts.set(layout, (chart = drawChart(layout)));
  return chart;
}

/** Find the row that a place is in. `null`: it is in an area. */
export function rowOf({ rows }: SeatChart, place: number): ChartRow | null {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]!.firstPlace <= place) low = middle + 1;
    else high = middle;
  }
  const row = rows[low - 1];
  return row !== undefined && place < row.firstPlace + row.seats ? row : null;
}

/** Number of wheelchair-accessible seats among `count` seats from `first` on. */
export const accessibleIn = ({ sums: { accessible } }: SeatChart, first: number, count: number): number =>
  accessible[first + count]! - accessible[first]!;

function drawChart(layout: SeatingPlanLayout): SeatChart {
  const { stage, places } = layout;
  const [x, y, distance] = [0, 1, 2].map(() => new Float64Array(places + 1)) as [Float64Array, Float64Array, Float64Array]; // prettier-ignore
  const accessible = new Int32Array(places + 1);
  const rows: ChartRow[] = [];
  const pitches: number[] = [];

  layout.sections.forEach((section, index) => {
    let line = -1;
    let label: string | null = null;
    for (const row of section.kind === 'SEATED' ? section.rows : []) {
      if (row.label !== label) line++;
      label = row.label;
      const { category: tier, firstPlace } = row;
      let nearest = Number.POSITIVE_INFINITY;
      row.seats.forEach((_seat, seat) => {
        const place = firstPlace + seat;
        const far = Math.hypot(row.x[seat]! - stage.x, row.y[seat]! - stage.y);
        nearest = Math.min(nearest, far);
        x[place + 1] = row.x[seat]!;
        y[place + 1] = row.y[seat]!;
        distance[place + 1] = far;
      });
      rows.push({ section: index, tier, rowNumber: line, firstPlace, seats: row.seats.length, nearest });
      for (const seat of row.accessible) accessible[row.firstPlace + seat + 1] = 1;
      if (row.seats.length > 1) pitches.push(Math.hypot(row.x[1]! - row.x[0]!, row.y[1]! - row.y[0]!));
    }
  });
  for (const sums of [x, y, distance, accessible]) {
    for (let place = 1; place <= places; place++) sums[place]! += sums[place - 1]!;
  }
  const sections = layout.sections.map((section): ChartSection => {
    const { key, firstPlace } = section;
    const middle = section.kind === 'SEATED' ? middleOfSeats(section, x, y) : middleOfOutline(section);
    const area = section.kind === 'SEATED' ? null : section;
    const far = Math.hypot(middle.x - stage.x, middle.y - stage.y);
    return { key, firstPlace, places: section.places, ...middle, distance: far, area };
  });
  return { sections, rows, pitch: medianOf(pitches) || 1, sums: { distance, x, y, accessible } };
}

function middleOfSeats({ firstPlace, places }: SeatedSection, x: Float64Array, y: Float64Array) {
  const mean = (sums: Float64Array) => (sums[firstPlace + places]! - sums[firstPlace]!) / places;
  return { x: mean(x), y: mean(y) };
}

function middleOfOutline({ outline }: GeneralAdmissionArea) {
  const mean = (axis: 0 | 1) =>
    outline.reduce((sum, value, index) => (index % 2 === axis ? sum + value : sum), 0) / (outline.length / 2);
  return { x: mean(0), y: mean(1) };
}

const medianOf = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
