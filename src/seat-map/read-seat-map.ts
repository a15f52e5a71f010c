import type { EventRow, SeatingPlanRow } from '../catalog/index.ts';
import type { Money } from '../platform/money.ts';

/** A seat map at one moment; the shape of the schema's `SeatMap`. */
export interface SeatMapSnapshot {
  event: EventRow;
  plan: SeatingPlanRow;
  sections: {
    key: string;
    firstPlace: number;
    statuses: string;
    available: number;
    lowestPrice: Money | null;
  }[];
  tiers: { tier: number; name: string; price: Money; available: number; places: number }[];
  available: number;
  asOf: Date;
}
