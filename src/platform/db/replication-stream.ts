import { setTimeout as pause } from 'node:timers/promises';
import { LogicalReplicationService, PgoutputPlugin, type Pgoutput } from 'pg-logical-replication';

import { parseLsn, writeLsn } from './lsn.ts';
import {
  ReplicationInbox,
  type CaughtUp,
  type CommittedChanges,
  type RowChange,
} from './replication-inbox.ts';
import type { Slot } from './replication-slot.ts';

/** Items of a slot: first `started`, then changes, and `caught-up` each second while there are none. */
export type StreamItem = { kind: 'started' } | (CommittedChanges & { after: bigint }) | CaughtUp;

export interface StreamParts {
  databaseUrl: string;
  slot: Slot;
  publications: readonly string[];
  signal: AbortSignal;
  oldestUnwrittenLsn: () => bigint | null;
  keyOf: ((change: RowChange) => string | null) | null;
}

/** Interval of the heartbeats, which Postgres answers with its position in the log. */
const HEARTBEAT_MS = 1_000;
/** A connection without an answer to heartbeats for this long is broken. */
const SILENCE_TIMEOUT_MS = 10_000;
/** A connection that breaks while it is being closed may never report that it is closed. */
const CLOSE_TIMEOUT_MS = 2_000;

/**
 * Read a slot over one connection until it breaks or the signal aborts; both throw. Requesting the next item acknowledges the
 * previous one, up to the position that `oldestUnwrittenLsn` returns, and never earlier.
 */
export async function* streamSlot({
  databaseUrl,
  slot,
  publications,
  signal,
  oldestUnwrittenLsn,
  keyOf,
}: StreamParts): AsyncGenerator<StreamItem, never> {
  const service = new LogicalReplicationService(
    {
      connectionString: databaseUrl,
      application_name: slot.name,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    },
    // The library's own timer would acknowledge what has arrived, applied or not.
    { acknowledge: { auto: false, timeoutSeconds: 0 }, flowControl: { enabled: true } },
  );
  const inbox = new ReplicationInbox(keyOf);
  service.on('start', () => inbox.start());
  service.on('data', (_lsn, message: Pgoutput.Message) => inbox.receive(message));
  // earlier messages may still be queued in the library, which delivers them in microtasks
  service.on('heartbeat', (lsn) => void setImmediate(() => inbox.keepAlive(parseLsn(lsn))));
  service.on('error', (error) => inbox.fail(error));
  const stop = () => inbox.fail(signal.reason);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();

  let confirmed = parseLsn(slot.confirmed);
  let delivered = confirmed;
  const confirm = (ping: boolean) => {
    const done = oldestUnwrittenLsn() ?? delivered;
    if (done > confirmed) confirmed = done;
    else if (!ping) return;
    // The library adds one to the position. The next commit may begin exactly where this one ends, so a position that is one
    // too far would skip it after a reconnect.
    service.acknowledge(writeLsn(confirmed - 1n), ping).catch((error: unknown) => inbox.fail(error));
  };
  const keepaliveTimer = setInterval(() => {
    if (inbox.silentForMs() > SILENCE_TIMEOUT_MS) inbox.fail(new Error('replication connection timed out'));
    else confirm(true);
  }, HEARTBEAT_MS);

  const plugin = new PgoutputPlugin({ protoVersion: 1, publicationNames: [...publications] });
  service.subscribe(plugin, slot.name).then(
    () => inbox.fail(new Error('replication stream ended by Postgres')),
    (error: unknown) => inbox.fail(error),
  );
  try {
    for (;;) {
      const item = await inbox.next();
      yield item.kind === 'changes' ? { ...item, after: delivered } : item;
      if (item.kind === 'started') continue;
      if (item.upTo > delivered) delivered = item.upTo;
      confirm(false);
    }
  } finally {
    clearInterval(keepaliveTimer);
    signal.removeEventListener('abort', stop);
    inbox.fail(new Error('replication stream closed'));
    await Promise.race([service.destroy(), pause(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
  }
}
