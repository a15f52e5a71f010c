import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';

/** A data file with a missing column or an invalid row. */
class DataFileError extends Error {
  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file}: ${problem}`, options);
    this.name = 'DataFileError';
  }
}

/** Directory of the data files; `onBytesRead` reports progress. */
export interface DataDirectory {
  path: string;
  onBytesRead?: (bytes: number) => void;
}

/**
 * Stream the rows of a CSV file as text by column. Throws a DataFileError if a column is missing or a row is invalid.
 */
export async function* readCsv<C extends string>(
  directory: DataDirectory,
  file: string,
  columns: readonly C[],
): AsyncGenerator<Record<C, string>> {
  const source = createReadStream(join(directory.path, file));
  source.on('data', (chunk) => directory.onBytesRead?.(chunk.length));
  const parser = parse({
    columns: (header: string[]) => {
      const missing = columns.filter((column) => !header.includes(column));
      if (missing.length > 0) throw new DataFileError(file, `lacks the column ${missing.join(', ')}`);
      return header;
    },
  });
  // errors of both streams are thrown by the iteration of the parser below
  pipeline(source, parser, () => {});
  try {
    for await (const row of parser) yield row as Record<C, string>;
  } catch (error) {
    if (error instanceof DataFileError) throw error;
    throw new DataFileError(file, error instanceof Error ? error.message : 'cannot be read', {
      cause: error,
    });
  }
}

/** A cell, or null if it is empty, which means unknown. */
export const nullIfEmpty = (cell: string): string | null => (cell === '' ? null : cell);

/** A numeric cell, or null if it is empty. */
export const numberOrNull = (cell: string): number | null => (cell === '' ? null : Number(cell));

/** The items of a cell with a list. */
export const splitList = (cell: string): string[] => (cell === '' ? [] : cell.split('|'));
