/**
 * The Stripe emulator, as a process.
 *
 *   node src/stripe-emulator/main.ts [--host 127.0.0.1] [--port 0] [--secret-key sk_test_…]
 *     [--webhook-url http://127.0.0.1:4000/webhooks/stripe] [--webhook-secret whsec_…] [--state-file payments.sqlite]
 *
 * Prints `listening http://127.0.0.1:PORT` once it accepts requests. Stops on SIGTERM and SIGINT; a child process also stops
 * when its parent exits or is killed.
 */
import { parseArgs } from 'node:util';

import { serveEmulator } from './server.ts';
import { openState } from './state.ts';

const stack = new AsyncDisposableStack();
const stop = () => void stack.disposeAsync().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('disconnect', stop); // the IPC channel closes even if the parent was killed

const report = (error: unknown) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`stripe emulator: ${text}\n`);
};

try {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '0' },
      'secret-key': { type: 'string', default: 'sk_test_emulator' },
      'webhook-url': { type: 'string' },
      'webhook-secret': { type: 'string', default: 'whsec_emulator' },
      'state-file': { type: 'string' },
    },
  });
  const url = await serveEmulator(stack, {
    state: stack.use(openState(values['state-file'])),
    host: values.host,
    port: Number(values.port),
    secretKey: values['secret-key'],
    webhookUrl: values['webhook-url'] ?? null,
    webhookSecret: values['webhook-secret'],
    report,
  });
  process.stdout.write(`listening ${url}\n`);
} catch (error) {
  process.stderr.write(`stripe emulator: ${error instanceof Error ? error.message : String(error)}\n`);
  await stack.disposeAsync();
  process.exit(1);
}
