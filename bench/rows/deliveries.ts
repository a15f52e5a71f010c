import { setTimeout as pause } from 'node:timers/promises';

import { followers, inRoom, openBareWebSocket, openSink, openStage, type Stage } from '../audience.ts';
import type { Reception, Sink } from '../clients/sink.ts';
import { measureRatio, median, type Row } from '../measure.ts';
import { cpuSeconds, type Running } from '../program.ts';
import type { Broadcast, Pace } from '../servers/bare-websocket.ts';
import type { BenchStack } from '../stack.ts';

const SUBSCRIBERS = 1_000;
/** A map is updated twenty times a second at most: so many Events, each with its subscribers, keep one process busy. */
const EVENTS = 8;
const PLACES = 2_000;
const SECONDS = 4;
/** Some changes in each window; more would measure how they are gathered, which is P10. */
const CHANGE_EVERY_MS = 40;

/**
 * P9: seat-map updates delivered per second of the server's processor time, over a bare `ws` server that sends the very
 * same messages to as many sockets. Onsale makes them of real changes: transactions in Postgres, the log, Redis. It
 * gathers changes for 50 ms and then sends in a burst, which costs every server more than to send without a pause: so the
 * bare one is measured both ways, at the pace of Onsale and at its own.
 */
export async function deliveryRows(stack: BenchStack): Promise<Row[]> {
  await using stage = await openStage(stack, EVENTS, PLACES);
  await using bare = openBareWebSocket();
  return [
    ...(await rowsFor('1', [
      ['seat-map deliveries, 1,000 subscribers an Event ÷ bare ws, same bytes, same pace', 'when due'],
      ['the same ÷ a loop that never waits', 'at once'],
    ])),
    ...(await rowsFor('$n', [
      ['the same, an operation id for each subscriber ÷ bare ws, same pace', 'when due'],
    ])),
  ];

  async function rowsFor(operationId: '1' | '$n', wanted: [what: string, pace: Pace][]): Promise<Row[]> {
    await using followersSink = openSink();
    await using bareSink = openSink();
    const port = await bare.call('listen');
    await followersSink.call(
      'open',
      stage.houses.map((house) => followers(stack.url, house, SUBSCRIBERS, operationId)),
    );
    await bareSink.call(
      'open',
      stage.houses.map((_house, room) => inRoom(port, room, SUBSCRIBERS)),
    );
    let sent: Reception[] = [];
    const fromOnsale = async (server: Server, seconds: number) => {
      const { each, rate } = await server.measure(() => changeFor(stage, seconds * 1_000));
      sent = each;
      const differing = sent.some(({ sequences }) => sequences > 1);
      if (operationId === '1' && differing) throw new Error('subscribers were not sent the same');
      return rate;
    };
    const fromBare = async (server: Server, pace: Pace) => {
      const broadcasts = inOrder(sent);
      const { each, rate } = await server.measure(() => bare.call('broadcast', broadcasts, pace));
      const differing = each.some(({ checksum, sequences }, room) => {
        return checksum !== sent[room]!.checksum || sequences > 1;
      });
      if (differing) throw new Error('not the same bytes');
      return rate;
    };
    const servers = () => ({
      onsale: new Server('Onsale', stack.pid, followersSink),
      baseline: new Server('bare ws', bare.pid, bareSink),
    });
    const { onsale: first, baseline: second } = servers(); // what each does often is compiled once they are measured
    await fromOnsale(first, 1);
    await fromBare(second, 'when due');

    const rows: Row[] = [];
    for (const [what, pace] of wanted) {
      const { onsale, baseline } = servers();
      const notes = async () => [
        `${Math.round(sum(sent, 'bytes') / sum(sent, 'texts'))} bytes a message; the same on both sides, to everybody (checksums compared)`,
        ...onsale.notes(),
        ...baseline.notes(),
      ];
      rows.push(
        await measureRatio(
          'P9',
          what,
          { name: onsale.name, run: () => fromOnsale(onsale, SECONDS) },
          { name: baseline.name, run: () => fromBare(baseline, pace) },
          notes,
          { unit: 'per second of processor time' },
        ),
      );
    }
    return rows;
  }
}

/** What everybody was sent, as it came, for somebody else to send. */
function inOrder(sent: readonly Reception[]): Broadcast[] {
  const began = Math.min(...sent.map(({ everywhereAt }) => everywhereAt[0]!));
  return sent
    .flatMap(({ messages, everywhereAt }, room) =>
      messages.map((message, n) => ({ room, message, afterMs: everywhereAt[n]! - began })),
    )
    .toSorted((a, b) => a.afterMs - b.afterMs);
}

/** A server under test, and who reads from it. */
class Server {
  readonly name: string;
  readonly #pid: number;
  readonly #sink: Running<Sink>;
  readonly #perSecond: number[] = [];
  readonly #seconds: number[] = [];
  readonly #reading: number[] = [];

  constructor(name: string, pid: number, sink: Running<Sink>) {
    this.name = name;
    this.#pid = pid;
    this.#sink = sink;
  }

  /** Have it send, and wait until all has been read; answers what, and how much in a second of processor time. */
  async measure(send: () => Promise<void>): Promise<{ each: Reception[]; rate: number }> {
    await this.#sink.call('mark');
    const [serverBefore, sinkBefore] = [await cpuSeconds(this.#pid), await cpuSeconds(this.#sink.pid)];
    await send();
    const { each, elapsedMs } = await this.#sink.call('settled', 1);
    const deliveries = sum(each, 'texts') * SUBSCRIBERS;
    const seconds = (await cpuSeconds(this.#pid)) - serverBefore;
    this.#perSecond.push(deliveries / (elapsedMs / 1_000));
    this.#seconds.push(seconds / deliveries);
    this.#reading.push(((await cpuSeconds(this.#sink.pid)) - sinkBefore) / (elapsedMs / 1_000));
    return { each, rate: deliveries / seconds };
  }

  notes(): string[] {
    const micros = (median(this.#seconds) * 1e6).toFixed(1);
    const perSecond = Math.round(median(this.#perSecond)).toLocaleString('en');
    const reading = Math.round(median(this.#reading) * 100);
    return [
      `${this.name}: ${micros} µs of the server a delivery; by the clock ${perSecond}/s, with ${reading} % of a core reading`,
    ];
  }
}

const sum = (each: readonly Reception[], what: 'bytes' | 'texts') =>
  each.reduce((soFar, reception) => soFar + reception[what], 0);

/** Change every map again and again for a while, two places side by side each time. */
async function changeFor(stage: Stage, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const place = Math.floor(Math.random() * (PLACES - 1));
    await Promise.all([stage.turn([place, place + 1]), pause(CHANGE_EVERY_MS)]);
  }
}
