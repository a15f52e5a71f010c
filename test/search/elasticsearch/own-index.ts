import { openElasticsearchClient } from '../../../src/search/elasticsearch/client.ts';
import { INDEX_SETTINGS, MAPPING, MAPPING_VERSION } from '../../../src/search/elasticsearch/mapping.ts';
import { aliasOf, type SearchIndex } from '../../../src/search/elasticsearch/search-index.ts';
import { ownIndexPrefix } from '../../support/elasticsearch.ts';

/** Long enough for a busy machine: tests of answers are not about their time. */
const TIMEOUT_MS = 30_000;

/** An index of a test's own; disposing deletes it. */
export interface OwnIndex extends SearchIndex, AsyncDisposable {
  /** Write documents by their `id`, and make them visible. */
  write(documents: readonly { id: string }[]): Promise<void>;
}

/** Create an empty one. */
export async function ownIndex(url: string, name = aliasOf(ownIndexPrefix())): Promise<OwnIndex> {
  const client = await openElasticsearchClient(url);
  const mappings = { ...MAPPING, _meta: { mapping: MAPPING_VERSION } };
  await client.indices.create({ index: name, mappings, settings: INDEX_SETTINGS });
  return {
    client,
    name,
    timeoutMs: TIMEOUT_MS,
    breaker: { run: (work) => work() },
    async write(documents) {
      for (let from = 0; from < documents.length; from += 1_000) {
        const operations = documents
          .slice(from, from + 1_000)
          .flatMap((document) => [{ index: { _id: document.id } }, document]);
        const { items, errors } = await client.bulk({ index: name, operations });
        if (errors) throw new Error(JSON.stringify(items.find(({ index }) => index?.error)));
      }
      await client.indices.refresh({ index: name });
    },
    async [Symbol.asyncDispose]() {
      await client.indices.delete({ index: name }, { ignore: [404] });
      await client[Symbol.asyncDispose]();
    },
  };
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A document of an Event in so many days. */
export function documentOf(
  id: string,
  name: string,
  { day, names = '', status = 'ANNOUNCED' }: { day: number; names?: string; status?: string },
) {
  const startsAt = new Date(Date.now() + day * DAY_MS);
  const endsAt = new Date(startsAt.getTime() + DAY_MS / 8);
  const instants = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
  const saleEndsAt = status === 'ON_SALE' ? instants.startsAt : null;
  return {
    id,
    name,
    foldedName: name,
    names,
    kinds: 'music',
    description: '',
    ...instants,
    status,
    saleEndsAt,
  };
}
