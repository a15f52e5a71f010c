import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Kinds of queries, in the order of the tables. */
export const KINDS = [
  'exact',
  'typo',
  'two typos',
  'prefix',
  'accent',
  'plural',
  'synonym',
  'place',
  'date',
  'two fields',
  'script',
  'number',
  'nothing',
] as const;
export type Kind = (typeof KINDS)[number];

/** One half to tune on, one that nothing is ever tuned on. */
export const HALVES = ['tune', 'blind'] as const;
export type Half = (typeof HALVES)[number];

/** A phrase, several of which one has to occur, or several that all have to. */
const text = z.union([z.string(), z.array(z.string()), z.strictObject({ all: z.array(z.string()) })]);
export type TextRule = z.infer<typeof text>;

/** Conditions on an Event, all of which have to hold; see README.md. */
const rule = z.strictObject({
  name: text.optional(),
  performers: text.optional(),
  venue: text.optional(),
  city: text.optional(),
  description: text.optional(),
  series: text.optional(),
  genre: text.optional(),
  category: z.union([z.string(), z.array(z.string())]).optional(),
  country: z.string().length(2).optional(),
  /** A local day, or a range of them that the Event overlaps: `2026-12-05..2026-12-06`. */
  day: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d(\.\.\d{4}-\d\d-\d\d)?$/)
    .optional(),
});
export type Rule = z.infer<typeof rule>;

const judgedQuery = z.strictObject({
  kind: z.enum(KINDS),
  query: z.string(),
  /** It was named before there was a set, and developers know it. */
  known: z.boolean().default(false),
  /** What is meant, where the words leave it open. */
  meant: z.string().optional(),
  perfect: z.array(rule).default([]),
  good: z.array(rule).default([]),
  marginal: z.array(rule).default([]),
});
export type JudgedQuery = z.infer<typeof judgedQuery>;

/** Read the queries of a half. */
export async function readQueries(half: Half): Promise<JudgedQuery[]> {
  const file = join(import.meta.dirname, 'queries', `${half}.jsonl`);
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => judgedQuery.parse(JSON.parse(line)));
}

/** Of the numbers from 0 the first that gives halves which differ by two queries of a kind at most. */
const SALT = 60086;

/** The half of a query: by its hash alone, so that a new query moves no other; known ones are in the half to tune on. */
export const halfOf = ({ query, known }: Pick<JudgedQuery, 'query' | 'known'>): Half =>
  known ? 'tune' : HALVES[createHash('sha256').update(`${SALT} ${query}`).digest()[0]! & 1]!;
