import { networkOf } from '../platform/rate-limit/address-key.ts';
import { WindowCounter } from '../platform/rate-limit/window-counter.ts';

/** A message counts once for each started kilobyte: a subscription is shorter, and long ones take longer to parse. */
const BYTES_PER_MESSAGE = 1_024;
const WINDOW_SECONDS = 60;

/** What one socket has sent in its current minute: fields of the socket itself, as there are many. */
export interface SentMessages {
  sentMessages: number;
  /** End of that minute, in seconds since 1970: V8 would box as large a number as milliseconds. */
  windowEndsAt: number;
}

/** A limit that a message exceeds. */
interface ExceededLimit {
  of: 'one connection' | 'one address' | 'one IPv6 network (/48)';
  limit: number;
}

/**
 * Limits on what clients send, in this process: per socket, and for all sockets of an address and of an IPv6 /48. Each socket
 * may send its share of the address's limit even when that is used up, so that one client cannot disconnect its neighbours.
 */
export class MessageLimits {
  readonly #perSocket: number;
  readonly #perAddress: number;
  readonly #perNetwork: number;
  readonly #share: number;
  readonly #addresses = new WindowCounter(WINDOW_SECONDS);
  readonly #networks = new WindowCounter(WINDOW_SECONDS);

  constructor(options: {
    messagesPerMinute: number;
    viewersPerAddress: number;
    addressesPerNetwork: number;
  }) {
    this.#perSocket = options.messagesPerMinute;
    this.#perAddress = options.messagesPerMinute * options.viewersPerAddress;
    this.#perNetwork = this.#perAddress * options.addressesPerNetwork;
    this.#share = Math.ceil(options.messagesPerMinute / options.viewersPerAddress);
  }

  /** Count a message of a socket. Null: permitted. */
  count(sent: SentMessages, addressKey: string, bytes: number): ExceededLimit | null {
    const second = Math.floor(Date.now() / 1_000);
    if (second >= sent.windowEndsAt || second < sent.windowEndsAt - WINDOW_SECONDS)
      Object.assign(sent, { sentMessages: 0, windowEndsAt: second + WINDOW_SECONDS });
    const messages = Math.max(1, Math.ceil(bytes / BYTES_PER_MESSAGE));
    sent.sentMessages += messages;
    if (sent.sentMessages > this.#perSocket) return { of: 'one connection', limit: this.#perSocket }; // counts no further
    const network = networkOf(addressKey);
    const ofAddress = this.#addresses.use(addressKey, messages).used;
    const ofNetwork = network === null ? 0 : this.#networks.use(network, messages).used;
    if (sent.sentMessages <= this.#share) return null;
    if (ofAddress > this.#perAddress) return { of: 'one address', limit: this.#perAddress };
    if (ofNetwork > this.#perNetwork) return { of: 'one IPv6 network (/48)', limit: this.#perNetwork };
    return null;
  }
}
