import type { estypes } from '@elastic/elasticsearch';

import type { Db } from '../../platform/db/pool.ts';
import { pause } from '../../platform/pause.ts';
import { MAX_EVENTS_PER_READ } from '../documents/read-documents.ts';
import { isVisible, type HiddenDocument, type SearchDocument } from '../documents/search-document.ts';
import { listEventIds } from './event-ids.ts';
import type { EventIndices } from './event-indices.ts';
import { readEach } from './read-each.ts';

/**
 * How index and database differ at an Event.
 *
 * missing    it is not in the index
 * surplus    it is in the index, and does not exist or is a draft
 * different  fields of its document are others
 * unmade     its rows make no document
 */
interface Difference {
  eventId: string;
  kind: 'missing' | 'surplus' | 'different' | 'unmade';
  /** Of `different`. */
  fields: string[];
}

export interface CheckResult {
  /** Events that were compared. */
  events: number;
  differences: Difference[];
}

/** What is being written now is compared again until it is the same, or for so long: sales are indexed every 5 s. */
const DEFAULT_SETTLE_MS = 15_000;
const RECHECK_INTERVAL_MS = 1_000;
/** Documents of one answer of Elasticsearch. */
const MAX_HITS = 1_000;
/** Differences beyond it are not looked for: all of the index is wrong. */
const MAX_DIFFERENCES = 10_000;

/** Compare the live index with the database, document by document, both in order of id and in batches. */
export async function checkIndex(
  parts: { db: Db; indices: EventIndices },
  { settleMs = DEFAULT_SETTLE_MS, signal }: { settleMs?: number; signal?: AbortSignal } = {},
): Promise<CheckResult> {
  const { db, indices } = parts;
  await indices.client.indices.refresh({ index: indices.live });
  const found: Difference[] = [];
  let events = 0;
  let after: string | null = null;
  do {
    signal?.throwIfAborted();
    const { ids, next }: Awaited<ReturnType<typeof listEventIds>> = await listEventIds(
      db,
      after,
      MAX_EVENTS_PER_READ,
    );
    events += ids.length;
    const indexed = await readIndexed(indices, { after, upTo: next });
    found.push(...(await compare(db, ids, indexed)));
    after = next;
  } while (after !== null && found.length < MAX_DIFFERENCES);
  return { events, differences: await recheck(parts, found, settleMs, signal) };
}

/** Compare Events that differed again, until none does or the time is over. */
async function recheck(
  { db, indices }: { db: Db; indices: EventIndices },
  found: Difference[],
  settleMs: number,
  signal?: AbortSignal,
): Promise<Difference[]> {
  const until = performance.now() + settleMs;
  let differences = found;
  while (differences.length > 0 && performance.now() < until) {
    await pause(RECHECK_INTERVAL_MS, signal);
    await indices.client.indices.refresh({ index: indices.live });
    const remaining: Difference[] = [];
    for (let from = 0; from < differences.length; from += MAX_EVENTS_PER_READ) {
      const ids = differences.slice(from, from + MAX_EVENTS_PER_READ).map(({ eventId }) => eventId);
      remaining.push(...(await compare(db, ids, await readIndexed(indices, { ids }))));
    }
    differences = remaining;
  }
  return differences;
}

/** Visible documents of the live index, by id: those in a range, or some. */
async function readIndexed(
  { client, live }: EventIndices,
  wanted: { after: string | null; upTo: string | null } | { ids: readonly string[] },
): Promise<Map<string, SearchDocument>> {
  const condition =
    'ids' in wanted
      ? { terms: { id: [...wanted.ids] } }
      : {
          range: {
            id: {
              ...(wanted.after !== null && { gt: wanted.after }),
              ...(wanted.upTo !== null && { lte: wanted.upTo }),
            },
          },
        };
  const documents = new Map<string, SearchDocument>();
  const query = { bool: { filter: [condition, { exists: { field: 'endsAt' } }] } };
  let after: string[] = [];
  for (;;) {
    const { hits }: estypes.SearchResponse<SearchDocument> = await client.search<SearchDocument>({
      ...{ index: live, query, size: MAX_HITS, track_total_hits: false },
      sort: [{ id: 'asc' }],
      ...(after.length > 0 && { search_after: after }),
    });
    for (const { _source: source } of hits.hits) if (source !== undefined) documents.set(source.id, source);
    if (hits.hits.length < MAX_HITS) return documents;
    after = [hits.hits.at(-1)!._source!.id];
  }
}

async function compare(
  db: Db,
  eventIds: readonly string[],
  indexed: ReadonlyMap<string, SearchDocument>,
): Promise<Difference[]> {
  const { documents, failed } = await readEach(db, eventIds);
  const differences = failed.map(({ eventId }): Difference => ({ eventId, kind: 'unmade', fields: [] }));
  const known = new Set(eventIds);
  for (const { document } of documents) {
    const difference = differenceOf(document, indexed.get(document.id));
    if (difference !== null) differences.push(difference);
  }
  for (const eventId of indexed.keys())
    if (!known.has(eventId)) differences.push({ eventId, kind: 'surplus', fields: [] });
  return differences;
}

function differenceOf(
  expected: SearchDocument | HiddenDocument,
  found: SearchDocument | undefined,
): Difference | null {
  const eventId = expected.id;
  if (!isVisible(expected)) return found === undefined ? null : { eventId, kind: 'surplus', fields: [] };
  if (found === undefined) return { eventId, kind: 'missing', fields: [] };
  const inIndex: Record<string, unknown> = { ...found, version: undefined };
  const inDatabase: Record<string, unknown> = { ...expected, version: undefined };
  const fields = Object.keys({ ...inDatabase, ...inIndex }).filter(
    (field) => JSON.stringify(inIndex[field]) !== JSON.stringify(inDatabase[field]),
  );
  return fields.length === 0 ? null : { eventId, kind: 'different', fields };
}
