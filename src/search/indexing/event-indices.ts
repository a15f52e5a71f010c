import { randomBytes } from 'node:crypto';

import { hasStatus, type ElasticsearchClient } from '../elasticsearch/client.ts';
import { INDEX_SETTINGS, MAPPING, MAPPING_VERSION } from '../elasticsearch/mapping.ts';
import { aliasOf } from '../elasticsearch/search-index.ts';

/** What an index was built from; kept in its mapping. */
export interface IndexOrigin {
  /** The number that was wanted when it was built. */
  build: number;
  /** Of the mapping that it has. */
  mapping: number;
  /** Of the replication slot: with another one, changes may be missing. */
  generation: string;
}

export interface EventIndex extends IndexOrigin {
  name: string;
}

/** The index that is searched, and the one that is being built. */
export interface IndexState {
  live: EventIndex | null;
  next: EventIndex | null;
  /** Without an alias: left by a process that was killed. */
  orphans: string[];
}

/** While an index is copied to, nothing is searched there. */
const COPY_REFRESH_INTERVAL = '60s';

/**
 * The indices of Events of one prefix. `live` and `next` are aliases. A process that builds an index owns the alias `next`: whatever
 * ends the building takes that alias away in the same act, so that of two processes only one can.
 */
export class EventIndices {
  readonly client: ElasticsearchClient;
  /** Alias of the index that is searched. */
  readonly live: string;
  /** Alias of the index that is being built. */
  readonly next: string;

  constructor(client: ElasticsearchClient, indexPrefix: string) {
    this.client = client;
    this.live = aliasOf(indexPrefix);
    this.next = `${this.live}-next`;
  }

  async read(): Promise<IndexState> {
    const found = await this.client.indices.get({
      index: `${this.live}-*`,
      features: ['aliases', 'mappings'],
      allow_no_indices: true,
    });
    const state: IndexState = { live: null, next: null, orphans: [] };
    for (const [name, { aliases = {}, mappings }] of Object.entries(found)) {
      const index = { ...((mappings?._meta ?? {}) as unknown as IndexOrigin), name };
      if (this.live in aliases) state.live = index;
      else if (this.next in aliases) state.next = index;
      else state.orphans.push(name);
    }
    return state;
  }

  /** Create the index that is built next. */
  async create(origin: Omit<IndexOrigin, 'mapping'>): Promise<EventIndex> {
    const name = `${this.live}-${origin.build}-${randomBytes(4).toString('hex')}`;
    const meta = { ...origin, mapping: MAPPING_VERSION };
    await this.client.indices.create({
      index: name,
      aliases: { [this.next]: {} },
      settings: { ...INDEX_SETTINGS, refresh_interval: COPY_REFRESH_INTERVAL },
      mappings: { ...MAPPING, _meta: meta },
    });
    return { ...meta, name };
  }

  /** Make an index that was built the one that is searched, and delete the one before, in one act. */
  async goLive({ live, next }: { live: EventIndex | null; next: EventIndex }): Promise<void> {
    const { refresh_interval = '1s' } = INDEX_SETTINGS;
    await this.client.indices.putSettings({ index: next.name, settings: { refresh_interval } });
    await this.client.indices.updateAliases({
      actions: [
        { remove: { index: next.name, alias: this.next, must_exist: true } },
        { add: { index: next.name, alias: this.live } },
        ...(live === null ? [] : [{ remove_index: { index: live.name } }]),
      ],
    });
  }

  /** Delete what a process left that was killed, or has lost the slot. Fails if it goes live at that moment. */
  async deleteUnfinished({ next, orphans }: IndexState): Promise<void> {
    if (next !== null) {
      await this.client.indices.updateAliases({
        actions: [{ remove: { index: next.name, alias: this.next, must_exist: true } }],
      });
    }
    for (const index of [...orphans, ...(next === null ? [] : [next.name])])
      await this.client.indices.delete({ index }).catch(unlessMissing);
  }

  /** Number of Events that are found in an index; hidden documents do not count. */
  async countVisible(index: string): Promise<number> {
    await this.client.indices.refresh({ index });
    return (await this.client.count({ index, query: { exists: { field: 'endsAt' } } })).count;
  }

  /** The highest version in an index; 0: it is empty. */
  async highestVersion(index: string): Promise<number> {
    await this.client.indices.refresh({ index });
    const { aggregations } = await this.client.search<unknown, { highest: { value: number | null } }>({
      index,
      size: 0,
      aggs: { highest: { max: { field: 'version' } } },
    });
    return aggregations?.highest.value ?? 0;
  }
}

function unlessMissing(error: unknown): void {
  if (!hasStatus(error, 404)) throw error;
}
