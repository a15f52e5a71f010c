import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';

/** A data file that is not what it should be. */
class DataFileError extends Error {
  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file}: ${problem}`, options);
    this.name = 'DataFileError';
  }
}

/** Where the data files are, and who wants to know how much of them was read. */
export interface DataDirectory {
  path: string;
  onBytesRead?: (bytes: number) => void;
}

/**
 * Read a CSV file row by row, as text by column; never more of it in memory than a few buffers.
 * Throws a DataFileError if a column is missing, or a row is broken.
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
  // an error of either stream comes out of the parser's iteration below
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

/** A cell, or null where it is empty: the catalogue's way to say unknown. */
export const nullIfEmpty = (cell: string): string | null => (cell === '' ? null : cell);

/** A number, or null where the cell is empty. */
export const numberOrNull = (cell: string): number | null => (cell === '' ? null : Number(cell));

/** The parts of a cell that holds a list. */
export const splitList = (cell: string): string[] => (cell === '' ? [] : cell.split('|'));
