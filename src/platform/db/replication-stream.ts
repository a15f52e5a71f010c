import { setTimeout as pause } from 'node:timers/promises';
import { LogicalReplicationService, PgoutputPlugin, type Pgoutput } from 'pg-logical-replication';

import { parseLsn, writeLsn } from './lsn.ts';
import { ReplicationInbox, type CaughtUp, type CommittedChanges } from './replication-inbox.ts';
import type { Slot } from './replication-slot.ts';

/** What comes out of a slot: first that it is ours, then what was committed, and each second that there is no more. */
export type StreamItem = { kind: 'started' } | (CommittedChanges & { after: bigint }) | CaughtUp;

/** What reading a slot over a connection takes. */
export interface StreamParts {
  databaseUrl: string;
  slot: Slot;
  publication: string;
  signal: AbortSignal;
  undone: () => bigint | null;
}

/** How often to say that we are there, and to ask whether Postgres is: it answers how far the log has been read. */
const PULSE_MS = 1_000;
/** A connection that says nothing for so long, though asked, is broken. */
const SILENT_MS = 10_000;
/** A connection that breaks while it is being closed may never say that it is. */
const CLOSE_WITHIN_MS = 2_000;

/**
 * Read a slot over one connection until it breaks or the signal is given; both throw. Whoever asks for the next item has
 * done what the last one wants, but for what is `undone`: it is acknowledged then, and never before.
 */
export async function* streamSlot({
  databaseUrl,
  slot,
  publication,
  signal,
  undone,
}: StreamParts): AsyncGenerator<StreamItem, never> {
  const service = new LogicalReplicationService(
    {
      connectionString: databaseUrl,
      application_name: slot.name,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    },
    // The library's own timer would acknowledge whatever has arrived, done or not.
    { acknowledge: { auto: false, timeoutSeconds: 0 }, flowControl: { enabled: true } },
  );
  const inbox = new ReplicationInbox();
  service.on('start', () => inbox.start());
  service.on('data', (_lsn, message: Pgoutput.Message) => inbox.receive(message));
  // what came before it may still be queued in the library, and is handed over in microtasks
  service.on('heartbeat', (lsn) => void setImmediate(() => inbox.keepAlive(parseLsn(lsn))));
  service.on('error', (error) => inbox.fail(error));
  const stop = () => inbox.fail(signal.reason);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();

  let confirmed = parseLsn(slot.confirmed);
  let told = confirmed;
  const confirm = (ping: boolean) => {
    const done = undone() ?? told;
    if (done > confirmed) confirmed = done;
    else if (!ping) return;
    // The library adds one to what it is given. The next commit may begin exactly where this one ends: a confirmed place
    // that is one too far would skip it after a reconnect.
    service.acknowledge(writeLsn(confirmed - 1n), ping).catch((error: unknown) => inbox.fail(error));
  };
  const keepaliveTimer = setInterval(() => {
    if (inbox.silentForMs() > SILENT_MS) inbox.fail(new Error('Postgres says nothing any more'));
    else confirm(true);
  }, PULSE_MS);

  const plugin = new PgoutputPlugin({ protoVersion: 1, publicationNames: [publication] });
  service.subscribe(plugin, slot.name).then(
    () => inbox.fail(new Error('Postgres ended the stream')),
    (error: unknown) => inbox.fail(error),
  );
  try {
    for (;;) {
      const item = await inbox.next();
      yield item.kind === 'changes' ? { ...item, after: told } : item;
      if (item.kind === 'started') continue;
      if (item.upTo > told) told = item.upTo;
      confirm(false);
    }
  } finally {
    clearInterval(keepaliveTimer);
    signal.removeEventListener('abort', stop);
    inbox.fail(new Error('the stream is closed'));
    await Promise.race([service.destroy(), pause(CLOSE_WITHIN_MS, undefined, { ref: false })]);
  }
}
