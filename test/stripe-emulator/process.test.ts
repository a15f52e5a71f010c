import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startStripeEmulator } from '../../src/stripe-emulator/index.ts';
import { emulatorControl } from '../support/stripe-control.ts';
import { order, sdkFor, startReceiver, startWorld } from './world.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stripe-emulator-'));
});
afterAll(() => rm(folder, { recursive: true }));

const START = new URL('../../src/stripe-emulator/index.ts', import.meta.url).href;

/** Resolves when a connection is closed or reset. */
function closed(socket: Socket): Promise<void> {
  socket.on('error', () => {});
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

describe('the state file', () => {
  test('payments, responses and refunds survive a restart', async () => {
    const stateFile = join(folder, 'made', 'payments.sqlite');
    const key = { idempotencyKey: 'before' };
    const before = await startWorld({ stateFile });
    const paid = await before.stripe.paymentIntents.create(order('pm_card_visa'), key);
    const part = await before.stripe.refunds.create({ payment_intent: paid.id, amount: 500 });
    await before[Symbol.asyncDispose]();

    await using after = await startWorld({ stateFile });
    expect(await after.stripe.paymentIntents.retrieve(paid.id)).toEqual(paid);
    expect(await after.stripe.paymentIntents.create(order('pm_card_visa'), key)).toEqual(paid);
    const rest = await after.stripe.refunds.create({ payment_intent: paid.id });
    expect(rest.amount).toBe(12_000);
    const { refunds } = await after.control.payments();
    expect(refunds.map(({ id }) => id)).toEqual([rest.id, part.id]);
  });

  test('committed payments survive kill -9, and undelivered webhooks are sent', async () => {
    const stateFile = join(folder, 'killed.sqlite');
    await using receiver = await startReceiver();
    receiver.respondWith(() => 500);
    const emulator = await startStripeEmulator({ stateFile, webhookUrl: receiver.url });
    const watch = connect(emulator.port, '127.0.0.1');
    await once(watch, 'connect');
    const paid = await sdkFor(emulator).paymentIntents.create(order('pm_card_visa'));
    await receiver.next('payment_intent.succeeded');
    const disconnected = closed(watch);
    process.kill(emulator.pid, 'SIGKILL');
    await disconnected;

    receiver.received.length = 0;
    receiver.respondWith(() => 200);
    await using again = await startStripeEmulator({ stateFile, webhookUrl: receiver.url });
    expect((await sdkFor(again).paymentIntents.retrieve(paid.id)).status).toBe('succeeded');
    await receiver.next('payment_intent.created');
    await receiver.next('payment_intent.succeeded');
    await emulatorControl(again).webhooksSettled();
    expect(receiver.received).toHaveLength(2);
    await emulator[Symbol.asyncDispose](); // disposing twice has no effect
  });

  test('a file of another format is not changed, and the error names it', async () => {
    const stateFile = join(folder, 'letter.txt');
    await writeFile(stateFile, 'Dear reader, this is not a database. '.repeat(100));
    await expect(startStripeEmulator({ stateFile })).rejects.toThrow(
      /state file .*letter\.txt cannot be opened/,
    );
  });
});

test('a file that another emulator uses is not to be moved away', async () => {
  const stateFile = join(folder, 'shared.sqlite');
  await using first = await startStripeEmulator({ stateFile });
  const second = startStripeEmulator({ stateFile });
  await expect(second).rejects.toThrow(
    /another process uses it: share its emulator, by STRIPE_API_URL, STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET/,
  );
  expect((await sdkFor(first).paymentIntents.create(order('pm_card_visa'))).status).toBe('succeeded');
});

describe('the process', () => {
  test('listens on the loopback interface only, until it is stopped', async () => {
    const emulator = await startStripeEmulator();
    expect(emulator.url).toBe(`http://127.0.0.1:${emulator.port}`);
    expect(emulator.secretKey).toMatch(/^sk_test_/);
    expect(emulator.webhookSecret).toMatch(/^whsec_/);
    await emulator[Symbol.asyncDispose]();
    await emulator[Symbol.asyncDispose]();
    await expect(fetch(emulator.url)).rejects.toThrow();
  });

  test('stops at once, even with stalled requests', async () => {
    const world = await startWorld();
    const stalled = world.stripe.paymentIntents.create(order('pm_emulator_stall')).catch(() => 'lost');
    await world.control.untilStalled();
    await world[Symbol.asyncDispose]();
    expect(await stalled).toBe('lost');
  });

  test('reports a port that is in use', async () => {
    await using first = await startStripeEmulator();
    await expect(startStripeEmulator({ port: first.port })).rejects.toThrow(/address already in use/);
  });

  test('exits when its parent is killed', async () => {
    const script = `
      const { startStripeEmulator } = await import(${JSON.stringify(START)});
      const { port } = await startStripeEmulator();
      console.log(port);
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const socket = connect(Number(line), '127.0.0.1');
    await once(socket, 'connect');
    const disconnected = closed(socket);

    parent.kill('SIGKILL');

    await disconnected;
    await expect.poll(() => fetch(`http://127.0.0.1:${line}`).then(String, () => 'refused')).toBe('refused');
  });
});
