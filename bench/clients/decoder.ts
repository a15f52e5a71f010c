import { LogicalReplicationService, PgoutputPlugin, type Pgoutput } from 'pg-logical-replication';
import postgres from 'postgres';

import { sharedClock } from '../clocks.ts';
import { serveRpc } from '../rpc.ts';

/** Logical decoding of Postgres's log, without any processing of the changes. */
export interface Decoder {
  /** `column`: what tells changed rows apart. */
  start(databaseUrl: string, publication: string, column: string): Promise<void>;
  /** Return the values of the rows changed since the last call, with the arrival of their commit by the shared clock. */
  takeArrivals(): Promise<{ value: string; at: number }[]>;
  stop(): Promise<void>;
}

const SLOT = 'bench_decoder';

let service: LogicalReplicationService;
let sql: postgres.Sql;
let column: string;
const arrivals: { value: string; at: number }[] = [];
let inTransaction: string[] = [];

function onMessage(message: Pgoutput.Message): void {
  if (message.tag === 'update') inTransaction.push(String(message.new[column]));
  if (message.tag !== 'commit') return;
  const at = sharedClock();
  for (const value of inTransaction) arrivals.push({ value, at });
  inTransaction = [];
}

serveRpc<Decoder>({
  async start(databaseUrl, publication, keyColumn) {
    column = keyColumn;
    sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
    await sql`select pg_create_logical_replication_slot(${SLOT}, 'pgoutput')`;
    service = new LogicalReplicationService({ connectionString: databaseUrl });
    service.on('data', (_lsn, message: Pgoutput.Message) => onMessage(message));
    const started = new Promise<void>((resolve, reject) => {
      service.once('start', () => resolve());
      service.once('error', reject);
    });
    const plugin = new PgoutputPlugin({ protoVersion: 1, publicationNames: [publication] });
    service.subscribe(plugin, SLOT).catch(() => {}); // it ends with this process
    await started;
  },
  async takeArrivals() {
    return arrivals.splice(0);
  },
  async stop() {
    await service.destroy();
    while ((await sql`select from pg_replication_slots where slot_name = ${SLOT} and active`).length > 0);
    await sql`select pg_drop_replication_slot(${SLOT})`;
    await sql.end();
  },
});
