import { expect, test } from 'vitest';

import { compareSchemas, currentSchema } from '../../scripts/check/schema-changes.ts';

const RELEASED = `
"A concert." type Event { "Its name." name: String! "Its genre." genre: Genre venueName: String }
enum Genre { JAZZ ROCK }
type Query { events("How many." first: Int = 20): [Event!]! }
`;

const changelog = (line: string) =>
  `# Changelog\n\n## Unreleased\n\n- ${line}\n\n## 1.0.0\n\n- \`Event.name\` is new.\n`;
const compare = (change: [from: string, to: string], line = 'Nothing.') => {
  const current = RELEASED.replace(...change);
  expect(current).not.toBe(RELEASED);
  return compareSchemas(RELEASED, current, changelog(line));
};

test.each<[string, [from: string, to: string], coordinate: string]>([
  ['a removed field', ['"Its name." name: String!', ''], 'Event.name'],
  ['a field that becomes nullable', ['name: String!', 'name: String'], 'Event.name'],
  ['a removed argument', ['("How many." first: Int = 20)', ''], 'Query.events.first'],
  ['a required argument', ['first: Int = 20', 'first: Int!'], 'Query.events.first'],
  ['a removed enum value', ['JAZZ ROCK', 'JAZZ'], 'Genre.ROCK'],
])('%s needs a line in the changelog', async (_case, change, coordinate) => {
  const refused = await compare(change);
  expect(refused.problems).toContain(`${coordinate}: `);

  expect((await compare(change, `Breaking: \`${coordinate}\` is gone.`)).problems).toBeNull();
  expect((await compare(change, `**Breaking**: gone is ${coordinate}.`)).problems).toBeNull();
  expect((await compare(change, `\`${coordinate}\` is documented better.`)).problems).toContain(coordinate);
});

test('only the exact coordinate counts', async () => {
  const removed: [string, string] = ['"Its name." name: String!', ''];
  for (const other of ['Event.names', 'PastEvent.name', 'Event.name.length', 'Event'])
    expect((await compare(removed, `Breaking: \`${other}\` is gone.`)).problems).toContain('Event.name');
});

test('a change of the required roles needs a line in the changelog', async () => {
  const schema = (roles: string) => `
    directive @requires(roles: [Role!]!) on OBJECT | FIELD_DEFINITION
    enum Role { FAN ADMIN }
    type Query { viewer: String @requires(roles: ${roles}) }`;
  const { problems } = await compareSchemas(schema('[FAN]'), schema('[ADMIN]'), changelog('Nothing.'));
  expect(problems).toContain('Query.viewer: @requires changed');
  const announced = changelog('Breaking: `Query.viewer` is for admins.');
  const answered = await compareSchemas(schema('[FAN]'), schema('[ADMIN]'), announced);
  expect(answered.problems).toBeNull();
});

test('an addition passes', async () => {
  expect(await compare(['venueName: String', 'venueName: String city: String!'])).toEqual({ problems: null });
});

test('a dangerous change passes with a note', async () => {
  const { problems, note } = await compare(['JAZZ ROCK', 'JAZZ ROCK POP']);
  expect(problems).toBeNull();
  expect(note).toContain('POP');
});

test.each<[string, [from: string, to: string]]>([
  ['changed', ['Its name.', 'The name.']],
  ['removed', ['"Its name." ', '']],
  ['added', ['venueName', '"Of the venue." venueName']],
])('a description may be %s', async (_case, change) => {
  expect(await compare(change)).toEqual({ problems: null });
});

test('a planted breaking change of the current schema is refused, and the unchanged schema passes', async () => {
  const current = currentSchema();
  expect(current).toContain('type Event ');
  const broken = current.replace(/(^type Event .*?^ {2})genre:/ms, '$1kind:');
  expect(broken).not.toBe(current);
  expect((await compareSchemas(current, broken, changelog('Nothing.'))).problems).toContain('Event.genre');
  expect(await compareSchemas(current, current, changelog('Nothing.'))).toEqual({ problems: null });
});
