import { setTimeout as pause } from 'node:timers/promises';

import type { Received, Receiver } from '../clients/receiver.ts';
import { cpuSeconds } from '../clocks.ts';
import {
  openBareWebSocket,
  openLiveMaps,
  openReceiver,
  roomMembers,
  seatMapSubscribers,
  type LiveMaps,
} from '../live-maps.ts';
import type { ServerLoad } from '../load.ts';
import { measureRatio, median, type Row } from '../measure.ts';
import type { RpcChild } from '../rpc.ts';
import type { Broadcast, Pacing } from '../servers/bare-websocket.ts';
import type { BenchStack } from '../stack.ts';

const SUBSCRIBERS = 1_000;
/** A map is updated at most twenty times a second, so it takes several Events to keep one process busy. */
const EVENTS = 8;
const PLACES = 2_000;
const SECONDS = 4;
/** About one change per window of coalescing; more would measure coalescing, which is P10. */
const CHANGE_INTERVAL_MS = 40;

/**
 * P9: seat-map updates delivered per second of the server's processor time, over a bare `ws` server that sends the same
 * messages to as many sockets. Onsale derives them from transactions, through the log and Redis. It coalesces changes for
 * 50 ms and sends in bursts, which costs any server more than sending steadily: so the baseline runs at both paces.
 */
export async function deliveryRows(stack: BenchStack): Promise<Row[]> {
  await using maps = await openLiveMaps(stack, EVENTS, PLACES);
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

  async function rowsFor(operationId: '1' | '$n', titles: [title: string, pacing: Pacing][]): Promise<Row[]> {
    await using receiver = await subscribe(stack, maps, operationId);
    await using bareReceiver = openReceiver();
    const port = await bare.call('listen');
    await bareReceiver.call(
      'open',
      maps.events.map((_event, room) => roomMembers(port, room, SUBSCRIBERS)),
    );
    let sent: Received[] = [];
    const runOnsale = async (server: MeasuredServer, seconds: number) => {
      const { groups, rate } = await server.measure(() => toggleSeatsFor(maps, seconds * 1_000));
      sent = groups;
      if (operationId === '1' && sent.some(({ variants }) => variants > 1))
        throw new Error('subscribers received different messages');
      return rate;
    };
    const runBare = async (server: MeasuredServer, pacing: Pacing) => {
      const broadcasts = broadcastsOf(sent);
      const { groups, rate } = await server.measure(() => bare.call('broadcast', broadcasts, pacing));
      const differ = groups.some(
        ({ checksum, variants }, room) => checksum !== sent[room]!.checksum || variants > 1,
      );
      if (differ) throw new Error('the baseline sent other bytes');
      return rate;
    };
    const servers = () => ({
      onsale: new MeasuredServer('Onsale', stack.pid, receiver),
      baseline: new MeasuredServer('bare ws', bare.pid, bareReceiver),
    });
    const warmUp = servers(); // the first run compiles the hot functions of both servers
    await runOnsale(warmUp.onsale, 1);
    await runBare(warmUp.baseline, 'when due');

    const rows: Row[] = [];
    for (const [title, pacing] of titles) {
      const { onsale, baseline } = servers();
      const notes = async () => [
        `${Math.round(sum(sent, 'bytes') / sum(sent, 'messageCount'))} bytes per message, the same on both sides and for every subscriber (checksums)`,
        ...onsale.notes(),
        ...baseline.notes(),
      ];
      rows.push(
        await measureRatio(
          'P9',
          title,
          { name: onsale.name, run: () => runOnsale(onsale, SECONDS) },
          { name: baseline.name, run: () => runBare(baseline, pacing) },
          notes,
          { unit: 'per second of processor time' },
        ),
      );
    }
    return rows;
  }
}

/** Deliveries to subscribers of live maps. `prepare` warms up the server. */
export async function openDeliveryLoad(stack: BenchStack): Promise<ServerLoad> {
  await using opening = new AsyncDisposableStack();
  const maps = opening.use(await openLiveMaps(stack, EVENTS, PLACES));
  const receiver = opening.use(await subscribe(stack, maps, '1'));
  const server = new MeasuredServer('Onsale', stack.pid, receiver);
  const deliverFor = async (seconds: number) => {
    const { deliveries, rate } = await server.measure(() => toggleSeatsFor(maps, seconds * 1_000));
    return { rate, operations: deliveries };
  };
  const owned = opening.move();
  return {
    prepare: async () => void (await deliverFor(1)),
    run: () => deliverFor(SECONDS),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function subscribe(
  stack: BenchStack,
  maps: LiveMaps,
  operationId: '1' | '$n',
): Promise<RpcChild<Receiver>> {
  const receiver = openReceiver();
  await receiver.call(
    'open',
    maps.events.map((event) => seatMapSubscribers(stack.url, event, SUBSCRIBERS, operationId)),
  );
  return receiver;
}

/** The messages of all Events in the order and at the intervals of their arrival. */
function broadcastsOf(sent: readonly Received[]): Broadcast[] {
  const startedAt = Math.min(...sent.map(({ completeAt }) => completeAt[0]!));
  return sent
    .flatMap(({ messages, completeAt }, room) =>
      messages.map((message, n) => ({ room, message, afterMs: completeAt[n]! - startedAt })),
    )
    .toSorted((a, b) => a.afterMs - b.afterMs);
}

/** A server with the receiver of its messages. */
class MeasuredServer {
  readonly name: string;
  readonly #pid: number;
  readonly #receiver: RpcChild<Receiver>;
  readonly #perSecond: number[] = [];
  readonly #secondsEach: number[] = [];
  readonly #receiverLoad: number[] = [];

  constructor(name: string, pid: number, receiver: RpcChild<Receiver>) {
    this.name = name;
    this.#pid = pid;
    this.#receiver = receiver;
  }

  /** Run `send` until the receiver is quiet. `rate` is deliveries per second of the server's processor time. */
  async measure(
    send: () => Promise<void>,
  ): Promise<{ groups: Received[]; deliveries: number; rate: number }> {
    await this.#receiver.call('reset');
    const serverBefore = await cpuSeconds(this.#pid);
    const receiverBefore = await cpuSeconds(this.#receiver.pid);
    await send();
    const { groups, elapsedMs } = await this.#receiver.call('waitUntilQuiet', 1);
    const deliveries = sum(groups, 'messageCount') * SUBSCRIBERS;
    const seconds = (await cpuSeconds(this.#pid)) - serverBefore;
    this.#perSecond.push(deliveries / (elapsedMs / 1_000));
    this.#secondsEach.push(seconds / deliveries);
    this.#receiverLoad.push(((await cpuSeconds(this.#receiver.pid)) - receiverBefore) / (elapsedMs / 1_000));
    return { groups, deliveries, rate: deliveries / seconds };
  }

  notes(): string[] {
    const micros = (median(this.#secondsEach) * 1e6).toFixed(1);
    const perSecond = Math.round(median(this.#perSecond)).toLocaleString('en');
    const receiverLoad = Math.round(median(this.#receiverLoad) * 100);
    return [
      `${this.name}: ${micros} µs of processor time per delivery; ${perSecond}/s of wall time, with the receiver at ${receiverLoad} % of a core`,
    ];
  }
}

const sum = (groups: readonly Received[], key: 'bytes' | 'messageCount') =>
  groups.reduce((total, received) => total + received[key], 0);

/** Toggle two adjacent seats of every map at each interval. */
async function toggleSeatsFor(maps: LiveMaps, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const place = Math.floor(Math.random() * (PLACES - 1));
    await Promise.all([maps.toggle([place, place + 1]), pause(CHANGE_INTERVAL_MS)]);
  }
}
