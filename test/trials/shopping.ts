import { setTimeout as pause } from 'node:timers/promises';

import type { Client } from '../support/client.ts';
import { reserve, runOut } from '../support/holds.ts';
import { randomNumbers } from '../support/race.ts';
import { ORGANISER, type SeededEvent } from '../support/seed.ts';
import type { Deployment } from './deployment.ts';

/** Rows of seats, some of them for the organiser's blocks only, and a general-admission area. */
export const VENUE = { seats: 600, areas: [{ key: 'floor', places: 100 }] };
/** Buyers leave the places from here on to the organiser. */
export const ORGANISER_PLACES_FROM = 500;

const CUSTOMERS = 4;
/** Per customer, holds and bookings together, so that the Event never sells out. */
const MAX_HOLDS = 8;
/** Between two actions of a customer: yields 20 deltas per second, which two cores can handle. */
const MAX_PAUSE_MS = 60;

/** Simulated customers that act until stopped. */
export interface Shopping {
  /** Number of responses, by mutation and outcome. */
  readonly answers: ReadonlyMap<string, number>;
  /** Failed requests; their effect is known to the database only. */
  readonly failures: readonly string[];
  /** Wait for the actions in progress, and stop. */
  stop(): Promise<void>;
}

interface Hold {
  client: Client;
  reservation: { id: string; total: object };
  booking: { id: string } | null;
}

/** Simulate customers and an organiser with random mutations through the API; the choices are determined by the seed. */
export function startShopping(deployment: Deployment, event: SeededEvent, seed: number): Shopping {
  const answers = new Map<string, number>();
  const record = (answer: string) => answers.set(answer, (answers.get(answer) ?? 0) + 1);
  const failures: string[] = [];
  const organiserPlaces = { blocked: false };
  let stopped = false;

  async function runCustomer(number: number): Promise<void> {
    const below = randomNumbers(seed * 100 + number);
    const customer = new Customer({
      deployment,
      event,
      organiserPlaces,
      name: `fan-${seed}-${number}`,
      below,
    });
    while (!stopped) {
      await customer.step().then(record, (error: unknown) => failures.push(String(error)));
      await pause(below(MAX_PAUSE_MS));
    }
  }
  const running = Promise.all(Array.from({ length: CUSTOMERS }, (_, number) => runCustomer(number)));
  return {
    ...{ answers, failures },
    async stop() {
      stopped = true;
      await running;
    },
  };
}

interface CustomerOptions {
  deployment: Deployment;
  event: SeededEvent;
  name: string;
  below: (below: number) => number;
  /** Whether the organiser's own places are blocked, by the last request. */
  organiserPlaces: { blocked: boolean };
}

class Customer {
  readonly #options: CustomerOptions;
  readonly #below: CustomerOptions['below'];
  readonly #holds: Hold[] = [];
  #count = 0;

  constructor(options: CustomerOptions) {
    this.#options = options;
    this.#below = options.below;
  }

  /** Perform one random action; returns the mutation and its outcome. */
  async step(): Promise<string> {
    const below = this.#below;
    const kind = below(12);
    if (kind < 2) return this.#blockSome();
    if (kind < 4) return this.#toggleOrganiserPlaces();
    const isFull = this.#holds.length >= MAX_HOLDS;
    if (this.#holds.length === 0 || (kind < 7 && !isFull)) return this.#reserve();
    const [hold] = this.#holds.splice(below(this.#holds.length), 1);
    return hold!.booking === null ? this.#settle(hold!) : this.#cancel(hold!);
  }

  async #reserve(): Promise<string> {
    const below = this.#below;
    const first = below(ORGANISER_PLACES_FROM - 6);
    const places = Array.from({ length: 1 + below(6) }, (_, index) => first + index);
    const selection = { generalAdmission: [{ area: 'floor', quantity: 1 + below(4) }] };
    const client = await this.#as(`${this.#options.name}-${this.#count++}`, 'FAN');
    const answer = await reserve(client, this.#options.event.event, below(4) === 0 ? selection : { places });
    if (answer.__typename === 'TicketsReserved')
      this.#holds.push({ client, reservation: answer.reservation, booking: null });
    return `reserveTickets: ${answer.__typename}`;
  }

  /** Pay, release, or let the hold run out. */
  async #settle(hold: Hold): Promise<string> {
    const { client, reservation } = hold;
    const kind = this.#below(4);
    if (kind === 0) {
      const answer = await client.mutate('releaseReservation', { reservation: reservation.id });
      return `releaseReservation: ${answer.__typename}`;
    }
    if (kind === 1) {
      const expired = runOut(this.#options.deployment.platform.db, reservation); // directly in the database
      return expired.then(
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

  /** Block or unblock some of the places that buyers choose from. */
  #blockSome(): Promise<string> {
    const first = this.#below(ORGANISER_PLACES_FROM - 4);
    return this.#setBlocked(this.#below(2) === 0, first, 4);
  }

  /** Block or unblock nearly all of the organiser's own places, for a long delta. */
  #toggleOrganiserPlaces(): Promise<string> {
    const { organiserPlaces } = this.#options;
    organiserPlaces.blocked = !organiserPlaces.blocked;
    return this.#setBlocked(organiserPlaces.blocked, ORGANISER_PLACES_FROM + this.#below(10), 90);
  }

  async #setBlocked(blocks: boolean, first: number, count: number): Promise<string> {
    const mutation = blocks ? 'blockTickets' : 'unblockTickets';
    const places = Array.from({ length: count }, (_, index) => first + index);
    const organiser = await this.#as(ORGANISER, 'ORGANISER');
    const answer = await organiser.mutate(mutation, { event: this.#options.event.event, places });
    return `${mutation}: ${answer.__typename}`;
  }

  #as(name: string, role: 'FAN' | 'ORGANISER'): Promise<Client> {
    const { deployment } = this.#options;
    return deployment.as(deployment.apis[this.#below(deployment.apis.length)]!, name, role);
  }
}
