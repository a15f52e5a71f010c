import pg from 'pg';

import { forgetPreparedStatements } from './prepared-statements.ts';
import { isConnectionUseless, isPlanStale } from './sql-state.ts';

/** A pool that gives up connections which lead to a former primary, and plans of a former schema. */
export class ConnectionPool extends pg.Pool {
  /** All overloads of `pg.Pool.query`. A statement whose plan is stale has had no effect, so it is sent again, once. */
  override query(...given: unknown[]): never {
    const send = () => (super.query as (...args: unknown[]) => unknown)(...given);
    const sent = send();
    if (!(sent instanceof Promise)) return sent as never;
    return sent.catch((error: unknown) => {
      this.learnFrom(error);
      if (isPlanStale(error)) return send();
      throw error;
    }) as never;
  }

  /** Draw the conclusions of an error for the statements that come after it. */
  learnFrom(error: unknown): void {
    if (isPlanStale(error)) forgetPreparedStatements();
    if (isConnectionUseless(error)) this.dropIdle();
  }

  /** Close the connections that no request uses: after a failover they still lead to the former primary. */
  dropIdle(): void {
    for (let left = this.idleCount; left > 0; left--)
      this.connect().then(
        (connection) => connection.release(true),
        () => {}, // none could be opened, so there is none to close
      );
  }
}
