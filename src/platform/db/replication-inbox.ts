import type { Pgoutput } from 'pg-logical-replication';

import { parseLsn } from './lsn.ts';

/** A change of a row. */
export interface RowChange {
  table: string;
  operation: 'insert' | 'update' | 'delete' | 'truncate';
  /** The published columns after the change; of a deleted row its key. Empty: the table was truncated. */
  row: Record<string, unknown>;
  /** The 32-bit id of the transaction. */
  transaction: number;
}

/** Changes of whole transactions, in commit order. */
export interface CommittedChanges {
  kind: 'changes';
  changes: RowChange[];
  /** Commit time of the first of them. */
  committedAt: Date;
  upTo: bigint;
}

/** Everything up to `upTo` has been received and applied. */
export interface CaughtUp {
  kind: 'caught-up';
  upTo: bigint;
}

/** Backpressure: beyond this, the connection is not read until the reader has taken the batch. */
const MAX_BUFFERED_CHANGES = 5_000;

/**
 * The buffer between a replication connection and its reader. It returns whole transactions; those that arrive while the
 * reader is busy are returned as one batch.
 */
export class ReplicationInbox {
  readonly #keyOf: ((change: RowChange) => string | null) | null;
  #transaction: { number: number; committedAt: Date; changes: RowChange[]; keys: Set<string> } | null = null;
  #committed: CommittedChanges | null = null;
  #caughtUpTo: bigint | null = null;
  #started = false;
  #failure: { error: unknown } | null = null;
  #wake: (() => void) | null = null;
  #drained: (() => void) | null = null;
  #lastMessageAt = performance.now();

  /** `keyOf`: of the changes of a transaction with the same key only the first is returned; of those with none, none. */
  constructor(keyOf: ((change: RowChange) => string | null) | null = null) {
    this.#keyOf = keyOf;
  }

  /** The slot is acquired. */
  start(): void {
    this.#started = true;
    this.#onSignal();
  }

  /** Buffer a message; while the buffer is full, the returned promise is pending. */
  receive(message: Pgoutput.Message): Promise<void> | undefined {
    this.#lastMessageAt = performance.now();
    switch (message.tag) {
      case 'begin':
        this.#transaction = {
          number: message.xid >>> 0,
          committedAt: new Date(Number((message.commitTime as bigint) / 1_000n)),
          changes: [],
          keys: new Set(),
        };
        return undefined;
      case 'insert':
        this.#add(message.relation.name, 'insert', message.new);
        return undefined;
      case 'update': {
        // the former key, which is sent if the update changed it
        if (message.key !== null) this.#add(message.relation.name, 'delete', message.key);
        this.#add(message.relation.name, 'update', message.new);
        return undefined;
      }
      case 'delete':
        this.#add(message.relation.name, 'delete', message.key ?? message.old ?? {});
        return undefined;
      case 'truncate':
        for (const { name } of message.relations) this.#add(name, 'truncate', {});
        return undefined;
      case 'commit':
        return this.#commit(parseLsn(message.commitEndLsn ?? '0/0'));
      default:
        return undefined;
    }
  }

  /** A keepalive: Postgres has sent everything up to `lsn`. */
  keepAlive(lsn: bigint): void {
    if (this.#transaction === null && this.#committed === null) this.#caughtUpTo = lsn;
    this.#onSignal();
  }

  /** End the stream with an error; the first one counts. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#onSignal();
    this.#drained?.();
  }

  /** How long the reader has waited without any message. */
  silentForMs(): number {
    return this.#wake === null ? 0 : performance.now() - this.#lastMessageAt;
  }

  /** Return the next item, to one reader at a time; calling it acknowledges the previous item. */
  async next(): Promise<{ kind: 'started' } | CommittedChanges | CaughtUp> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure.error;
      if (this.#started) {
        this.#started = false;
        return { kind: 'started' };
      }
      if (this.#committed !== null) {
        const committed = this.#committed;
        this.#committed = null;
        this.#drained?.();
        return committed;
      }
      if (this.#caughtUpTo !== null) {
        const upTo = this.#caughtUpTo;
        this.#caughtUpTo = null;
        return { kind: 'caught-up', upTo };
      }
      this.#lastMessageAt = performance.now();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #add(table: string, operation: RowChange['operation'], row: RowChange['row']): void {
    if (this.#transaction === null) return;
    const { number, changes, keys } = this.#transaction;
    const change = { table, operation, row, transaction: number };
    if (this.#keyOf !== null) {
      const key = this.#keyOf(change);
      if (key === null || keys.has(key)) return;
      keys.add(key);
    }
    changes.push(change);
  }

  #commit(upTo: bigint): Promise<void> | undefined {
    if (this.#transaction === null) return undefined;
    const { committedAt, changes } = this.#transaction;
    this.#transaction = null;
    this.#caughtUpTo = null;
    if (this.#keyOf !== null && changes.length === 0 && this.#committed === null) {
      this.#caughtUpTo = upTo; // none of its changes is wanted
      this.#onSignal();
      return undefined;
    }
    this.#committed ??= { kind: 'changes', changes: [], committedAt, upTo };
    for (const change of changes) this.#committed.changes.push(change);
    this.#committed.upTo = upTo;
    this.#onSignal();
    if (this.#committed === null || this.#committed.changes.length < MAX_BUFFERED_CHANGES) return undefined;
    return new Promise((resolve) => (this.#drained = resolve));
  }

  #onSignal(): void {
    this.#lastMessageAt = performance.now();
    this.#wake?.();
    this.#wake = null;
  }
}
