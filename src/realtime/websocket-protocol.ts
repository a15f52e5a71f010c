import type { GraphQLError } from 'graphql';
import { makeServer, type Server } from 'graphql-ws';

import { badInput, CodedError } from '../platform/errors.ts';
import { rateLimited } from '../platform/rate-limit/rate-limits.ts';
import { CLOSE_CODES, closeReason } from './close-codes.ts';
import { follow, type Follower } from './follow.ts';
import type { TransportParts } from './realtime-parts.ts';
import type { WebSocketConnection } from './websocket-connection.ts';
import { WebSocketOperation } from './websocket-operation.ts';

/** What we keep for each socket beside what the protocol keeps. */
export interface Speaker extends Follower {
  connection: WebSocketConnection;
}

/** Clients count, or draw a UUID; it is repeated in every message, and kept. */
const LONGEST_ID = 128;

/**
 * Speak `graphql-transport-ws`. The library keeps the protocol: initialisation, pings, ids, completion, close codes.
 * Results it never sees: the operations that we give it go on without yielding anything, while frames that were made
 * once for everyone are written beside it.
 */
export function speakGraphqlWs(parts: TransportParts): Server<Speaker> {
  return makeServer<{ authorization?: unknown }, Speaker>({
    connectionInitWaitTimeout: parts.settings.initMs,

    async onConnect({ connectionParams, extra }) {
      const given = connectionParams?.authorization ?? undefined;
      try {
        // whatever it is, if it is no text, it is no token
        extra.viewer = await parts.tokens.read(
          typeof given === 'string' || given === undefined ? given : 'no text',
        );
        return true;
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        const later = error.extensions['code'] === 'SERVICE_UNAVAILABLE';
        extra.connection.close(
          later ? CLOSE_CODES.TRY_AGAIN_LATER : CLOSE_CODES.FORBIDDEN,
          closeReason(error.message),
        );
        return false;
      }
    },

    async onSubscribe({ extra, subscriptions }, id, payload) {
      const refusal = await refuse(parts, extra, id, Object.keys(subscriptions).length);
      if (refusal) return [refusal];
      const answer = await follow(parts, payload, extra);
      if (!('start' in answer)) return answer;
      // the library keeps the message for as long as the subscription lasts, and all of them say the same
      Object.assign(payload, { query: '', variables: null, extensions: null });
      // all that it does with these is to find the operation, and to hand them to `subscribe`
      return {
        schema: parts.schema,
        document: answer.query.asked.document,
        operationName: payload.operationName,
        contextValue: new WebSocketOperation(answer, extra.connection, id),
      };
    },
    subscribe: ({ contextValue }) => contextValue as WebSocketOperation,

    onError: ({ extra }, _id, _payload, errors) =>
      errors.map((error) => parts.formatError(error, extra.requestId)),
  });
}

async function refuse(
  parts: TransportParts,
  { address }: Speaker,
  id: string,
  subscriptions: number,
): Promise<GraphQLError | null> {
  if (id.length > LONGEST_ID) return badInput('id', `must not be longer than ${LONGEST_ID} characters`);
  const limit = parts.settings.subscriptionsPerSocket;
  if (subscriptions > limit) {
    parts.metrics.realtimeRefusals.inc({ transport: 'websocket', reason: 'subscriptions' });
    return new CodedError('TOO_MANY_SUBSCRIPTIONS', `At most ${limit} subscriptions on one socket.`, {
      limit,
    });
  }
  const allowance = await parts.rateLimits.request(address);
  return allowance.allowed ? null : rateLimited(allowance, 'requests from one address');
}
