import { normalisePunctuation } from '../normalise/normalise-punctuation.ts';
import type { Listing } from './listing.ts';
import { numberOrNull, readCsv, splitList, type DataDirectory } from './read-csv.ts';

// prettier-ignore
const COLUMNS = [
  'id', 'name', 'starts_on', 'ends_on', 'timezone', 'category', 'topics', 'city', 'country_code', 'lat', 'lng', 'also_online',
] as const;

/** Topics that are not written as in the file, with a capital. */
const TOPICS: Record<string, string> = {
  ...{
    android: 'Android',
    api: 'API',
    cfml: 'CFML',
    cpp: 'C++',
    css: 'CSS',
    devops: 'DevOps',
    dotnet: '.NET',
  },
  ...{
    general: 'Technology',
    golang: 'Go, Golang',
    graphql: 'GraphQL',
    ios: 'iOS',
    iot: 'IoT',
    sre: 'SRE',
    ux: 'UX',
  },
  ...{ javascript: 'JavaScript', opensource: 'Open Source', php: 'PHP', typescript: 'TypeScript' },
  'tech-comm': 'Technical Communication',
};

/** Read the conferences, of which the city is known. Their topics are genres. */
export async function* readConferences(directory: DataDirectory): AsyncGenerator<Listing> {
  for await (const row of readCsv(directory, 'events-conferences.csv', COLUMNS)) {
    yield {
      id: row.id,
      name: normalisePunctuation(row.name),
      startsAt: row.starts_on,
      endsAt: row.ends_on === '' ? null : `${row.ends_on}T18:00`,
      category: row.category,
      genre: splitList(row.topics).map(topicName).join(', '),
      series: '',
      venueId: '',
      performerIds: [],
      description: row.also_online === 'true' ? 'Also online.' : '',
      location: {
        city: row.city,
        countryCode: row.country_code,
        latitude: numberOrNull(row.lat),
        longitude: numberOrNull(row.lng),
        timezone: row.timezone,
      },
      price: null,
    };
  }
}

const topicName = (topic: string): string => TOPICS[topic] ?? topic.charAt(0).toUpperCase() + topic.slice(1);
