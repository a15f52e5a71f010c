import { randomUUIDv7 } from 'node:crypto';

/**
 * Global ids, as clients see them: a type's prefix and the row's key in hex, e.g. `evt_0199a1…`.
 *
 * The id of a row that belongs to an Event begins with the Event's key, as does the key of its table: the id alone leads to
 * the one partition that has the row.
 */
const ID_PREFIXES = {
  Venue: 'ven',
  Performer: 'prf',
  SeatingPlan: 'pln',
  Event: 'evt',
  Ticket: 'tkt',
  Reservation: 'rsv',
  Booking: 'bkg',
} as const;

/** The types that have a global id. */
export type NodeType = keyof typeof ID_PREFIXES;

type PlainType = 'Venue' | 'Performer' | 'SeatingPlan' | 'Event';
type EventScopedType = 'Reservation' | 'Booking';

/** A decoded global id of one type. */
export type Decoded<T extends NodeType> = T extends PlainType
  ? { type: T; id: string }
  : T extends EventScopedType
    ? { type: T; eventId: string; id: string }
    : { type: T; eventId: string; place: number };

/** A decoded global id of any type. */
export type DecodedId = Decoded<NodeType>;

const TYPE_OF_PREFIX = new Map(
  Object.entries(ID_PREFIXES).map(([type, prefix]) => [prefix, type as NodeType]),
);

/** A new row key: a UUIDv7, so that rows created together are stored together. */
export const newId = (): string => randomUUIDv7();

/** Encode the global id of a Venue, Performer, SeatingPlan or Event. */
export function encodeId(type: PlainType, id: string): string {
  return `${ID_PREFIXES[type]}_${toHex(id)}`;
}

/** Encode the global id of a Reservation or Booking. */
export function encodeEventScopedId(type: EventScopedType, eventId: string, id: string): string {
  return `${ID_PREFIXES[type]}_${toHex(eventId)}_${toHex(id)}`;
}

/** Encode the global id of the Ticket for one place at one Event. */
export function encodeTicketId(eventId: string, place: number): string {
  return `${ID_PREFIXES.Ticket}_${toHex(eventId)}_${place}`;
}

/** Decode a global id; `null` if it is malformed. */
export function decodeId(globalId: string): DecodedId | null {
  const [prefix, first, second, ...rest] = globalId.split('_', 4);
  const type = TYPE_OF_PREFIX.get(prefix as (typeof ID_PREFIXES)[NodeType]);
  if (type === undefined || first === undefined || rest.length > 0) return null;
  const outer = fromHex(first);
  if (outer === null) return null;
  switch (type) {
    case 'Ticket': {
      const place = second !== undefined && /^(0|[1-9]\d{0,6})$/.test(second) ? Number(second) : null;
      return place === null ? null : { type, eventId: outer, place };
    }
    case 'Reservation':
    case 'Booking': {
      const inner = second === undefined ? null : fromHex(second);
      return inner === null ? null : { type, eventId: outer, id: inner };
    }
    default:
      return second === undefined ? { type, id: outer } : null;
  }
}

/** Decode a global id of one type; `null` if it is malformed or of another type. */
export function decodeIdOf<T extends NodeType>(type: T, globalId: string): Decoded<T> | null {
  const decoded = decodeId(globalId);
  return decoded?.type === type ? (decoded as Decoded<T>) : null;
}

function toHex(uuid: string): string {
  return uuid.replaceAll('-', '');
}

function fromHex(hex: string): string | null {
  if (!/^[0-9a-f]{32}$/.test(hex)) return null;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
