import { openServer } from '../../src/app/server.ts';
import { openCheckouts } from '../../src/payments/index.ts';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../../src/platform/auth/development-issuer.ts';
import { openTokenReader } from '../../src/platform/auth/tokens.ts';
import { readSettings } from '../../src/platform/config.ts';
import { encodeId, newId } from '../../src/platform/ids.ts';
import { openMetrics, type Metrics } from '../../src/platform/telemetry/metrics.ts';
import { ORGANISER } from '../support/seed.ts';
import { openWorld, type World } from '../support/world.ts';
import { MemorySeatMaps, type MemoryMap } from './memory-seat-maps.ts';

/** An Event that can be followed, and changed. */
export interface LiveEvent {
  /** The global id. */
  event: string;
  /** Take places out of the sale, or put them back; resolves when that was published. */
  set(places: number[], status: 'A' | 'B'): Promise<void>;
  map: MemoryMap;
}

/** A server whose Events can be followed. */
export interface LiveServer extends AsyncDisposable {
  url: string;
  metrics: Metrics;
  token: World['token'];
  onSale(places?: number): Promise<LiveEvent>;
  draft(): Promise<LiveEvent>;
  /** Stop the server, as at the end of a process. */
  stop(): Promise<void>;
  /** The value of a metric without labels, or the sum over its labels. */
  count(name: keyof Metrics): Promise<number>;
}

export async function openLive(environment: Record<string, string> = {}): Promise<LiveServer> {
  await using opening = new AsyncDisposableStack();
  const world = opening.use(await openWorld());
  const settings = readSettings({
    NODE_ENV: 'test',
    PORT: '0',
    LIMIT_REQUESTS_PER_MINUTE: '1000000',
    ...environment,
  });
  const seatMaps = new MemorySeatMaps();
  const metrics = openMetrics();
  const platform = { ...world.platform, metrics };
  const stripe = { secretKey: 'sk_test_none', webhookSecret: 'whsec_none', apiUrl: 'http://127.0.0.1:9' };
  const server = await openServer({
    platform,
    seatMaps: seatMaps as never,
    checkouts: openCheckouts(platform, stripe),
    tokens: openTokenReader({
      issuer: DEVELOPMENT_ISSUER,
      audience: DEVELOPMENT_AUDIENCE,
      keys: world.issuer,
      rolesClaim: 'roles',
    }),
    settings,
  });
  opening.defer(() => server.close());
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const owned = opening.move();

  const add = (status: string, places: number): LiveEvent => {
    const id = newId();
    const map = seatMaps.add({ id, status, organiserId: ORGANISER } as never, places);
    return {
      event: encodeId('Event', id),
      map,
      set: async (changed, letter) =>
        void map.change(Object.fromEntries(changed.map((place) => [place, letter]))),
    };
  };
  return {
    url,
    metrics,
    token: world.token,
    onSale: async (places = 40) => add('ON_SALE', places),
    draft: async () => add('DRAFT', 40),
    stop: () => server.close(),
    async count(name) {
      const metric = metrics[name] as unknown as { get(): Promise<{ values: { value: number }[] }> };
      return (await metric.get()).values.reduce((sum, { value }) => sum + value, 0);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
