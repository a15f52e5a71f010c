import { isIP } from 'node:net';
import { z } from 'zod';

import type { RedisUrl } from './redis/shards.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().positive();
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });
const redisUrl = z.url({ protocol: /^rediss?$/ });
/** Several URLs are nodes of a cluster. A comma that no URL follows is part of a password. */
const redisUrlsIn = (list: string): string[] => list.split(/,\s*(?=\w+:\/\/)/);
const redisUrls = z.string().refine((list) => z.array(redisUrl).safeParse(redisUrlsIn(list)).success, {
  message: 'must be redis:// or rediss:// and a host; the nodes of a cluster are separated by commas',
});
const httpUrl = z.url({ protocol: /^https?$/ });
/** Neither `true` nor a number of hops: a client that connects directly could then claim any address. */
const trustedProxies = z
  .string()
  .refine((list) => list === 'false' || list.split(',').every((proxy) => isProxy(proxy.trim())), {
    message:
      'must be false, or addresses of proxies (CIDR, loopback, linklocal, uniquelocal) separated by commas',
  });

/** All environment variables; `.env.example` documents them, and a test compares the two. */
export const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(4000),
  TRUST_PROXY: trustedProxies.default('false'),
  CORS_ORIGINS: z.string().optional(),
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(300).default(0),
  DATA_DIRECTORY: z.string().min(1).default('.data'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: count.default(20),
  REDIS_URL: redisUrls.optional(),
  REDIS_CLUSTER: z.enum(['true', 'false']).default('false'),
  REDIS_KEY_PREFIX: z.string().default('onsale:'),
  STRIPE_SECRET_KEY: z.string().startsWith('sk_').optional(),
  STRIPE_WEBHOOK_SECRET: z.string().startsWith('whsec_').optional(),
  STRIPE_API_URL: httpUrl.optional(),
  AUTH_ISSUER: z.string().min(1).optional(),
  AUTH_AUDIENCE: z.string().min(1).optional(),
  AUTH_JWKS_URL: httpUrl.optional(),
  AUTH_ROLES_CLAIM: z.string().min(1).default('roles'),
  LIMIT_RESERVATIONS_PER_MINUTE: count.default(10),
  LIMIT_REQUESTS_PER_MINUTE: count.default(100),
  LIMIT_BODY_BYTES: count.default(100_000),
  LIMIT_UPLOAD_BYTES: count.default(5_000_000),
  LIMIT_DEPTH: count.default(10),
  LIMIT_ALIASES: count.default(20),
  LIMIT_DIRECTIVES: count.default(20),
  LIMIT_TOKENS: count.default(1_000),
  LIMIT_COST: count.default(5_000),
  LIMIT_SOCKETS_PER_ADDRESS: count.default(100),
  LIMIT_SUBSCRIPTIONS_PER_SOCKET: count.default(100),
  LIMIT_MESSAGE_BYTES: count.default(32_768),
  LIMIT_BUFFERED_BYTES: count.default(1_000_000),
  SOCKET_INIT_SECONDS: z.coerce.number().positive().max(60).default(5),
  SOCKET_PING_SECONDS: z.coerce.number().positive().max(300).default(25),
  RESPONSE_CACHE_BYTES: z.coerce.number().int().min(0).default(67_108_864),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

/** Variables that are set together or not at all. */
const GROUPS = {
  Stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  'the token issuer': ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL'],
} as const satisfies Record<string, readonly (keyof z.infer<typeof Environment>)[]>;

/** A dependency: embedded in the local stack, or external. */
type ServiceLocation<T> = { kind: 'embedded' } | ({ kind: 'external' } & T);

/** The configuration, parsed once and frozen. */
export interface Settings {
  environment: 'development' | 'production' | 'test';
  http: {
    host: string;
    port: number;
    /** Trusted proxies, whose `x-forwarded-for` is believed. `null`: none. */
    trustProxy: string | null;
    corsOrigins: string[] | null;
    /** On shutdown, how long `/readyz` reports 503 before connections are refused: as long as a load balancer needs to notice. */
    drainSeconds: number;
  };
  dataDirectory: string;
  database: ServiceLocation<{ url: string }>;
  databasePoolSize: number;
  redis: ServiceLocation<{ url: RedisUrl }>;
  redisKeyPrefix: string;
  stripe: ServiceLocation<{ secretKey: string; webhookSecret: string; apiUrl: string | null }>;
  auth: ServiceLocation<{ issuer: string; audience: string; jwksUrl: string }>;
  authRolesClaim: string;
  limits: Limits;
  realtime: RealtimeSettings;
  /** Memory limit of the cache of public responses; 0 disables it. */
  responseCacheBytes: number;
  logLevel: string;
}

/** Limits and timeouts of realtime connections, for every transport. */
export interface RealtimeSettings {
  /** WebSockets and SSE streams together. */
  socketsPerAddress: number;
  subscriptionsPerSocket: number;
  /** Maximum size of a client's WebSocket message. */
  messageBytes: number;
  /** Send buffer size beyond which a connection is dropped as a slow consumer. */
  bufferedBytes: number;
  /** Timeout of `connection_init`. */
  initMs: number;
  /** Ping interval; a connection without a sign of life for two intervals is closed. */
  pingMs: number;
}

/** Limits per client. Per-minute windows begin with the first request; the other limits apply to each request. */
export interface Limits {
  reservationsPerMinute: number;
  requestsPerMinute: number;
  bodyBytes: number;
  /** Instead of `bodyBytes`, for organisers: a drawn plan of 100,000 places is about 3 MB. */
  uploadBytes: number;
  depth: number;
  aliases: number;
  directives: number;
  tokens: number;
  cost: number;
}

/** All problems of the configuration. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} mistake${problems.length === 1 ? '' : 's'}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/** Read the configuration, or throw a ConfigurationError with all problems. An empty variable counts as unset. */
export function readSettings(variables: Record<string, string | undefined> = process.env): Settings {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  for (const [name, keys] of Object.entries(GROUPS)) {
    const missing = keys.filter((key) => given[key] === undefined);
    if (missing.length > 0 && missing.length < keys.length) {
      problems.push(`${missing.join(', ')}: missing, and ${name} needs ${keys.join(', ')} together`);
    }
  }
  if (given['NODE_ENV'] === 'production') {
    for (const key of ['DATABASE_URL', 'REDIS_URL', 'STRIPE_SECRET_KEY', 'AUTH_ISSUER'] as const) {
      if (given[key] === undefined)
        problems.push(`${key}: missing, and production runs on no embedded stand-in`);
    }
  }
  if (given['STRIPE_API_URL'] !== undefined && given['STRIPE_SECRET_KEY'] === undefined) {
    problems.push('STRIPE_API_URL: set without STRIPE_SECRET_KEY');
  }
  if (parsed.success) problems.push(...redisProblems(parsed.data));
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems);
  return Object.freeze(toSettings(parsed.data));
}

function redisProblems(env: z.infer<typeof Environment>): string[] {
  const urls = redisUrlsIn(env.REDIS_URL ?? '').map((url) => URL.parse(url));
  if (env.REDIS_CLUSTER === 'false') {
    return urls.length > 1 ? ['REDIS_URL: several addresses, which REDIS_CLUSTER=true would be for'] : [];
  }
  if (env.REDIS_URL === undefined) return ['REDIS_CLUSTER: set without REDIS_URL'];
  const logins = new Set(urls.map((url) => `${url?.protocol}${url?.username}:${url?.password}`));
  const hasDatabase = urls.some((url) => !['', '/', '/0'].includes(url?.pathname ?? ''));
  return [
    ...(logins.size > 1 ? ['REDIS_URL: nodes of a cluster have one scheme, user and password'] : []),
    ...(hasDatabase ? ['REDIS_URL: a cluster has no numbered databases'] : []),
    ...(env.REDIS_KEY_PREFIX.includes('{')
      ? ['REDIS_KEY_PREFIX: a brace would put everything on one shard of the cluster']
      : []),
  ];
}

function isProxy(name: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(name)) return true;
  const [address = '', bits] = name.split('/');
  return isIP(address) !== 0 && (bits === undefined || /^\d{1,3}$/.test(bits));
}

function toSettings(env: z.infer<typeof Environment>): Settings {
  return {
    environment: env.NODE_ENV,
    http: {
      host: env.HOST,
      port: env.PORT,
      trustProxy: env.TRUST_PROXY === 'false' ? null : env.TRUST_PROXY,
      corsOrigins: env.CORS_ORIGINS?.split(',').map((origin) => origin.trim()) ?? null,
      drainSeconds: env.DRAIN_SECONDS,
    },
    dataDirectory: env.DATA_DIRECTORY,
    database: env.DATABASE_URL ? { kind: 'external', url: env.DATABASE_URL } : { kind: 'embedded' },
    databasePoolSize: env.DATABASE_POOL_SIZE,
    redis: env.REDIS_URL
      ? {
          kind: 'external',
          url: env.REDIS_CLUSTER === 'true' ? redisUrlsIn(env.REDIS_URL) : env.REDIS_URL,
        }
      : { kind: 'embedded' },
    redisKeyPrefix: env.REDIS_KEY_PREFIX,
    stripe:
      env.STRIPE_SECRET_KEY && env.STRIPE_WEBHOOK_SECRET
        ? {
            kind: 'external',
            secretKey: env.STRIPE_SECRET_KEY,
            webhookSecret: env.STRIPE_WEBHOOK_SECRET,
            apiUrl: env.STRIPE_API_URL ?? null,
          }
        : { kind: 'embedded' },
    auth:
      env.AUTH_ISSUER && env.AUTH_AUDIENCE && env.AUTH_JWKS_URL
        ? {
            kind: 'external',
            issuer: env.AUTH_ISSUER,
            audience: env.AUTH_AUDIENCE,
            jwksUrl: env.AUTH_JWKS_URL,
          }
        : { kind: 'embedded' },
    authRolesClaim: env.AUTH_ROLES_CLAIM,
    limits: {
      reservationsPerMinute: env.LIMIT_RESERVATIONS_PER_MINUTE,
      requestsPerMinute: env.LIMIT_REQUESTS_PER_MINUTE,
      bodyBytes: env.LIMIT_BODY_BYTES,
      uploadBytes: env.LIMIT_UPLOAD_BYTES,
      depth: env.LIMIT_DEPTH,
      aliases: env.LIMIT_ALIASES,
      directives: env.LIMIT_DIRECTIVES,
      tokens: env.LIMIT_TOKENS,
      cost: env.LIMIT_COST,
    },
    realtime: {
      socketsPerAddress: env.LIMIT_SOCKETS_PER_ADDRESS,
      subscriptionsPerSocket: env.LIMIT_SUBSCRIPTIONS_PER_SOCKET,
      messageBytes: env.LIMIT_MESSAGE_BYTES,
      bufferedBytes: env.LIMIT_BUFFERED_BYTES,
      initMs: env.SOCKET_INIT_SECONDS * 1_000,
      pingMs: env.SOCKET_PING_SECONDS * 1_000,
    },
    responseCacheBytes: env.RESPONSE_CACHE_BYTES,
    logLevel: env.LOG_LEVEL,
  };
}
