import { setTimeout as pause } from 'node:timers/promises';

import type { Client } from '../support/client.ts';
import { reserve, runOut } from '../support/holds.ts';
import { randomNumbers } from '../support/race.ts';
import { ORGANISER, type SeededEvent } from '../support/seed.ts';
import type { Deployment } from './deployment.ts';

/** The house: seats in rows that buyers are after, seats that the organiser plays with alone, and a floor to stand on. */
export const VENUE = { seats: 600, areas: [{ key: 'floor', places: 100 }] };
/** Seats of the house from here on are the organiser's. */
export const ORGANISER_PLACES_FROM = 500;

const CUSTOMERS = 4;
/** Each has at most so many holds and bookings at a time, so that there is always something left to want. */
const MAX_HOLDS = 8;
/** Between two things that one of them does: enough for some twenty deltas a second, and for two cores to follow. */
const MAX_PAUSE_MS = 60;

/** People who shop until they are told to stop. */
export interface Shopping {
  /** How often something was answered, by mutation and answer. */
  readonly answers: ReadonlyMap<string, number>;
  /** Why something was not answered. What became of it the database knows. */
  readonly failures: readonly string[];
  /** Let everybody finish what they are about. */
  stop(): Promise<void>;
}

interface Hold {
  client: Client;
  reservation: { id: string; total: object };
  booking: { id: string } | null;
}

/** Let customers and an organiser do at random whatever changes tickets, through the API. The same for the same seed, but for who is faster. */
export function startShopping(stage: Deployment, event: SeededEvent, seed: number): Shopping {
  const done = new Map<string, number>();
  const tell = (what: string) => done.set(what, (done.get(what) ?? 0) + 1);
  const failures: string[] = [];
  const wings = { kept: false };
  let over = false;

  async function goOn(number: number): Promise<void> {
    const below = randomNumbers(seed * 100 + number);
    const customer = new Customer({ stage, event, wings, name: `fan-${seed}-${number}`, below });
    while (!over) {
      await customer.step().then(tell, (error: unknown) => failures.push(String(error)));
      await pause(below(MAX_PAUSE_MS));
    }
  }
  const shopping = Promise.all(Array.from({ length: CUSTOMERS }, (_, number) => goOn(number)));
  return {
    ...{ answers: done, failures },
    async stop() {
      over = true;
      await shopping;
    },
  };
}

/** Whom one shops as, and where. */
interface CustomerOptions {
  stage: Deployment;
  event: SeededEvent;
  name: string;
  below: (below: number) => number;
  /** Whether the organiser keeps back what is the organiser's own, as far as is known. */
  wings: { kept: boolean };
}

class Customer {
  readonly #shopper: CustomerOptions;
  readonly #below: CustomerOptions['below'];
  readonly #holds: Hold[] = [];
  #count = 0;

  constructor(shopper: CustomerOptions) {
    this.#shopper = shopper;
    this.#below = shopper.below;
  }

  /** Do one thing; answers what it was and what was said to it. */
  async step(): Promise<string> {
    const below = this.#below;
    const kind = below(12);
    if (kind < 2) return this.#keepBack();
    if (kind < 4) return this.#keepWings();
    const isFull = this.#holds.length >= MAX_HOLDS;
    if (this.#holds.length === 0 || (kind < 7 && !isFull)) return this.#reserve();
    const [hold] = this.#holds.splice(below(this.#holds.length), 1);
    return hold!.booking === null ? this.#settle(hold!) : this.#cancel(hold!);
  }

  async #reserve(): Promise<string> {
    const below = this.#below;
    const first = below(ORGANISER_PLACES_FROM - 6);
    const places = Array.from({ length: 1 + below(6) }, (_, index) => first + index);
    const standing = { generalAdmission: [{ area: 'floor', quantity: 1 + below(4) }] };
    const client = await this.#as(`${this.#shopper.name}-${this.#count++}`, 'FAN');
    const answer = await reserve(client, this.#shopper.event.event, below(4) === 0 ? standing : { places });
    if (answer.__typename === 'TicketsReserved')
      this.#holds.push({ client, reservation: answer.reservation, booking: null });
    return `reserveTickets: ${answer.__typename}`;
  }

  /** Pay, let go, or forget. */
  async #settle(hold: Hold): Promise<string> {
    const { client, reservation } = hold;
    const kind = this.#below(4);
    if (kind === 0) {
      const answer = await client.mutate('releaseReservation', { reservation: reservation.id });
      return `releaseReservation: ${answer.__typename}`;
    }
    if (kind === 1) {
      const done = runOut(this.#shopper.stage.platform.db, reservation); // behind the server's back
      return done.then(
        () => 'time ran out',
        () => 'time may have run out',
      );
    }
    const answer = await client.mutate(
      'confirmBooking',
      {
        reservation: reservation.id,
        payment: { amount: reservation.total, paymentMethod: 'pm_card_visa' },
        idempotencyKey: reservation.id,
      },
      '... on BookingConfirmed { booking { id } }',
    );
    if (answer.booking) this.#holds.push({ ...hold, booking: answer.booking });
    return `confirmBooking: ${answer.__typename}`;
  }

  async #cancel({ client, booking }: Hold): Promise<string> {
    const answer = await client.mutate('cancelBooking', { booking: booking!.id });
    return `cancelBooking: ${answer.__typename}`;
  }

  /** A few seats of those that buyers are after. */
  #keepBack(): Promise<string> {
    const first = this.#below(ORGANISER_PLACES_FROM - 4);
    return this.#organise(this.#below(2) === 0, first, 4);
  }

  /** Nearly all that is the organiser's own, so that a delta is long. */
  #keepWings(): Promise<string> {
    const { wings } = this.#shopper;
    wings.kept = !wings.kept;
    return this.#organise(wings.kept, ORGANISER_PLACES_FROM + this.#below(10), 90);
  }

  async #organise(keeps: boolean, first: number, count: number): Promise<string> {
    const mutation = keeps ? 'blockTickets' : 'unblockTickets';
    const places = Array.from({ length: count }, (_, index) => first + index);
    const organiser = await this.#as(ORGANISER, 'ORGANISER');
    const answer = await organiser.mutate(mutation, { event: this.#shopper.event.event, places });
    return `${mutation}: ${answer.__typename}`;
  }

  #as(name: string, role: 'FAN' | 'ORGANISER'): Promise<Client> {
    const { stage } = this.#shopper;
    return stage.as(stage.apis[this.#below(stage.apis.length)]!, name, role);
  }
}
