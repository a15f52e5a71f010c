import type { estypes } from '@elastic/elasticsearch';

type Property = estypes.MappingProperty;

/** Longer beginnings of words are looked up in the dictionary, where few words share them. */
const MAX_PREFIX_LENGTH = 10;
/** The longest that Elasticsearch indexes. */
const MAX_NAME_PREFIX_LENGTH = 19;

/**
 * Folded words, separated by spaces: nothing is left to analyse. Beginnings are indexed, so that an unfinished word costs as much as
 * a whole one. Without norms, as scores are constant.
 */
const words: Property = {
  type: 'text',
  analyzer: 'whitespace',
  norms: false,
  index_prefixes: { min_chars: 1, max_chars: MAX_PREFIX_LENGTH },
};

/** A text as one term, with its beginnings. */
const whole: Property = {
  type: 'text',
  analyzer: 'keyword',
  norms: false,
  index_options: 'docs',
  index_prefixes: { min_chars: 1, max_chars: MAX_NAME_PREFIX_LENGTH },
};

const keyword: Property = { type: 'keyword' };
const instant: Property = { type: 'date', format: 'strict_date_time' };
/** Of the Event's own time zone, without an offset. */
const localTime: Property = { type: 'date', format: 'strict_date_hour_minute_second' };
/** In the document alone. */
const stored: Property = { type: 'keyword', index: false, doc_values: false };

/** Raised with every change of the mapping, and of what documents say: the index is then built again. */
export const MAPPING_VERSION = 2;

/**
 * Mapping of search documents. Only what the core of Elasticsearch has: no analysis plugin, script or licence is needed. An unknown
 * field is refused.
 */
export const MAPPING: estypes.MappingTypeMapping = {
  dynamic: 'strict',
  properties: {
    id: keyword,
    /** Of the document, as its external version. */
    version: { type: 'long' },
    name: { ...words, fields: { whole } },
    names: words,
    kinds: words,
    description: words,
    foldedName: whole,
    startsAt: instant,
    endsAt: instant,
    startsAtLocal: localTime,
    endsAtLocal: localTime,
    startsOn: { type: 'date', format: 'strict_date' },
    endsOn: { type: 'date', format: 'strict_date' },
    timezone: stored,
    location: { type: 'geo_point' },
    city: keyword,
    country: keyword,
    venueId: keyword,
    performerIds: keyword,
    category: keyword,
    genres: keyword,
    status: keyword,
    currency: keyword,
    lowestPrice: { type: 'long' },
    /** In the main unit of the currency, by which prices of different currencies are sorted. */
    lowestMajorPrice: { type: 'double' },
    highestPrice: { type: 'long' },
    prices: { type: 'long' },
    saleStartsAt: instant,
    saleEndsAt: instant,
    availability: keyword,
    /** Whether a wheelchair-accessible place can be had. */
    accessible: { type: 'boolean' },
    lowestAvailablePrice: { type: 'long' },
    popularity: { type: 'byte' },
  },
};

/** Settings of an index of search documents: 300,000 of them fit one shard, and one shard gives one order. */
export const INDEX_SETTINGS: estypes.IndicesIndexSettings = {
  number_of_shards: 1,
  auto_expand_replicas: '0-1',
  refresh_interval: '1s',
};
