import type { Agenda } from './agenda.ts';
import type { HttpClient } from './http-client.ts';
import type { Tally } from './tally.ts';

/** Operations of people; each has one root field, named like it. */
const OPERATIONS = {
  queueChallenge: 'query ($event: ID!) { queueChallenge(event: $event) { challenge } }',
  joinQueue: `mutation ($input: JoinQueueInput!) { joinQueue(input: $input) {
    __typename ... on QueueJoined { entry { id state place token pass visitEndsAt } } } }`,
  leaveQueue: 'mutation ($input: LeaveQueueInput!) { leaveQueue(input: $input) { __typename } }',
  queueStatus: `query ($event: ID!, $token: String) { queueStatus(event: $event, token: $token) {
    state entry token place peopleAhead minWaitSeconds maxWaitSeconds pass visitEndsAt } }`,
  reserveBestAvailable: `mutation ($input: ReserveBestAvailableInput!) { reserveBestAvailable(input: $input) {
    __typename ... on TicketsReserved { reservation { id total { amount currency } tickets { place } } }
    ... on NoSeatsTogether { together available } } }`,
  reserveTickets: `mutation ($input: ReserveTicketsInput!) { reserveTickets(input: $input) {
    __typename ... on TicketsReserved { reservation { id total { amount currency } tickets { place } } } } }`,
  releaseReservation:
    'mutation ($input: ReleaseReservationInput!) { releaseReservation(input: $input) { __typename } }',
  confirmBooking: `mutation ($input: ConfirmBookingInput!) { confirmBooking(input: $input) {
    __typename ... on BookingConfirmed { booking { tickets { place } } } } }`,
  seatMap: 'query ($event: ID!) { seatMap(event: $event) { sequence } }',
} as const;
export type Operation = keyof typeof OPERATIONS;

/** As a person's client sends requests. */
export interface Sender {
  authorization: string;
  /** As the load balancer in front of the server names it. */
  address: string;
  userAgent: string;
}

/** An answer: the root field, or the code of the first error. */
export interface Answer {
  data: any;
  code: string | null;
}

const MAX_ATTEMPTS = 30;
const TRANSIENT: ReadonlySet<string> = new Set(['RATE_LIMITED', 'SERVICE_UNAVAILABLE', 'UNREACHABLE']);

/** The API as people use it, over any of its processes. */
export class Api {
  readonly #clients: readonly HttpClient[];
  readonly #agenda: Agenda;
  readonly #tally: Tally;
  readonly #queries = new Map<string, string>();
  #next = 0;

  constructor(clients: readonly HttpClient[], agenda: Agenda, tally: Tally) {
    this.#clients = clients;
    this.#agenda = agenda;
    this.#tally = tally;
    for (const [name, text] of Object.entries(OPERATIONS))
      this.#queries.set(name, JSON.stringify(text.replace(/\s+/g, ' ')));
  }

  /** Ask once. */
  async askOnce(sender: Sender, operation: Operation, variables: object, pass?: string): Promise<Answer> {
    const client = this.#clients[this.#next++ % this.#clients.length]!;
    const began = performance.now();
    const headers =
      `authorization: ${sender.authorization}\r\nx-forwarded-for: ${sender.address}\r\nuser-agent: ${sender.userAgent}\r\n` +
      (pass === undefined ? '' : `onsale-admission: ${pass}\r\n`);
    const body = `{"query":${this.#queries.get(operation)!},"variables":${JSON.stringify(variables)}}`;
    const answer = await client.post(headers, body).then(
      (text) => {
        const { data, errors } = JSON.parse(text) as { data?: any; errors?: any[] };
        return { data: data?.[operation] ?? null, code: errors?.[0]?.extensions?.code ?? null };
      },
      () => ({ data: null, code: 'UNREACHABLE' }),
    );
    this.#tally.answered(operation, performance.now() - began);
    const outcome = answer.code ?? answer.data?.__typename;
    if (outcome !== undefined) this.#tally.count(`${operation}: ${outcome}`);
    return answer;
  }

  /** Ask until there is an answer that another attempt would not change. Null: the arena is over, or an error. */
  async ask(sender: Sender, operation: Operation, variables: object, pass?: string): Promise<any> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS && !this.#agenda.isStopped; attempt++) {
      const { data, code } = await this.askOnce(sender, operation, variables, pass);
      if (code === null || !TRANSIENT.has(code)) return data;
      await this.#agenda.sleep(Math.min(10_000, 500 * attempt));
    }
    return null;
  }
}
