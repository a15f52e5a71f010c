import { once } from 'node:events';
import { OperationTypeNode, type GraphQLSchema } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { buildSchema } from '../../src/app/schema.ts';
import { openLog } from '../../src/platform/telemetry/log.ts';
import { AsyncQueue, openSocket } from '../realtime/transports.ts';
import { openWorld, type World } from '../support/world.ts';
import { manyBadValues, wrongVariables, type Case } from './wrong-kinds.ts';
import { nullVariables, wrongLiterals } from './wrong-literals.ts';

const lines: string[] = [];
let world: World;
let schema: GraphQLSchema;
let token: string;
beforeAll(async () => {
  schema = await buildSchema();
  world = await openWorld({
    log: openLog('warn', { write: (line) => void lines.push(line) }),
    environment: { LIMIT_DIRECTIVES: '1000', LIMIT_TOKENS: '5000' },
  });
  token = await world.token('ada', 'ADMIN');
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(() => expect(lines.splice(0).slice(0, 5)).toEqual([])); // nothing a client sends is worth a warning

/** Sends a request body, and returns the answer as text. */
type Send = (body: string, of: Case) => Promise<string>;

const headers = () => ({ authorization: `Bearer ${token}` });

const overPost: Send = async (body) => {
  const response = await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: { ...headers(), 'content-type': 'application/json' },
    body,
  });
  return response.text();
};

const overGet: Send = async (_body, { query, variables }) => {
  const url = `${world.url}/graphql?${String(new URLSearchParams({ query, variables }))}`;
  return (await fetch(url, { headers: { ...headers(), 'apollo-require-preflight': 'yes' } })).text();
};

const overSse: Send = async (body) => {
  const abort = new AbortController();
  const response = await fetch(`${world.url}/graphql/stream`, {
    method: 'POST',
    headers: { ...headers(), accept: 'text/event-stream', 'content-type': 'application/json' },
    body,
    signal: abort.signal,
  });
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (/event: next\n.*\n\n|"errors"/s.test(text)) break;
  }
  abort.abort();
  return text;
};

/** One socket for all cases: an error ends an operation, not the socket. */
async function openOverWebSocket(): Promise<{ send: Send; close: () => void }> {
  const socket = openSocket(world.url);
  const answers = new AsyncQueue<string>();
  socket.on('message', (data) => answers.push((data as Buffer).toString()));
  socket.on('close', (code) => answers.push(`{"type":"closed","payload":${code}}`));
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: headers() }));
  expect(await answers.take()).toContain('connection_ack');
  let count = 0;
  return {
    async send(body) {
      const id = String(count++);
      socket.send(`{"id":"${id}","type":"subscribe","payload":${body}}`);
      let answer = await answers.take();
      // of an operation before this one: a subscription that ends at once answers and completes
      while (answer.includes('"complete"') && !answer.includes(`"id":"${id}"`)) answer = await answers.take();
      socket.send(JSON.stringify({ id, type: 'complete' }));
      return answer;
    },
    close: () => socket.terminate(),
  };
}

/** Send every case; returns those with an answer that blames the server, or with none. */
async function brokenBy(cases: Case[], send: Send, senders = 4): Promise<string[]> {
  const broken: string[] = [];
  const left = [...cases];
  const sendNext = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      const text = await send(`{"query":${JSON.stringify(next.query)},"variables":${next.variables}}`, next);
      const codes = [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code);
      const isBroken =
        codes.includes('INTERNAL_SERVER_ERROR') || !/"data"|"errors"|"payload"|"code"/.test(text);
      if (isBroken) broken.push(`${next.where}: ${text.slice(0, 300)}`);
      if (text.length > 20_000) broken.push(`${next.where}: an answer of ${text.length} characters`);
    }
  };
  await Promise.all(Array.from({ length: senders }, sendNext));
  return broken.toSorted().slice(0, 10);
}

describe('no value is answered with INTERNAL_SERVER_ERROR or logged as one', () => {
  const KINDS = [
    ['variables of wrong kinds', wrongVariables],
    ['up to 60 bad values', manyBadValues],
    ['literals of wrong kinds', wrongLiterals],
    ['null in places that take none', nullVariables],
  ] as const;

  test.each(KINDS)(
    '%s, by POST',
    async (_name, casesOf) => {
      const cases = casesOf(schema);
      expect(cases.length).toBeGreaterThan(50);
      expect(await brokenBy(cases, overPost)).toEqual([]);
    },
    180_000,
  ); // a request for each field and kind

  test.each(KINDS)('%s, by GET', async (_name, casesOf) => {
    const queries = casesOf(schema).filter(({ operation }) => operation === OperationTypeNode.QUERY);
    const short = queries.filter(({ query, variables }) => query.length + variables.length < 4_000);
    expect(await brokenBy(short, overGet)).toEqual([]);
  });

  test.each(KINDS)('%s, by server-sent events', async (_name, casesOf) => {
    const subscriptions = casesOf(schema).filter(
      ({ operation }) => operation === OperationTypeNode.SUBSCRIPTION,
    );
    expect(subscriptions.length).toBeGreaterThan(0);
    expect(await brokenBy(subscriptions, overSse)).toEqual([]);
  });

  test.each(KINDS)('%s, by WebSocket', async (_name, casesOf) => {
    const subscriptions = casesOf(schema).filter(
      ({ operation }) => operation === OperationTypeNode.SUBSCRIPTION,
    );
    const { send, close } = await openOverWebSocket();
    expect(await brokenBy(subscriptions, send, 1)).toEqual([]);
    close();
  });
});
