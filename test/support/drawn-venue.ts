import type { EventRow } from '../../src/catalog/index.ts';
import type { Platform } from '../../src/platform/index.ts';
import type { SeatingPlanLayout } from '../../src/seating-plan/index.ts';
import { numberPlaces, type SectionDraft } from '../../src/seating-plan/number-places.ts';
import { eventOnSale, type SeededEvent } from './seed.ts';

/** From seat to seat, and from row to row. */
const PITCH = 5;
const DEPTH = 8;

/** A house drawn with letters, and what is free in it. */
export interface DrawnHouse {
  layout: SeatingPlanLayout;
  /** By place; 1 is free. */
  free: Uint8Array;
  /** Draw it again with these places as `#`. */
  show: (places: readonly number[]) => Record<string, string[]>;
}

/** A section: rows of seats, the first one next to the stage; or an area with so many places, some of them free. */
export type Drawing = string[] | { free: number; places: number };

/**
 * Draw a house: `A` is a free seat and `.` a taken one, `W` and `w` the same for wheelchair places, `|` an aisle, `/` the
 * border to the next category (after the third the first), `|/` both. Sections lie side by side, the stage is above their
 * middle. Categories go by row as given, and are 0 elsewhere.
 */
export function drawVenue(
  drawings: Record<string, Drawing>,
  categories: Record<string, number[]> = {},
): DrawnHouse {
  const widest = Math.max(...Object.values(drawings).map((rows) => (Array.isArray(rows) ? Math.max(...rows.map(({ length }) => length)) : 10))); // prettier-ignore
  const left = (section: number) => section * (widest + 4) * PITCH;
  const all = Object.entries(drawings);
  const states: number[] = [];
  const sections = all.map(([key, drawing], index): SectionDraft => {
    const base = { key, name: key, level: '' };
    const category = (row: number) => categories[key]?.[row] ?? 0;
    if (!Array.isArray(drawing)) {
      for (let place = 0; place < drawing.places; place++) states.push(place < drawing.free ? 1 : 0);
      const outline = [left(index), 10, left(index) + 50, 10, left(index) + 50, 60];
      return { ...base, kind: 'GENERAL_ADMISSION', places: drawing.places, category: category(0), outline };
    }
    const rows = drawing.flatMap((line, depth) => {
      let seat = 0;
      let column = 0;
      let tier = category(depth);
      return line.split(/(?<=[|/])(?![|/])|(?<![|/])(?=[|/])/).flatMap((block) => {
        if (/[|/]/.test(block)) {
          if (block.includes('|')) column++;
          if (block.includes('/')) tier = (tier + 1) % 3;
          return [];
        }
        const letters = [...block];
        for (const letter of letters) states.push(letter === 'A' || letter === 'W' ? 1 : 0);
        const first = column;
        column += letters.length;
        return {
          label: String(depth + 1),
          category: tier,
          seats: letters.map(() => String(++seat)),
          x: letters.map((_letter, place) => left(index) + (first + place) * PITCH),
          y: letters.map(() => 20 + depth * DEPTH),
          accessible: letters.flatMap((letter, place) => (letter.toUpperCase() === 'W' ? [place] : [])),
        };
      });
    });
    return { ...base, kind: 'SEATED', rows };
  });
  const width = left(all.length);
  const layout = numberPlaces({
    name: 'House',
    width,
    height: 1_000,
    stage: { x: (width - 5 * PITCH) / 2, y: 0, label: 'Stage' },
    categories: ['One', 'Two', 'Three'],
    sections,
  });
  return { layout, free: Uint8Array.from(states), show: (places) => showHouse(drawings, new Set(places)) };
}

function showHouse(drawings: Record<string, Drawing>, chosen: ReadonlySet<number>): Record<string, string[]> {
  let place = 0;
  return Object.fromEntries(
    Object.entries(drawings).map(([key, drawing]) => {
      if (!Array.isArray(drawing)) {
        place += drawing.places;
        return [key, []];
      }
      const draw = (letter: string) =>
        letter === '|' || letter === '/' ? letter : chosen.has(place++) ? '#' : letter;
      return [key, drawing.map((line) => [...line].map(draw).join(''))];
    }),
  );
}

/** Put an Event on sale in a drawn house; what is drawn as taken is kept back. */
export async function drawnOnSale(
  platform: Pick<Platform, 'db' | 'sql' | 'metrics'>,
  drawings: Record<string, Drawing>,
  fields: Partial<Omit<EventRow, 'id'>> = {},
  categories: Record<string, number[]> = {},
): Promise<SeededEvent & DrawnHouse> {
  const house = drawVenue(drawings, categories);
  const seeded = await eventOnSale(platform, { layout: house.layout, prices: [9_000, 7_000, 5_000] }, fields);
  const taken = [...house.free.keys()].filter((place) => house.free[place] === 0);
  await platform.sql`
    update tickets set status = 'BLOCKED', version = version + 1
    where event_id = ${seeded.id} and place = any(${taken}::int[])`;
  return { ...seeded, ...house };
}
