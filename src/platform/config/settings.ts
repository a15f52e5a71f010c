import type { RedisUrl } from '../redis/shards.ts';
import { Environment, GROUPS, redisUrlsIn, type ParsedEnvironment } from './environment.ts';
import { toLimits, type Limits } from './limits.ts';
import { findMisspelt, type Misspelt } from './misspelt.ts';
import { toRealtimeSettings, type RealtimeSettings } from './realtime-settings.ts';

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
  /** Searches Events; `null`: Postgres does. */
  elasticsearch: ServiceLocation<{ url: string }> | null;
  elasticsearchIndexPrefix: string;
  stripe: ServiceLocation<{ secretKey: string; webhookSecret: string; apiUrl: string | null }>;
  auth: ServiceLocation<{ issuer: string; audience: string; jwksUrl: string }>;
  authRolesClaim: string;
  limits: Limits;
  realtime: RealtimeSettings;
  /** Memory limit of the cache of public responses; 0 disables it. */
  responseCacheBytes: number;
  /** How long answers of the search engine are shared by all processes; 0: they are not. */
  searchCacheSeconds: number;
  /** Attempts that the challenge of a waiting room takes at most, for a first entry. */
  challengeAttempts: number;
  logLevel: string;
}

/** All problems of the configuration. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[], misspelt: readonly Misspelt[] = []) {
    const hints = misspelt.map(
      ({ name, nearest }) => `\n${name} is set, and is no setting: is ${nearest} meant?`,
    );
    super(
      `The configuration has ${problems.length} mistake${problems.length === 1 ? '' : 's'}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}${hints.join('')}`,
    );
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/** Engines of the search, for the command line. Without a choice it is Elasticsearch if ELASTICSEARCH_URL is set. */
export const SEARCH_ENGINES = ['postgres', 'elasticsearch'] as const;
export type SearchEngineName = (typeof SEARCH_ENGINES)[number];

/** `JAVA_HOME`: where the embedded Elasticsearch looks for Java first. */
export const javaHome = (): string | undefined => process.env['JAVA_HOME'];

/** Whether `DATABASE_URL` is set: the database is not embedded. */
export const hasDatabaseUrl = (): boolean => (process.env['DATABASE_URL'] ?? '') !== '';

/** Whether `ELASTICSEARCH_URL` is set: Elasticsearch is not embedded. */
export const hasElasticsearchUrl = (): boolean => (process.env['ELASTICSEARCH_URL'] ?? '') !== '';

/** Variables of the environment that are probably misspelt settings. */
export const misspeltVariables = (): Misspelt[] => findMisspelt(process.env);

/** Required in production: the external services that replace the local stack. */
const REQUIRED_IN_PRODUCTION = [
  'DATABASE_URL',
  'REDIS_URL',
  ...GROUPS.Stripe,
  ...GROUPS['the token issuer'],
] as const;

/**
 * Read the configuration, or throw a ConfigurationError with all problems, those of the command line included. An empty
 * variable counts as unset.
 */
export function readSettings(
  variables: Record<string, string | undefined> = process.env,
  ofCommandLine: readonly string[] = [],
  search?: SearchEngineName,
): Settings {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  const problems = [...ofCommandLine];
  if (!parsed.success)
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const isReported = (problem: string) => problems.some((one) => one.split(':')[0] === problem.split(':')[0]);
  const isProduction = given['NODE_ENV'] === 'production';
  for (const [name, keys] of Object.entries(GROUPS)) {
    const missing = keys.filter((key) => given[key] === undefined);
    if (!isProduction && missing.length > 0 && missing.length < keys.length) {
      problems.push(`${missing.join(', ')}: missing, and ${name} needs ${keys.join(', ')} together`);
    }
  }
  if (isProduction) {
    for (const key of REQUIRED_IN_PRODUCTION) {
      if (given[key] === undefined && !isReported(key))
        problems.push(`${key}: missing, and production runs on no embedded stand-in`);
    }
    if (search === 'elasticsearch' && given['ELASTICSEARCH_URL'] === undefined)
      problems.push('ELASTICSEARCH_URL: missing, and production runs on no embedded stand-in');
  }
  if (!isProduction && given['STRIPE_API_URL'] !== undefined && given['STRIPE_SECRET_KEY'] === undefined) {
    problems.push('STRIPE_API_URL: set without STRIPE_SECRET_KEY');
  }
  problems.push(...redisProblems(given).filter((problem) => !isReported(problem)));
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems, findMisspelt(given));
  return Object.freeze(toSettings(parsed.data, search));
}

/** Of the variables as given, so that they are found beside others. */
function redisProblems(env: Partial<Record<string, string>>): string[] {
  const urls = redisUrlsIn(env['REDIS_URL'] ?? '').map((url) => URL.parse(url));
  if (env['REDIS_CLUSTER'] !== 'true') {
    return urls.length > 1 ? ['REDIS_URL: several addresses, which REDIS_CLUSTER=true would be for'] : [];
  }
  if (env['REDIS_URL'] === undefined) return ['REDIS_CLUSTER: set without REDIS_URL'];
  const logins = new Set(urls.map((url) => `${url?.protocol}${url?.username}:${url?.password}`));
  const hasDatabase = urls.some((url) => !['', '/', '/0'].includes(url?.pathname ?? ''));
  return [
    ...(logins.size > 1 ? ['REDIS_URL: nodes of a cluster have one scheme, user and password'] : []),
    ...(hasDatabase ? ['REDIS_URL: a cluster has no numbered databases'] : []),
    ...(env['REDIS_KEY_PREFIX']?.includes('{')
      ? ['REDIS_KEY_PREFIX: a brace would put everything on one shard of the cluster']
      : []),
  ];
}

function toSettings(env: ParsedEnvironment, search: SearchEngineName | undefined): Settings {
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
    elasticsearch: locateElasticsearch(env, search),
    elasticsearchIndexPrefix: env.ELASTICSEARCH_INDEX_PREFIX,
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
    limits: toLimits(env),
    realtime: toRealtimeSettings(env),
    responseCacheBytes: env.RESPONSE_CACHE_BYTES,
    searchCacheSeconds: env.SEARCH_CACHE_SECONDS,
    challengeAttempts: env.WAITING_ROOM_CHALLENGE_ATTEMPTS,
    logLevel: env.LOG_LEVEL,
  };
}

function locateElasticsearch(
  { ELASTICSEARCH_URL: url }: ParsedEnvironment,
  search: SearchEngineName | undefined,
): Settings['elasticsearch'] {
  if (search === 'postgres') return null;
  if (url !== undefined) return { kind: 'external', url };
  return search === 'elasticsearch' ? { kind: 'embedded' } : null;
}
