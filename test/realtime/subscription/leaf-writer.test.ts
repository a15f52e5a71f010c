import fc from 'fast-check';
import { execute, getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';

import { buildSchema } from '../../../src/app/schema.ts';
import { leafWriter, plainFieldsOf } from '../../../src/realtime/subscription/leaf-writer.ts';
import { shapeOf } from '../../../src/realtime/subscription/operation-shape.ts';

const schema = await buildSchema();
const update = {
  __typename: 'QueueStatus',
  cursor: 'q1.1.7.x',
  isForOneViewer: true,
  state: 'ADMITTED',
  entry: 'an "entry"',
  token: 'q1.1.7.x',
  place: 7,
  peopleAhead: null,
  minWaitSeconds: null,
  maxWaitSeconds: 0,
  opensAt: new Date('2027-01-01T00:00:00Z'),
  pass: 'p1',
  visitEndsAt: new Date('2027-01-01T00:10:00.5Z'),
  secondsLeft: 600,
} as const;

function leavesOf(query: string) {
  const document = parse(query);
  const checked = { document, bytes: 0, operation: getOperationAST(document)!, variables: {}, weight: 1 };
  return shapeOf(schema, checked)!.leaves;
}

const fields = ['state', 'entry', 'token', 'place', 'peopleAhead', 'minWaitSeconds', 'maxWaitSeconds', 'opensAt', 'pass',
  'visitEndsAt', 'secondsLeft', '__typename', 'again: place', '... on QueueStatus { peopleAhead state }', 'left: secondsLeft @skip(if: true)']; // prettier-ignore

test('a result that is written from the fields is that of an execution', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...fields), { minLength: 1, maxLength: 12 }),
      fc.constantFrom('', 'mine: '),
      (selection, alias) => {
        const query = `subscription { ${alias}queuePosition(event: "x") { ${selection.join(' ')} __typename } }`;
        const executed = execute({ schema, document: parse(query), rootValue: { queuePosition: update } });
        const written = leafWriter(schema, plainFieldsOf(schema), leavesOf(query)!)!(update);
        expect(written).toBe(JSON.stringify(executed));
      },
    ),
  );
});

test('a value that the schema refuses is left to the execution, which reports it', () => {
  const write = leafWriter(
    schema,
    plainFieldsOf(schema),
    leavesOf('subscription { queuePosition(event: "x") { state place } }')!,
  )!;
  expect(write({ ...update, place: 1.5 } as never)).toBeNull();
  expect(write({ ...update, state: null } as never)).toBeNull();
  expect(write({ ...update, __typename: 'SeatMap' })).toBeNull();
});

test('updates with objects in them are executed', () => {
  expect(leavesOf('subscription { seatMapChanged(event: "x") { __typename } }')).toBeNull();
});
