import { SEAT_PITCH, seatsOn } from './geometry.ts';
import type { Area, SeatingBlock, VenueGeometry } from './venue-geometry.ts';

/** Square decimetres per person: two people per square metre in a club, fewer in a field. */
const CLUB_DM2_PER_PERSON = 50;
const FIELD_DM2_PER_PERSON = 120;
const TABLE_SEATS = 4;
const TABLE_PITCH = 22;
const BALCONY_ROW_DEPTH = 9;
/** Smaller clubs are a single standing area. */
const MIN_PLACES_FOR_TABLES = 100;
const MIN_PLACES_FOR_BALCONY = 300;

/** Lay out a club: a standing floor, half-round tables along the wall, a balcony at the back. */
export function layOutClub(places: number): VenueGeometry {
  const tables = places < MIN_PLACES_FOR_TABLES ? 0 : Math.min(24, Math.round((places * 0.05) / TABLE_SEATS));
  const balcony = places < MIN_PLACES_FOR_BALCONY ? 0 : Math.min(600, Math.round(places * 0.15));
  const standing = places - tables * TABLE_SEATS - balcony;
  const width = Math.max(40, Math.sqrt(standing * CLUB_DM2_PER_PERSON * 1.2));
  const depth = Math.max(30, (standing * CLUB_DM2_PER_PERSON) / width);
  const floor: Area = {
    key: 'floor',
    name: 'Floor',
    level: '',
    places: standing,
    outline: rectangle(width, 30, 30 + depth),
  };
  const blocks: SeatingBlock[] = [];
  if (tables > 0) blocks.push(tableBlock(tables, width / 2 + 25, 40));
  if (balcony > 0) blocks.push(straightBlock('balcony', 'Balcony', balcony, width, 30 + depth + 40, 'FRONT'));
  return { stage: { x: 0, y: 0, label: 'Stage' }, areas: [floor], blocks };
}

/** Lay out a field: standing areas one behind another, and an accessible platform at the back. */
export function layOutField(places: number): VenueGeometry {
  const platform = places < 1_000 ? 0 : 2 * Math.round(places * 0.01);
  const standing = places - platform;
  const width = Math.sqrt(standing * FIELD_DM2_PER_PERSON * 1.5);
  const shares: readonly (readonly [string, string, number])[] =
    places < 3_000
      ? [['field', 'Field', 1]]
      : [
          ['front-of-stage', 'Front of Stage', 0.12],
          ['field', 'Field', 0.63],
          ['hill', 'Hill', 0.25],
        ];
  let [y, remaining] = [60, standing];
  const areas = shares.map(([key, name, share], index): Area => {
    const people = index === shares.length - 1 ? remaining : Math.round(standing * share);
    remaining -= people;
    const depth = (people * FIELD_DM2_PER_PERSON) / width;
    const area: Area = { key, name, level: '', places: people, outline: rectangle(width, y, y + depth) };
    y += depth + 20;
    return area;
  });
  const blocks =
    platform === 0
      ? []
      : [straightBlock('platform', 'Accessible Platform', platform, width / 3, y + 20, 'ALL')];
  return { stage: { x: 0, y: 0, label: 'Stage' }, areas, blocks };
}

const rectangle = (width: number, top: number, bottom: number): Area['outline'] => [
  { x: -width / 2, y: top },
  { x: width / 2, y: top },
  { x: width / 2, y: bottom },
  { x: -width / 2, y: bottom },
];

function straightBlock(
  key: string,
  name: string,
  seats: number,
  width: number,
  top: number,
  stepFree: SeatingBlock['stepFree'],
): SeatingBlock {
  const perRow = Math.max(1, Math.min(seats, seatsOn(width)));
  return {
    key,
    name,
    level: name,
    stepFree,
    rowNames: 'LETTERS',
    rows: Array.from({ length: Math.ceil(seats / perRow) }, (_, row) => ({
      curve: { kind: 'LINE', middle: { x: 0, y: top + row * BALCONY_ROW_DEPTH }, direction: { x: 1, y: 0 } },
      maxSeats: perRow,
      score: 1_000 + row,
    })),
  };
}

function tableBlock(tables: number, left: number, top: number): SeatingBlock {
  return {
    key: 'tables',
    name: 'Tables',
    level: 'Tables',
    stepFree: 'ALL',
    rowNames: 'TABLES',
    fixed: true,
    rows: Array.from({ length: tables }, (_, table) => ({
      // a half circle around the table, open towards the stage
      curve: {
        kind: 'ARC',
        centre: { x: left + (table % 2) * TABLE_PITCH, y: top + Math.floor(table / 2) * TABLE_PITCH },
        radius: SEAT_PITCH * 1.2,
        middle: Math.PI / 2,
        turn: -1,
      },
      maxSeats: TABLE_SEATS,
      score: 0,
    })),
  };
}
