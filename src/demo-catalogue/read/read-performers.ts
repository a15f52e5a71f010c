import { fold } from '../../platform/text/fold.ts';
import { deriveId } from '../derive-id.ts';
import { canonicalId, findDuplicates } from '../normalise/find-duplicate-performers.ts';
import { normalisePunctuation } from '../normalise/normalise-punctuation.ts';
import { nullIfEmpty, readCsv, type DataDirectory } from './read-csv.ts';

const COLUMNS = ['id', 'name', 'kind', 'genre', 'role', 'country_code'] as const;

/** A row of `performers`, before insertion. */
export interface PerformerRecord {
  id: string;
  name: string;
  kind: string;
  genre: string | null;
  role: string | null;
  countryCode: string | null;
  folded: string;
}

/** Performers by their ids in the source. */
export interface PerformerIndex {
  /** Performers to insert, without duplicates. */
  performers: PerformerRecord[];
  /** The Performer for an id of the source; duplicates share one. */
  find(sourceId: string): PerformerRecord | undefined;
  /** The source id of a national team or club, by its name. */
  teamId(name: string): string | undefined;
}

/** Read the Performers. They stay in memory while Events are read: some 3 MB. */
export async function readPerformers(directory: DataDirectory): Promise<PerformerIndex> {
  const rows: Record<(typeof COLUMNS)[number], string>[] = [];
  for await (const row of readCsv(directory, 'performers.csv', COLUMNS)) rows.push(row);

  const duplicates = findDuplicates(rows);
  const bySourceId = new Map<string, PerformerRecord>();
  const teams = new Map<string, string>();
  for (const row of rows) {
    if (duplicates.has(row.id)) continue;
    const name = normalisePunctuation(row.name);
    bySourceId.set(row.id, {
      id: deriveId('performer', row.id),
      name,
      kind: row.kind,
      genre: nullIfEmpty(row.genre),
      role: nullIfEmpty(row.role),
      countryCode: nullIfEmpty(row.country_code),
      folded: fold(name),
    });
    if (row.kind === 'team') teams.set(name, row.id);
  }
  return {
    performers: [...bySourceId.values()],
    find: (sourceId) => bySourceId.get(canonicalId(duplicates, sourceId)),
    teamId: (name) => teams.get(name),
  };
}
