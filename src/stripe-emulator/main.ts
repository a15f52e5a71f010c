/**
 * The Stripe emulator, as a process.
 *
 *   node src/stripe-emulator/main.ts [--host 127.0.0.1] [--port 0] [--secret-key sk_test_…]
 *     [--webhook-url http://127.0.0.1:4000/webhooks/stripe] [--webhook-secret whsec_…] [--state-file payments.sqlite]
 *
 * Prints `listening http://127.0.0.1:PORT` once it accepts requests. Stops on SIGTERM and SIGINT; a child process also stops
 * when its parent exits or is killed.
 */
import { CommandLineError, HelpRequested, readOptions } from '../platform/cli/read-options.ts';
import { exitWithMessage } from '../platform/cli/run-command.ts';
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

async function serve(): Promise<void> {
  const options = readOptions({
    call: 'node src/stripe-emulator/main.ts',
    about: 'The Stripe emulator. Prints its address once it accepts requests.',
    options: {
      host: { type: 'string', default: '127.0.0.1', value: 'HOST', about: 'address to listen on' },
      port: { type: 'string', default: '0', value: 'PORT', about: 'port to listen on; 0: a free one' },
      'secret-key': {
        type: 'string',
        default: 'sk_test_emulator',
        value: 'KEY',
        about: 'API key it accepts',
      },
      'webhook-url': { type: 'string', value: 'URL', about: 'where it sends events; without, it sends none' },
      'webhook-secret': { type: 'string', default: 'whsec_emulator', value: 'SECRET', about: 'signs events' },
      'state-file': { type: 'string', value: 'FILE', about: 'keeps its state; without, in memory' },
    },
  });
  const port = /^\d{1,5}$/.test(options.port) ? Number(options.port) : Number.NaN;
  if (!(port <= 65_535)) throw new CommandLineError('--port: must be a number from 0 to 65535');
  const url = await serveEmulator(stack, {
    state: stack.use(openState(options['state-file'])),
    host: options.host,
    port,
    secretKey: options['secret-key'],
    webhookUrl: options['webhook-url'] ?? null,
    webhookSecret: options['webhook-secret'],
    report,
  });
  process.stdout.write(`listening ${url}\n`);
}

const code = await exitWithMessage(async () => {
  try {
    await serve();
    return 0;
  } catch (error) {
    if (error instanceof HelpRequested || error instanceof CommandLineError) throw error;
    process.stderr.write(`stripe emulator: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
});
if (code !== 0) {
  await stack.disposeAsync();
  process.exit(code);
}
