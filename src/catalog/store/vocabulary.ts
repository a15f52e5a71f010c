import { sql } from 'drizzle-orm';

import type { Tx } from '../../platform/db/pool.ts';
import type { EventTexts } from '../event-texts.ts';

/**
 * Words of Events for the vocabulary of spelling correction. Those that only descriptions have are marked: they are known, and what
 * people mistype is more often a name.
 */
export interface NewWords {
  add(texts: EventTexts): void;
  /** Add them to the vocabulary. */
  insert(tx: Tx): Promise<void>;
}

/** Collect words of Events. */
export function collectWords(): NewWords {
  const labels = new Set<string>();
  const described = new Set<string>();
  return {
    add({ name, names, kinds, description }) {
      for (const word of [...name, ...names, ...kinds]) labels.add(word);
      for (const word of description) described.add(word);
    },
    insert: (tx) => insertWords(tx, labels, described.difference(labels)),
  };
}

/** Sorted, so that transactions that write the same words lock them in one order and cannot deadlock. */
async function insertWords(
  tx: Tx,
  labels: ReadonlySet<string>,
  describedOnly: ReadonlySet<string>,
): Promise<void> {
  const words = [...labels, ...describedOnly];
  if (words.length === 0) return;
  const areDescribed = words.map((word) => describedOnly.has(word));
  await tx.execute(sql`
    /* catalog.addWords */
    insert into event_words (word, described_only)
    select word, described_only
    from unnest(${sql.param(words)}::text[], ${sql.param(areDescribed)}::boolean[]) as added(word, described_only)
    order by word
    on conflict do nothing`);
  await tx.execute(sql`
    /* catalog.markNamedWords */
    update event_words set described_only = false
    where word in (
      select word from event_words where word = any(${sql.param([...labels])}::text[]) and described_only
      order by word for no key update
    )`);
}
