import type { Pgoutput } from 'pg-logical-replication';

import { parseLsn } from './lsn.ts';

/** A row as it is after a change: the columns that are published. */
export interface RowChange {
  table: string;
  row: Record<string, unknown>;
  /** The number of the transaction, of 32 bits. */
  transaction: number;
}

/** What whole transactions did, in the order of their commits. */
export interface CommittedChanges {
  kind: 'changes';
  changes: RowChange[];
  /** When the first of them was committed. */
  committedAt: Date;
  upTo: bigint;
}

/** Everything up to here has come and been done; there is no more at the moment. */
export interface CaughtUp {
  kind: 'caught-up';
  upTo: bigint;
}

/** More changes than these are left in the connection until the reader has taken some. */
const WAITING_AT_MOST = 5_000;

/**
 * Where a replication connection puts what it hears, and its reader takes it from. Transactions come out whole; those that
 * came while the reader was busy come out together.
 */
export class ReplicationInbox {
  #transaction: { number: number; committedAt: Date; changes: RowChange[] } | null = null;
  #committed: CommittedChanges | null = null;
  #caughtUpTo: bigint | null = null;
  #started = false;
  #failure: { error: unknown } | null = null;
  #wake: (() => void) | null = null;
  #drained: (() => void) | null = null;
  #heardAt = performance.now();

  /** The slot is ours. */
  start(): void {
    this.#started = true;
    this.#heard();
  }

  /** Take in a message; when too much waits, the promise resolves once it does not. */
  receive(message: Pgoutput.Message): Promise<void> | undefined {
    this.#heardAt = performance.now();
    switch (message.tag) {
      case 'begin':
        this.#transaction = {
          number: message.xid >>> 0,
          committedAt: new Date(Number((message.commitTime as bigint) / 1_000n)),
          changes: [],
        };
        return undefined;
      case 'insert':
      case 'update':
        this.#transaction?.changes.push({
          table: message.relation.name,
          row: message.new,
          transaction: this.#transaction.number,
        });
        return undefined;
      case 'commit':
        return this.#commit(parseLsn(message.commitEndLsn ?? '0/0'));
      default:
        return undefined;
    }
  }

  /** Postgres has read its log up to here, and sent what there was to send. */
  keepAlive(lsn: bigint): void {
    if (this.#transaction === null && this.#committed === null) this.#caughtUpTo = lsn;
    this.#heard();
  }

  /** There will be no more; the first reason counts. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#heard();
    this.#drained?.();
  }

  /** For how long the reader has waited for a sign of life. */
  silentForMs(): number {
    return this.#wake === null ? 0 : performance.now() - this.#heardAt;
  }

  /** Take out the next item. One reader at a time; asking means that the last item is done. */
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
      this.#heardAt = performance.now();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #commit(upTo: bigint): Promise<void> | undefined {
    if (this.#transaction === null) return undefined;
    const { committedAt, changes } = this.#transaction;
    this.#transaction = null;
    this.#caughtUpTo = null;
    this.#committed ??= { kind: 'changes', changes: [], committedAt, upTo };
    for (const change of changes) this.#committed.changes.push(change);
    this.#committed.upTo = upTo;
    this.#heard();
    if (this.#committed === null || this.#committed.changes.length < WAITING_AT_MOST) return undefined;
    return new Promise((resolve) => (this.#drained = resolve));
  }

  #heard(): void {
    this.#heardAt = performance.now();
    this.#wake?.();
    this.#wake = null;
  }
}
