import type { RangeCounts } from '../../booking/index.ts';
import type { PricedTier } from '../../catalog/index.ts';
import type { Money } from '../../platform/money.ts';
import type { Section } from '../../seating-plan/index.ts';
import type { SalesOfDay } from '../store/sales.ts';
import type { PlaceRange } from './place-ranges.ts';

/** Numbers of tickets; each is one of these. */
type Counts = Omit<RangeCounts, 'range'>;

/** Money of an Event, or of a day. */
interface Revenue {
  charged: Money;
  refunded: Money;
  disputed: Money;
  net: Money;
}

/** The shape of the schema's `EventSales`. */
export interface EventSales {
  asOf: Date;
  tickets: Counts;
  revenue: Revenue;
  byTier: { tier: number; name: string; tickets: Counts; net: Money }[];
  bySection: { section: Section; tickets: Counts; net: Money }[];
  byDay: { date: string; bookings: number; sold: number; returned: number; revenue: Revenue }[];
  conversion: { reservations: number; bookings: number; rate: number | null };
}

/** What the statements counted. */
export interface CountedSales {
  asOf: Date;
  currency: string;
  tiers: readonly PricedTier[];
  ranges: readonly PlaceRange[];
  counts: readonly RangeCounts[];
  revenue: readonly { range: number; net: number }[];
  days: readonly SalesOfDay[];
  reservations: number;
}

const NOTHING: Omit<SalesOfDay, 'date'> = {
  ...{ bookings: 0, sold: 0, returned: 0, charged: 0, refunded: 0, disputed: 0, net: 0 },
};

/** Counts and money of some ranges, summed up. */
class Sum {
  readonly tickets: Counts = { sold: 0, held: 0, blocked: 0, left: 0 };
  net = 0;

  count({ sold, held, blocked, left }: Counts): void {
    this.tickets.sold += sold;
    this.tickets.held += held;
    this.tickets.blocked += blocked;
    this.tickets.left += left;
  }
}

/** Put together by tier, section and day what was counted by ranges of places. */
export function assembleSales(counted: CountedSales): EventSales {
  const { currency, ranges, tiers, reservations } = counted;
  const money = (amount: number): Money => ({ amount, currency });
  const revenueOf = ({ charged, refunded, disputed, net }: Omit<SalesOfDay, 'date'>): Revenue => ({
    ...{ charged: money(charged), refunded: money(refunded), disputed: money(disputed), net: money(net) },
  });
  const all = new Sum();
  const byTier = new Map(tiers.map(({ tier }) => [tier, new Sum()]));
  const bySection = new Map(ranges.map(({ section }) => [section, new Sum()]));
  const sumsAt = (range: number): Sum[] => {
    const { section, tier } = ranges[range]!;
    return [all, byTier.get(tier), bySection.get(section)].filter((sum) => sum !== undefined);
  };
  for (const { range, ...counts } of counted.counts) for (const sum of sumsAt(range)) sum.count(counts);
  for (const { range, net } of counted.revenue) for (const sum of sumsAt(range)) sum.net += net;
  const total = counted.days.find(({ date }) => date === null) ?? NOTHING;
  return {
    asOf: counted.asOf,
    tickets: all.tickets,
    revenue: revenueOf(total),
    byTier: tiers
      .toSorted((a, b) => a.tier - b.tier)
      .map(({ tier, name }) => {
        const { tickets, net } = byTier.get(tier)!;
        return { tier, name, tickets, net: money(net) };
      }),
    bySection: [...bySection].map(([section, { tickets, net }]) => ({ section, tickets, net: money(net) })),
    byDay: counted.days.flatMap(({ date, bookings, sold, returned, ...moved }) =>
      date === null ? [] : [{ date, bookings, sold, returned, revenue: revenueOf({ ...NOTHING, ...moved }) }],
    ),
    conversion: {
      reservations,
      bookings: total.bookings,
      rate: reservations === 0 ? null : Math.min(1, total.bookings / reservations),
    },
  };
}
