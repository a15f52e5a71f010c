import { randomBytes } from 'node:crypto';
import { eq, isNull, sql } from 'drizzle-orm';

import { ADVISORY_LOCKS } from './advisory-locks.ts';
import { named } from './named.ts';
import type { Db, DbOrTx } from './pool.ts';
import { replicationSlots } from './tables.ts';

/** A permanent slot that can be read. */
export interface Slot {
  name: string;
  /** The position acknowledged last. */
  confirmed: string;
  /** Set if this call created it: the first of the database, or a replacement of a lost one. Changes before it are lost. */
  created: 'first' | 'replacement' | null;
}

/** The database is not migrated yet. A slot created before its publication could never be read. */
class PublicationMissing extends Error {
  constructor(publication: string) {
    super(`publication ${publication} is missing: the database has not been migrated`);
    this.name = 'PublicationMissing';
  }
}

/**
 * Find the slot of this database for publications, the first of which names it, and create it if it is missing or lost: Postgres invalidates a slot that
 * would retain more of the log than `max_slot_wal_keep_size`. Slots belong to the server, so the name ends in the oid of the
 * database.
 */
export async function ensureSlot(db: Db, publications: readonly string[]): Promise<Slot> {
  const [publication = ''] = publications;
  const found = await findSlot(db, publication, publications);
  if (found.missing !== null) throw new PublicationMissing(found.missing);
  if (isUsable(found)) return { name: found.name, confirmed: found.confirmed, created: null };
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local lock_timeout = 0`); // creating a slot waits for all open transactions that have written
    await tx.execute(
      sql`/* replication.lockSlots */ select pg_advisory_xact_lock(${ADVISORY_LOCKS.replicationSlots})`,
    );
    const { name, ...slot } = await findSlot(tx, publication); // another worker may have created it meanwhile
    if (isUsable(slot)) return { name, confirmed: slot.confirmed, created: null };
    // Outside of `tx`, as the transaction that creates a slot must not have written. The generation stays null until the
    // reader names it: after a crash in between, data derived from the old slot does not count as complete.
    const [noted] = await named(db, 'replication.recordSlot')
      .insert(replicationSlots)
      .values({ name, generation: null })
      .onConflictDoUpdate({ target: replicationSlots.name, set: { generation: null } })
      .returning({ isFirst: sql<boolean>`xmax = 0` }); // inserted, not updated
    if (slot.confirmed !== null)
      await tx.execute(sql`/* replication.dropSlot */ select pg_drop_replication_slot(${name})`);
    await tx.execute(
      sql`/* replication.createSlot */ select pg_create_logical_replication_slot(${name}, 'pgoutput')`,
    );
    const newSlot = await findSlot(tx, publication);
    if (!isUsable(newSlot)) throw new Error(`replication slot ${name} is unusable right after its creation`);
    return { name, confirmed: newSlot.confirmed, created: noted!.isFirst ? 'first' : 'replacement' };
  });
}

/** Name the generation of a slot. Only for its reader: while the slot is read, it cannot be created again. */
export async function nameGeneration(db: Db, name: string): Promise<string> {
  const [first] = await named(db, 'replication.nameGeneration')
    .insert(replicationSlots)
    .values({ name, generation: randomBytes(6).toString('base64url') })
    .onConflictDoUpdate({
      target: replicationSlots.name,
      set: { generation: sql`excluded.generation` },
      setWhere: isNull(replicationSlots.generation),
    })
    .returning({ generation: replicationSlots.generation });
  if (first?.generation != null) return first.generation;
  const [known] = await named(db, 'replication.readGeneration')
    .select()
    .from(replicationSlots)
    .where(eq(replicationSlots.name, name));
  if (known?.generation == null) throw new Error(`replication slot ${name} is being recreated`);
  return known.generation;
}

/** Bytes of write-ahead log that Postgres retains for the slot. Null: no slot. */
export async function readSlotLag(
  db: Db,
  publication: string,
): Promise<{ name: string; bytes: number } | null> {
  const { name, lag } = await findSlot(db, publication);
  return lag === null ? null : { name, bytes: lag };
}

async function findSlot(db: DbOrTx, publication: string, publications: readonly string[] = []) {
  const {
    rows: [row],
  } = await db.execute<{
    name: string;
    missing: string | null;
    confirmed: string | null;
    isLost: boolean;
    lag: number | null;
  }>(sql`
    /* replication.findSlot */
    select
      wanted.name,
      (
        select min(expected.name) from unnest(${sql.param(publications)}::text[]) as expected (name)
        where not exists (select 1 from pg_publication where pubname = expected.name)
      ) as missing,
      slot.confirmed_flush_lsn::text as confirmed,
      coalesce(slot.wal_status = 'lost', false) as "isLost",
      pg_wal_lsn_diff(pg_current_wal_lsn(), slot.confirmed_flush_lsn)::float8 as lag
    from (
      select ${publication}::text || '_' || oid as name from pg_database where datname = current_database()
    ) wanted
    left join pg_replication_slots slot on slot.slot_name = wanted.name`);
  return row!;
}

function isUsable<T extends { confirmed: string | null; isLost: boolean }>(
  slot: T,
): slot is T & { confirmed: string } {
  return slot.confirmed !== null && !slot.isLost;
}
