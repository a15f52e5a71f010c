import type { estypes } from '@elastic/elasticsearch';

import type { VersionedDocument } from '../documents/search-document.ts';
import { hasStatus } from '../elasticsearch/client.ts';
import type { EventIndices } from './event-indices.ts';

/** A document that Elasticsearch refuses, however often it is sent. */
interface Rejection {
  eventId: string;
  version: number;
  reason: string;
}

/** What came of documents that were written. */
export interface WriteResult {
  indexed: number;
  /** The index has a newer one. */
  outdated: number;
  rejected: Rejection[];
}

/** An index is gone, or its alias is. */
export class IndexMissing extends Error {
  constructor(reason: string) {
    super(`search index missing: ${reason}`);
    this.name = 'IndexMissing';
  }
}

/** Elasticsearch could not take it now. */
class WriteRefused extends Error {
  constructor(reason: string) {
    super(`search index accepts no writes: ${reason}`);
    this.name = 'WriteRefused';
  }
}

/** Of the body of one request; Elasticsearch takes 100 MB, and 5 to 15 MB fastest. */
const MAX_BULK_CHARACTERS = 5_000_000;
/** A bulk write takes some 50 ms; one that waits longer is refused as a rule. */
const WRITE_TIMEOUT_MS = 30_000;

/**
 * Write documents to indices, by alias; the last one counts: an index of an older mapping, that is about to be replaced, may reject
 * what it does not know. Returns once Elasticsearch has accepted or rejected each; throws if they have to be sent again.
 */
export async function writeDocuments(
  { client }: Pick<EventIndices, 'client'>,
  aliases: readonly string[],
  documents: readonly VersionedDocument[],
  signal?: AbortSignal,
): Promise<WriteResult> {
  const result: WriteResult = { indexed: 0, outdated: 0, rejected: [] };
  for (const lines of inRequests(documents.map(toLine))) {
    const items = await sendEach({ client, aliases, signal }, lines);
    for (const [at, line] of lines.entries()) {
      const outcomes = aliases.map((_alias, number) => outcomeOf(items[at * aliases.length + number]));
      for (const outcome of outcomes) if (outcome.kind === 'failed') throw outcome.error;
      const last = outcomes.at(-1);
      if (last?.kind === 'rejected')
        result.rejected.push({ eventId: line.id, version: line.version, reason: last.reason });
      else if (last?.kind === 'outdated') result.outdated++;
      else result.indexed++;
    }
  }
  return result;
}

/** A document as it is sent. */
interface Line {
  id: string;
  version: number;
  json: string;
}

const toLine = ({ version, document }: VersionedDocument): Line => ({
  id: document.id,
  version,
  json: JSON.stringify({ ...document, version }),
});

function* inRequests(lines: readonly Line[]): Generator<Line[]> {
  let request: Line[] = [];
  let characters = 0;
  for (const line of lines) {
    if (request.length > 0 && characters + line.json.length > MAX_BULK_CHARACTERS) {
      yield request;
      request = [];
      characters = 0;
    }
    request.push(line);
    characters += line.json.length;
  }
  if (request.length > 0) yield request;
}

type Item = estypes.BulkResponseItem;

/** Send lines in one request or, if Elasticsearch refuses it as a whole, each in one of its own. */
async function sendEach(
  request: { client: EventIndices['client']; aliases: readonly string[]; signal: AbortSignal | undefined },
  lines: readonly Line[],
): Promise<Item[]> {
  const { client, aliases, signal } = request;
  const operations = lines.flatMap(({ id, version, json }) =>
    aliases.flatMap((alias) => [
      { index: { _index: alias, _id: id, version, version_type: 'external_gte' as const } },
      json,
    ]),
  );
  try {
    // an alias that is missing must not become an index
    const { items } = await client.bulk(
      { operations: operations as object[], require_alias: true },
      { requestTimeout: WRITE_TIMEOUT_MS, ...(signal && { signal }) },
    );
    return items.map((item) => item.index!);
  } catch (error) {
    // a body that is too large, or no JSON to Elasticsearch
    if (!hasStatus(error, 400, 413)) throw error;
    const [only] = lines;
    if (lines.length > 1) {
      const items: Item[] = [];
      for (const line of lines) items.push(...(await sendEach(request, [line])));
      return items;
    }
    return aliases.map((alias) => ({
      _index: alias,
      _id: only!.id,
      status: error.statusCode,
      error: { type: error.name, reason: error.message },
    }));
  }
}

type Outcome =
  { kind: 'indexed' | 'outdated' } | { kind: 'rejected'; reason: string } | { kind: 'failed'; error: Error };

function outcomeOf(item: Item | undefined): Outcome {
  if (item === undefined) return { kind: 'failed', error: new WriteRefused('the answer is too short') };
  const { status, error } = item;
  if (status < 300) return { kind: 'indexed' };
  if (status === 409) return { kind: 'outdated' };
  const reason = reasonOf(error);
  if (status === 404) return { kind: 'failed', error: new IndexMissing(reason) };
  if (status === 400 || status === 413) return { kind: 'rejected', reason };
  return { kind: 'failed', error: new WriteRefused(`${status} ${reason}`) };
}

/** A reason quotes the value, which may be long. */
const MAX_CAUSE_LENGTH = 200;

/** The reason and its causes, of which the last says which value it was. */
function reasonOf(error: estypes.ErrorCause | undefined): string {
  const parts: string[] = [];
  for (let cause = error; cause !== undefined && parts.length < 5; cause = cause.caused_by)
    parts.push(`${cause.type}: ${cause.reason ?? ''}`.slice(0, MAX_CAUSE_LENGTH));
  return parts.join('; ');
}
