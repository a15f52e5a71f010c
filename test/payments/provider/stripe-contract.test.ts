import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { ROOT } from '../../../scripts/check/tree.ts';
import { openStripe } from '../../../src/payments/provider/stripe.ts';
import { startStripeEmulator } from '../../../src/stripe-emulator/index.ts';
import { startRecordingProxy, type Passed } from '../../support/recording-proxy.ts';
import { emulatorControl } from '../../support/stripe-control.ts';
import { startStripeMock, withStripeMock } from '../../support/stripe-mock.ts';
import { callEverything, endpointOf, ENDPOINTS, mistakes } from './stripe-calls.ts';
import {
  ADDED_FIELDS,
  FIELDS_READ,
  OPTIONAL_FIELDS,
  REMOVED_PARAMS,
  VERSIONS,
  type ObjectKind,
} from './stripe-differences.ts';

/** A key that both servers accept. */
const SECRET_KEY = 'sk_test_emulator';

interface Server {
  url: string;
  exchanges: Passed[];
}

/** Parameters of a request, of its body or its query. */
const formOf = ({ path, body }: Passed): string => body || (path.split('?')[1] ?? '');

interface Answer {
  status: number;
  body: { error?: { type: string; message: string } };
}

/** Send a request to a server, without the SDK, which refuses some mistakes itself. */
async function send({ url }: Server, { method, path: full }: Passed, form: string): Promise<Answer> {
  const [path] = full.split('?', 1);
  const inBody = method === 'POST';
  const response = await fetch(`${url}${path}${inBody ? '' : `?${form}`}`, {
    method,
    headers: {
      authorization: `Bearer ${SECRET_KEY}`,
      ...(inBody ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(inBody ? { body: form } : {}),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

/** Methods of the SDK that the code of the provider calls. */
function callsInCode(): string[] {
  const files = globSync('src/payments/provider/*.ts', { cwd: ROOT });
  const text = files.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  const calls = [...text.matchAll(/\bstripe\s*\.(\w+)\s*\.(\w+)\(/g)];
  return [...new Set(calls.map(([, resource, method]) => `${resource}.${method}`))];
}

type Fields = Record<string, unknown>;

/** The objects of a response, of a list each of them, with what it carries in full. */
function objectsIn(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (value === null || typeof value !== 'object') return [];
  const { object } = value as Fields;
  const here = typeof object === 'string' && object in FIELDS_READ ? [value as Fields] : [];
  return [...here, ...Object.values(value).flatMap(objectsIn)];
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

await withStripeMock(() => {
  const stack = new AsyncDisposableStack();
  let mock: Server;
  let emulator: Server;
  beforeAll(async () => {
    const record = async (
      target: string,
      dispute: (intentId: string) => Promise<string>,
    ): Promise<Server> => {
      const proxy = stack.use(await startRecordingProxy(target));
      const access = { secretKey: SECRET_KEY, webhookSecret: 'whsec_none', apiUrl: proxy.url };
      await callEverything(openStripe(access), dispute);
      return { url: target, exchanges: proxy.passed };
    };
    const program = stack.use(await startStripeMock());
    mock = await record(program.url, async () => 'du_1'); // any id has a dispute there
    const own = stack.use(await startStripeEmulator({ secretKey: SECRET_KEY }));
    const control = emulatorControl(own);
    emulator = await record(own.url, async (intent) => (await control.dispute(intent)).id);
  });
  afterAll(() => stack.disposeAsync());

  test('every call of the SDK in the code is made, and Stripe’s description takes it', () => {
    expect(callsInCode().toSorted()).toEqual(Object.keys(ENDPOINTS).toSorted());
    const reached = new Set(mock.exchanges.map(endpointOf));
    expect([...reached].toSorted()).toEqual(Object.values(ENDPOINTS).toSorted());
    for (const { method, path, status, answer, version } of mock.exchanges) {
      expect(status, `${method} ${path}: ${JSON.stringify(answer)}`).toBe(200);
      expect(version).toBe(VERSIONS.sdk);
    }
  });

  test('the emulator takes the same calls', () => {
    expect(emulator.exchanges.map(endpointOf)).toEqual(mock.exchanges.map(endpointOf));
    expect(emulator.exchanges.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test('what the emulator answers has the fields of Stripe’s description, and each that the code reads', () => {
    const seen = new Set<string>();
    const [described, emulated] = [mock, emulator].map(({ exchanges }) =>
      exchanges.flatMap(({ answer }) => objectsIn(answer)),
    ) as [Fields[], Fields[]];
    for (const object of emulated) {
      const kind = object['object'] as ObjectKind;
      const theirs = described.find((other) => other['object'] === kind)!;
      seen.add(kind);
      const [own, other] = [Object.keys(object), Object.keys(theirs)];
      expect(own.filter((name) => !(name in theirs)).toSorted(), `more than a ${kind}`).toEqual(
        ADDED_FIELDS[kind],
      );
      expect(other.filter((name) => !(name in object)).toSorted(), `less than a ${kind}`).toEqual(
        OPTIONAL_FIELDS[kind],
      );
      expect(own).toEqual(expect.arrayContaining(FIELDS_READ[kind]));
      expect(other).toEqual(expect.arrayContaining(FIELDS_READ[kind]));
      for (const name of FIELDS_READ[kind]) {
        const kinds = [kindOf(object[name]), kindOf(theirs[name])];
        // an object that may be expanded is an id on one side
        if (!kinds.includes('null') && name !== 'payment_intent')
          expect(kinds[0], `${kind}.${name}`).toBe(kinds[1]);
      }
    }
    expect([...seen].toSorted()).toEqual(Object.keys(FIELDS_READ).toSorted());
  });

  test('the emulator refuses every mistake that Stripe’s description refuses, by the same type of error', async () => {
    const laxer: string[] = [];
    let refused = 0;
    for (const [index, exchange] of mock.exchanges.entries()) {
      const same = emulator.exchanges[index]!;
      const forms = mistakes(formOf(same));
      for (const [number, form] of mistakes(formOf(exchange)).entries()) {
        const expected = await send(mock, exchange, form);
        if (expected.status !== 400) continue; // taken, or 500: stripe-mock has no example of what is to be expanded
        refused++;
        const { status, body } = await send(emulator, same, forms[number]!);
        if (status !== 400 || body.error?.type !== expected.body.error?.type)
          laxer.push(`${endpointOf(exchange)} ${form}: ${status}; ${expected.body.error?.message}`);
      }
    }
    expect(laxer).toEqual([]);
    expect(refused).toBeGreaterThan(100);
  });

  test('of parameters that only stripe-mock takes, the emulator takes none', async () => {
    const create = { exchange: mock.exchanges[0]!, form: 'amount=500&currency=eur' };
    for (const name of REMOVED_PARAMS) {
      const form = `${create.form}&${name}[0]=card`;
      expect((await send(mock, create.exchange, form)).status).toBe(200);
      expect(await send(emulator, create.exchange, form)).toMatchObject({
        status: 400,
        body: { error: { code: 'parameter_unknown', param: name } },
      });
    }
  });
});
