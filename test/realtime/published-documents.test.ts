import { buildSchema, getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';

import { textsOf } from '../../scripts/check/tree.ts';
import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';
import { PUBLISHED_DOCUMENTS } from '../../src/realtime/published-documents.ts';
import { shapeOf } from '../../src/realtime/subscription/operation-shape.ts';

const schema = buildSchema([...textsOf(SCHEMA_FILES).values()].join('\n'), { assumeValidSDL: true });

function keyOf(query: string): string {
  const document = parse(query);
  const checked = { document, bytes: 0, operation: getOperationAST(document)!, variables: {}, weight: 1 };
  return shapeOf(schema, checked)!.key;
}

/** Subscriptions in code blocks, and in the JSON of commands. */
function subscriptionsOf(page: string): string[] {
  const blocks = [...page.matchAll(/^```graphql\n(subscription.*?)^```/gms)].map(([, text]) => text!);
  const inJson = [...page.matchAll(/"query": ?("subscription[^{"]*\{(?:[^"\\]|\\.)*")/g)].map(
    ([, text]) => JSON.parse(text!) as string,
  );
  return [...blocks, ...inJson];
}

test('the documents that no limit refuses are those of README and docs', () => {
  const pages = [...textsOf('*.md', 'docs/**/*.md').values()];
  const shown = pages.flatMap(subscriptionsOf);
  const mentions = pages.flatMap(
    (page) =>
      page.match(
        /(seatMapChanged|queuePosition|waitingRoomFigures|waitingRoomAdmissions|eventSalesChanged)\(/g,
      ) ?? [],
  );
  expect(shown).toHaveLength(mentions.length); // none is written in a way that is not found
  expect(new Set(shown.map(keyOf))).toEqual(new Set(PUBLISHED_DOCUMENTS.map(keyOf)));
});
