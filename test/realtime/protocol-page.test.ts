import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

import { textOf, textsOf } from '../../scripts/check/tree.ts';
import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';
import { QUEUE_POSITION, SEAT_MAP_CHANGED } from '../../src/client/index.ts';
import { Environment } from '../../src/platform/config/environment.ts';
import { CLOSE_CODES } from '../../src/realtime/index.ts';

const PAGE = textOf('docs/realtime-protocol.md');
const section = (title: string) => PAGE.split(new RegExp(`^#+ ${title}$`, 'm'))[1]!.split(/^#/m)[0]!;
const blocks = (language: string) =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text!);

test('the page has a row for every close code, and for nothing else', () => {
  const documented = [...section('Close codes').matchAll(/^\| (\d{4}) /gm)].map(([, code]) => Number(code));
  expect(documented).toEqual(Object.values(CLOSE_CODES).toSorted((a, b) => a - b));
});

test('the page lists the limits with their defaults', () => {
  const rows = [...section('Limits').matchAll(/^\| `(\w+)` +\| (\S+) /gm)];
  expect(rows.length).toBeGreaterThan(5);
  const defaults = Environment.parse({}) as Record<string, string | number | undefined>;
  for (const [, name, value] of rows) expect(`${name} ${value}`).toBe(`${name} ${defaults[name!] ?? 'none'}`);
});

test('the operations on the page are valid, and the subscription is that of the client', () => {
  const schema = buildSchema([...textsOf(SCHEMA_FILES).values()].join('\n'), { assumeValidSDL: true });
  const queries = blocks('graphql');
  expect(queries).toHaveLength(3);
  for (const query of queries) expect(validate(schema, parse(query))).toEqual([]);
  const words = (query: string) => query.match(/\S+/g)!.toSorted();
  expect(words(queries[0]!)).toEqual(words(SEAT_MAP_CHANGED));
  expect(words(queries[1]!)).toEqual(words(QUEUE_POSITION));
});

test('the results on the page are JSON', () => {
  const results = blocks('json').map((text) => JSON.parse(text) as { data: { seatMapChanged: object } });
  expect(results.map(({ data }) => data.seatMapChanged)).toMatchObject([
    { __typename: 'SeatMap' },
    { __typename: 'SeatMapDelta' },
  ]);
});
