import { isIP } from 'node:net';
import { z } from 'zod';

import { count, LIMIT_VARIABLES, wholeNumber } from './limits.ts';
import { REALTIME_VARIABLES } from './realtime-settings.ts';

const port = wholeNumber(0, 65_535);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be postgres:// and a host' });
const redisUrl = z.url({ protocol: /^rediss?$/ });
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });
const text = z.string().min(1);
/** Several URLs are nodes of a cluster. A comma that no URL follows is part of a password. */
export const redisUrlsIn = (list: string): string[] => list.split(/,\s*(?=\w+:\/\/)/);
const redisUrls = z.string().refine((list) => z.array(redisUrl).safeParse(redisUrlsIn(list)).success, {
  message: 'must be redis:// or rediss:// and a host; the nodes of a cluster are separated by commas',
});
/** As browsers send it: lower-case, without a path, and without the port that the scheme implies. */
const isOrigin = (text: string): boolean =>
  /^https?:/i.test(text) ? URL.parse(text)?.origin === text : /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+$/.test(text);
const origins = z.string().refine((list) => list.split(',').every((origin) => isOrigin(origin.trim())), {
  message: 'must be origins as browsers send them, such as https://shop.example.org, separated by commas',
});
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be http:// or https:// and a host' });
/** Elasticsearch refuses upper case and most punctuation in names of indices. */
const indexPrefix = text.regex(
  /^[a-z][a-z0-9-]{0,49}$/,
  'must be at most 50 lower-case letters, digits and hyphens, a letter first',
);
/** Neither `true` nor a number of hops: a client that connects directly could then claim any address. */
const trustedProxies = z
  .string()
  .refine((list) => list === 'false' || list.split(',').every((proxy) => isProxy(proxy.trim())), {
    message:
      'must be false, or addresses of proxies (CIDR, loopback, linklocal, uniquelocal) separated by commas',
  });

/** All environment variables; `.env.example` documents them, and a test compares the two. */
export const Environment = z.object({
  NODE_ENV: oneOf(['development', 'production', 'test']).default('development'),
  HOST: text.default('127.0.0.1'),
  PORT: port.default(4000),
  TRUST_PROXY: trustedProxies.default('false'),
  CORS_ORIGINS: origins.optional(),
  DRAIN_SECONDS: wholeNumber(0, 300).default(0),
  DATA_DIRECTORY: text.default('.data'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: count.default(20),
  REDIS_URL: redisUrls.optional(),
  REDIS_CLUSTER: oneOf(['true', 'false']).default('false'),
  REDIS_KEY_PREFIX: text.default('onsale:'),
  ELASTICSEARCH_URL: httpUrl.optional(),
  ELASTICSEARCH_INDEX_PREFIX: indexPrefix.default('onsale-'),
  STRIPE_SECRET_KEY: text.regex(/^[sr]k_/, 'must begin with sk_ or rk_').optional(),
  STRIPE_WEBHOOK_SECRET: text.startsWith('whsec_', 'must begin with whsec_').optional(),
  STRIPE_API_URL: httpUrl.optional(),
  AUTH_ISSUER: text.optional(),
  AUTH_AUDIENCE: text.optional(),
  AUTH_JWKS_URL: httpUrl.optional(),
  AUTH_ROLES_CLAIM: text.default('roles'),
  ...LIMIT_VARIABLES.shape,
  ...REALTIME_VARIABLES.shape,
  RESPONSE_CACHE_BYTES: wholeNumber(0).default(67_108_864),
  SEARCH_CACHE_SECONDS: wholeNumber(0, 60).default(5),
  /** Bounds the work of an api process, too: it derives a key per challenge. */
  WAITING_ROOM_CHALLENGE_ATTEMPTS: wholeNumber(1, 1_000_000).default(8_000),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

/** The parsed variables. */
export type ParsedEnvironment = z.infer<typeof Environment>;

/** Variables that are set together or not at all. */
export const GROUPS = {
  Stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  'the token issuer': ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL'],
} as const satisfies Record<string, readonly (keyof ParsedEnvironment)[]>;

function isProxy(name: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(name)) return true;
  const [address = '', bits] = name.split('/');
  return isIP(address) !== 0 && (bits === undefined || /^\d{1,3}$/.test(bits));
}
