import type { GraphQLError } from 'graphql';
import {
  MessageType,
  parseMessage,
  stringifyMessage,
  type ConnectionInitMessage,
  type Message,
  type SubscribeMessage,
} from 'graphql-ws';

import type { Viewer } from '../../platform/auth/viewer.ts';
import { badInput, CodedError } from '../../platform/errors.ts';
import type { Allowance } from '../../platform/rate-limit/limit.ts';
import { rateLimited } from '../../platform/rate-limit/rate-limits.ts';
import { ADMISSION_HEADER, NO_PASSES, readPasses } from '../../waiting-room/index.ts';
import { CLOSE_CODES, closeReason } from '../close-codes.ts';
import type { TransportParts } from '../realtime-parts.ts';
import type { Subscriber } from '../subscription/subscriber.ts';
import { resolveTarget } from '../subscription/subscription.ts';
import type { WebSocketConnection } from './connection.ts';
import { WebSocketOperation } from './operation.ts';

/** Clients send counters or UUIDs; the id is repeated in every message. */
const MAX_ID_CHARACTERS = 128;
const NO_OPERATIONS: readonly WebSocketOperation[] = [];

/**
 * Session of `graphql-transport-ws` on one socket. Messages are parsed and validated by `graphql-ws`, but its server keeps
 * 3 kB of closures per socket, so this class implements the protocol without any (docs/decisions/0018).
 */
export class WebSocketSession implements Subscriber {
  viewer: Viewer | null = null;
  passes = NO_PASSES;
  readonly address: string;
  readonly requestId: string;
  readonly #parts: TransportParts;
  readonly #connection: WebSocketConnection;
  #isAcknowledged = false;
  /** Set until `connection_init` arrives. */
  #initTimeout: NodeJS.Timeout | null;
  /** Started and starting operations: rarely more than one, so an array takes less memory than a Map. */
  #operations = NO_OPERATIONS;

  constructor(
    connection: WebSocketConnection,
    { address, requestId }: Pick<Subscriber, 'address' | 'requestId'>,
    parts: TransportParts,
  ) {
    this.#connection = connection;
    this.address = address;
    this.requestId = requestId;
    this.#parts = parts;
    this.#initTimeout = setTimeout(closeOnInitTimeout, parts.settings.initMs, connection);
  }

  /** Handle a message. Rejects on an internal error. */
  async onMessage(text: string): Promise<void> {
    if (this.#connection.isClosing) return; // nothing may be sent after a close frame
    const message = tryParseMessage(text);
    switch (message?.type) {
      case MessageType.ConnectionInit:
        return this.#onConnectionInit(message);
      case MessageType.Subscribe:
        return this.#subscribe(message);
      case MessageType.Complete:
        return this.end(this.#operations.find(({ id }) => id === message.id));
      case MessageType.Ping:
        return this.#send({ type: MessageType.Pong, ...(message.payload && { payload: message.payload }) });
      case MessageType.Pong:
        return;
      default:
        this.#connection.close(CLOSE_CODES.BAD_REQUEST, 'Invalid message received');
    }
  }

  /** End an operation with errors. */
  sendError(operation: WebSocketOperation, errors: readonly GraphQLError[]): void {
    if (!this.#operations.includes(operation)) return; // the client has completed it
    this.end(operation);
    const payload = errors.map((error) => this.#parts.formatError(error, this.requestId));
    this.#send({ id: operation.id, type: MessageType.Error, payload });
  }

  /** End an operation after its last result. */
  sendComplete(operation: WebSocketOperation): void {
    if (!this.#operations.includes(operation)) return; // the client has completed it
    this.end(operation);
    this.#send({ id: operation.id, type: MessageType.Complete });
  }

  /** End an operation without a message. */
  end(operation: WebSocketOperation | undefined): void {
    this.#operations = this.#operations.filter((other) => other !== operation);
    operation?.stop();
  }

  /** Close a slow consumer, for which more than LIMIT_BUFFERED_BYTES wait. */
  dropSlowConsumer(): void {
    this.#parts.metrics.realtimeSlowReaders.inc({ transport: 'websocket' });
    this.#connection.close(CLOSE_CODES.TOO_SLOW, 'Too slow: resume with your cursor');
  }

  /** End all operations: the socket is closing or has closed. */
  stop(): void {
    this.#clearInitTimeout();
    for (const operation of this.#operations) operation.stop();
    this.#operations = NO_OPERATIONS;
  }

  async #onConnectionInit({ payload }: ConnectionInitMessage): Promise<void> {
    if (this.#initTimeout === null) {
      const reason = 'Too many initialisation requests';
      return this.#connection.close(CLOSE_CODES.TOO_MANY_REQUESTS, reason);
    }
    this.#clearInitTimeout();
    const authorization = payload?.['authorization'] ?? undefined;
    try {
      // a value that is no string is refused like an invalid token
      const token =
        typeof authorization === 'string' || authorization === undefined ? authorization : 'not a string';
      const viewer = await this.#parts.tokens.read(token);
      this.viewer = viewer;
      this.passes = readPasses(payload?.[ADMISSION_HEADER]);
      if (viewer !== null) this.#parts.connections.expireAt(this.#connection, viewer.endsAt);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      return this.#connection.close(closeCodeOf(error), closeReason(error.message));
    }
    this.#isAcknowledged = true;
    this.#send({ type: MessageType.ConnectionAck });
  }

  async #subscribe({ id, payload }: SubscribeMessage): Promise<void> {
    if (!this.#isAcknowledged) return this.#connection.close(CLOSE_CODES.UNAUTHORIZED, 'Unauthorized');
    if (this.#operations.some((operation) => operation.id === id)) {
      const reason = closeReason(`Subscriber for ${id} already exists`);
      return this.#connection.close(CLOSE_CODES.SUBSCRIBER_ALREADY_EXISTS, reason);
    }
    const operation = new WebSocketOperation(id, this, this.#connection.rawSocket, this.#parts);
    this.#operations = [...this.#operations, operation]; // `push` would allocate capacity for sixteen more
    const exceededLimit = this.#exceededLimit(id);
    if (exceededLimit !== null) return this.sendError(operation, [exceededLimit]);
    const arrived = await this.#countArrival();
    if (!arrived.allowed) return this.sendError(operation, [rateLimited(arrived)]);
    const target = await resolveTarget(this.#parts, payload, this, arrived);
    if ('channel' in target) operation.start(target);
    else this.sendError(operation, target);
  }

  /** The error of the limit that the newest operation exceeds, if any. */
  #exceededLimit(id: string): GraphQLError | null {
    const { settings, metrics } = this.#parts;
    if (id.length > MAX_ID_CHARACTERS)
      return badInput('id', `must not be longer than ${MAX_ID_CHARACTERS} characters`);
    const limit = settings.subscriptionsPerSocket;
    if (this.#operations.length > limit) {
      metrics.realtimeRefusals.inc({ transport: 'websocket', reason: 'subscriptions' });
      const message = `At most ${limit} subscriptions on one socket.`;
      return new CodedError('TOO_MANY_SUBSCRIPTIONS', message, { limit });
    }
    return null;
  }

  async #countArrival(): Promise<Allowance> {
    const { rateLimits } = this.#parts;
    const arrival = rateLimits.arrival(this.address);
    return arrival.allowed ? rateLimits.request(this) : arrival;
  }

  /** Replies count too: a client may send messages without end and never read. */
  #send(message: Message): void {
    if (this.#connection.isOverBufferLimit) this.dropSlowConsumer();
    else this.#connection.send(stringifyMessage(message));
  }

  #clearInitTimeout(): void {
    if (this.#initTimeout !== null) clearTimeout(this.#initTimeout);
    this.#initTimeout = null;
  }
}

/** Null: it is not a message of the protocol. */
function tryParseMessage(text: string): Message | null {
  try {
    return parseMessage(text);
  } catch {
    return null;
  }
}

function closeCodeOf({ extensions }: CodedError): number {
  if (extensions['code'] === 'SERVICE_UNAVAILABLE') return CLOSE_CODES.TRY_AGAIN_LATER;
  return extensions['code'] === 'INVALID_REQUEST' ? CLOSE_CODES.BAD_REQUEST : CLOSE_CODES.FORBIDDEN;
}

function closeOnInitTimeout(connection: WebSocketConnection): void {
  connection.close(CLOSE_CODES.INITIALISATION_TIMEOUT, 'Connection initialisation timeout');
}
