/** What an arena is judged by. Times are milliseconds since 1970, of one machine's clock. */
export interface Evidence {
  room: RoomUnderTest;
  admissions: readonly Admission[];
  /** The order that was published at the opening, recomputed; null with the problems of the draw. */
  order: readonly string[] | null;
  drawProblems: readonly string[];
  seats: number;
  /** Places by their status at the end. */
  sold: number;
  ticketChanges: readonly TicketChange[];
  /** Entry of the viewer that holds a reservation. */
  holders: ReadonlyMap<string, string>;
  samples: readonly Sample[];
  stays: readonly Stay[];
  receipts: readonly Receipt[];
  /** Passes that were used once more by those who had bought, and let them reserve. */
  passUses: readonly PassUse[];
  /** Entries that had another place than before, which was not published as given up. */
  moves: readonly Move[];
  /** What people saw happen that must not. */
  complaints: readonly string[];
}

export interface RoomUnderTest {
  opensAt: number;
  capacity: number;
  perMinute: number;
  burst: number;
  graceMs: number;
}

/** A row of `waiting_room_admissions`. */
export interface Admission {
  place: number;
  entry: string;
  admittedAt: number;
  visitEndsAt: number;
  endedAt: number | null;
}

/** A change of one ticket, in the order in which they were made. */
export interface TicketChange {
  at: number;
  place: number;
  from: string;
  to: string;
  fromReservation: string | null;
  toReservation: string | null;
  /** When the hold that the change ended or prolonged would have run out. */
  fromHeldUntil: number | null;
}

/** The room at a moment. */
export interface Sample {
  at: number;
  /** By the message of the last step. */
  waiting: number;
  isSoldOut: boolean;
  /** Slots that are taken, in Redis, and visits that go on, in Postgres. */
  inside: number;
  visits: number;
  available: number;
}

/** An entry of one person: from joining until it is admitted, gone, or the arena ends. */
export interface Stay {
  entry: string;
  place: number | null;
  /** When its person was last heard of: asked, or had a subscription. */
  heardAt: number;
  leftAt: number | null;
  /** When the person was told that it is not in the line any more. */
  goneAt: number | null;
  /** When the person was told of the admission. */
  toldAt: number | null;
  /** Since when a subscription was open without a break; null: none was at the end. */
  subscribedAt: number | null;
  firstRange: { at: number; min: number; max: number } | null;
}

/** What a person bought, as the server told it. */
export interface Receipt {
  entry: string;
  places: readonly number[];
}

/** A pass that still admitted; `at`: before the request was sent. */
export interface PassUse {
  entry: string;
  at: number;
}

/** `at`: when the person was told of the other place. */
export interface Move {
  entry: string;
  from: number;
  to: number;
  at: number;
}

/** A violation, under the rule that it breaks. */
export interface Violation {
  rule: Rule;
  what: string;
}

export const RULES = {
  soldOut: 'ended sold out',
  rate: 'admitted at most rate × time + burst',
  order: 'admitted in the published order, no place passed over',
  places: 'no place moved back, no cheat came through',
  capacity: 'inside never above the capacity',
  slots: 'no slot lost',
  stock: 'no one admitted without a ticket to be had',
  seats: 'no seat twice',
  freshness: 'every change told to open subscriptions within 10 s',
  estimates: 'the first estimate contained the true wait of 90 %',
} as const;

export type Rule = keyof typeof RULES;
