/** Tickets of an Event: those that can be had, and those that are held and may come back. */
export interface Stock {
  available: number;
  held: number;
}

/** A stock, with the viewers that held tickets in the same snapshot. */
export interface StockReading extends Stock {
  /** Tickets that one viewer may buy. */
  ticketLimit: number;
  /** Null: as many tickets as were asked for can be had. */
  holders: readonly string[] | null;
}

/** Whether no ticket can be had, and none can come back; not known without a stock. */
export const isSoldOut = (stock: Stock | null): boolean =>
  stock !== null && stock.available + stock.held === 0;

/** Where the controller learns of the stock; handed in, as bookings come later in the import order. */
export interface StockSource {
  /**
   * Read the stock, with the holders if fewer than `demand` tickets can be had, in one snapshot: of a hold that only one of
   * both shows, a viewer too many would be admitted. Null: the Event has no tickets yet.
   */
  read(eventId: string, demand: number): Promise<StockReading | null>;
  /** A mark that is another one once tickets of the Event have changed; null: not known now. Costs no count of tickets. */
  lastChange(eventId: string): Promise<string | null>;
  /** Whether the Event is on sale now: a viewer who is admitted before would wait out the visit. */
  isOnSale(eventId: string): Promise<boolean>;
}

/** Safeguards of admission, each with a switch that only tests set, to prove that they see what it prevents. */
export interface AdmissionSwitches {
  /** Admit no more than there are tickets for. */
  stockBound: boolean;
}
export const ALL_ADMISSION_SWITCHES: Readonly<AdmissionSwitches> = { stockBound: true };
