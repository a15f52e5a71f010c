import type { Limits } from '../config/limits.ts';
import type { Platform } from '../index.ts';
import type { RedisHelper } from '../redis/client.ts';
import { addressKey, networkOf } from './address-key.ts';
import { SharedCounter } from './shared-counter.ts';

/** A limit that refused an attempt to pay. */
interface RefusingLimit {
  limit: 'VIEWER' | 'ADDRESS';
  maxAttempts: number;
  retryAfterSeconds: number;
}

/** An attempt to pay, counted against its viewer and address. */
export interface PaymentAttempt {
  /** `null`: permitted. */
  refusedBy: RefusingLimit | null;
  /** Uncount it: it did not reach a card. */
  giveBack(): Promise<void>;
}

/** Counts attempts in Redis across processes, or per process while Redis is unavailable. */
export type PaymentAttempts = (viewerId: string, address: string) => Promise<PaymentAttempt>;

const WINDOW_SECONDS = 60 * 60;

/** Open the limits on attempts to pay, per viewer, per address and per IPv6 network. */
export function openPaymentAttempts(
  { redis }: Pick<Platform, 'redis'>,
  limits: Pick<
    Limits,
    'paymentAttemptsPerViewerAndHour' | 'paymentAttemptsPerAddressAndHour' | 'addressesPerNetwork'
  >,
): PaymentAttempts {
  const perAddress = limits.paymentAttemptsPerAddressAndHour;
  const perNetwork = perAddress * limits.addressesPerNetwork;
  const viewers = openWindow(redis, 'payment-viewer', limits.paymentAttemptsPerViewerAndHour);
  const addresses = openWindow(redis, 'payment-address', perAddress);
  const networks = openWindow(redis, 'payment-network', perNetwork);
  return async (viewerId, address) => {
    const viewer = await viewers(viewerId);
    if (viewer.retryAfterSeconds !== null) {
      return refuse('VIEWER', limits.paymentAttemptsPerViewerAndHour, viewer.retryAfterSeconds);
    }
    const key = addressKey(address);
    const place = await addresses(key);
    if (place.retryAfterSeconds !== null) {
      await viewer.giveBack();
      return refuse('ADDRESS', perAddress, place.retryAfterSeconds);
    }
    const networkKey = networkOf(key);
    const network = networkKey === null ? null : await networks(networkKey);
    const giveBack = async () =>
      void (await Promise.all([viewer.giveBack(), place.giveBack(), network?.giveBack()]));
    if (network?.retryAfterSeconds == null) return { refusedBy: null, giveBack };
    await Promise.all([viewer.giveBack(), place.giveBack()]);
    return refuse('ADDRESS', perNetwork, network.retryAfterSeconds);
  };
}

const refuse = (
  limit: RefusingLimit['limit'],
  maxAttempts: number,
  retryAfterSeconds: number,
): PaymentAttempt => ({ refusedBy: { limit, maxAttempts, retryAfterSeconds }, giveBack: async () => {} });

interface Use {
  /** `null`: permitted. */
  retryAfterSeconds: number | null;
  giveBack(): Promise<void>;
}

/** Count uses of a key in a window that begins with the first; a refused use leaves no trace. */
function openWindow(redis: RedisHelper, name: string, points: number): (key: string) => Promise<Use> {
  const counter = new SharedCounter(redis, name, WINDOW_SECONDS);
  return async (key) => {
    const { used, msLeft } = await counter.use(key, 1);
    const giveBack = async () => void (await counter.use(key, -1));
    if (used <= points) return { retryAfterSeconds: null, giveBack };
    await giveBack();
    return { retryAfterSeconds: Math.max(1, Math.ceil(msLeft / 1_000)), giveBack };
  };
}
