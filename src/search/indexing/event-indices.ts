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
  /** Documents that the last copy set aside, if they were too many for the index to go live. */
  setAside?: number;
}

export interface EventIndex extends IndexOrigin {
  name: string;
}

/** An index of another mapping, with the alias by which that version finds it. */
export interface OtherIndex extends EventIndex {
  alias: string;
}

/** The index that is searched, the one that is being built, and those of other mappings. */
export interface IndexState {
  live: EventIndex | null;
  next: EventIndex | null;
  /** Without an alias: left by a process that was killed. */
  orphans: string[];
  /** Searched by APIs of other versions. */
  others: OtherIndex[];
  /** Built by workers of other versions. */
  othersNext: OtherIndex[];
}

/** What follows the prefix in the name of an index; without a mapping: before aliases had one. */
const NAME = /^(?:-m\d+)?-\d+-[0-9a-f]{8}$/;
/** Generation of an index that is not kept in step any more. */
const DISOWNED = 'disowned';

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
  readonly #base: string;
  readonly #mapping: number;

  constructor(client: ElasticsearchClient, indexPrefix: string, mapping = MAPPING_VERSION) {
    this.client = client;
    this.live = aliasOf(indexPrefix, mapping);
    this.next = `${this.live}-next`;
    this.#base = `${indexPrefix}events`;
    this.#mapping = mapping;
  }

  async read(): Promise<IndexState> {
    const found = await this.client.indices.get({
      index: `${this.#base}-*`,
      features: ['aliases', 'mappings'],
      allow_no_indices: true,
    });
    const state: IndexState = { live: null, next: null, orphans: [], others: [], othersNext: [] };
    for (const [name, { aliases = {}, mappings }] of Object.entries(found)) {
      if (!NAME.test(name.slice(this.#base.length))) continue; // of a longer prefix
      const index = { ...((mappings?._meta ?? {}) as unknown as IndexOrigin), name };
      const [alias] = Object.keys(aliases);
      if (this.live in aliases) state.live = index;
      else if (this.next in aliases) state.next = index;
      else if (alias === undefined) state.orphans.push(name);
      else (alias.endsWith('-next') ? state.othersNext : state.others).push({ ...index, alias });
    }
    return state;
  }

  /** Create the index that is built next. */
  async create(origin: Omit<IndexOrigin, 'mapping'>): Promise<EventIndex> {
    const name = `${this.live}-${origin.build}-${randomBytes(4).toString('hex')}`;
    const meta = { ...origin, mapping: this.#mapping };
    await this.client.indices.create({
      index: name,
      aliases: { [this.next]: {} },
      settings: { ...INDEX_SETTINGS, refresh_interval: COPY_REFRESH_INTERVAL },
      mappings: { ...MAPPING, _meta: meta },
    });
    return { ...meta, name };
  }

  /** Make an index that was built the one that is searched, and delete those before, in one act. */
  async goLive({ next, replaced }: { next: EventIndex; replaced: readonly EventIndex[] }): Promise<void> {
    const { refresh_interval = '1s' } = INDEX_SETTINGS;
    await this.client.indices.putSettings({ index: next.name, settings: { refresh_interval } });
    await this.client.indices.updateAliases({
      actions: [
        { remove: { index: next.name, alias: this.next, must_exist: true } },
        { add: { index: next.name, alias: this.live } },
        ...replaced.map(({ name }) => ({ remove_index: { index: name } })),
      ],
    });
  }

  /** Delete what a process left that was killed, or has lost the slot. Fails if it goes live at that moment. */
  async deleteUnfinished({ next, orphans, othersNext }: Omit<IndexState, 'live' | 'others'>): Promise<void> {
    const building = [...othersNext, ...(next === null ? [] : [{ name: next.name, alias: this.next }])];
    if (building.length > 0) {
      await this.client.indices.updateAliases({
        actions: building.map(({ name, alias }) => ({ remove: { index: name, alias, must_exist: true } })),
      });
    }
    await this.delete([...orphans, ...building.map(({ name }) => name)]);
  }

  /** Delete indices; those that are gone are passed over. */
  async delete(names: readonly string[]): Promise<void> {
    for (const index of names) await this.client.indices.delete({ index }).catch(unlessMissing);
  }

  /** Have an index of another mapping built again by the next worker of its version, which it may lack changes for from here on. */
  async disown({ name: index, build, mapping }: OtherIndex): Promise<void> {
    await this.client.indices.putMapping({ index, _meta: { build, mapping, generation: DISOWNED } });
  }

  /** Record in the index that is built that it did not go live, for the commands that wait for it. */
  async markRefused(
    { name: index, build, mapping, generation }: EventIndex,
    setAside: number,
  ): Promise<void> {
    await this.client.indices.putMapping({ index, _meta: { build, mapping, generation, setAside } });
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
