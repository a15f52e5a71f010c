import type { GraphQLError, GraphQLFormattedError } from 'graphql';

import type { TokenReader } from '../platform/auth/tokens.ts';
import type { RealtimeSettings } from '../platform/config/realtime-settings.ts';
import type { Platform } from '../platform/index.ts';
import type { RateLimits } from '../platform/rate-limit/rate-limits.ts';
import type { Connections } from './connections.ts';
import type { MessageLimits } from './message-limits.ts';
import type { Origins } from './origins.ts';
import type { SubscriptionParts } from './subscription/subscription.ts';

/** Dependencies of both transports. */
export interface TransportParts extends SubscriptionParts {
  connections: Connections;
  messageLimits: MessageLimits;
  settings: RealtimeSettings;
  origins: Origins;
  tokens: TokenReader;
  rateLimits: RateLimits;
  log: Platform['log'];
  metrics: Platform['metrics'];
  formatError(error: GraphQLError, requestId: string): GraphQLFormattedError;
}
