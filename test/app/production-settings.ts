/** Settings required in production. Their values are placeholders; tests that connect override them. */
export const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://database.example/onsale',
  REDIS_URL: 'redis://redis.example',
  STRIPE_SECRET_KEY: 'sk_test_example',
  STRIPE_WEBHOOK_SECRET: 'whsec_example',
  AUTH_ISSUER: 'https://issuer.example',
  AUTH_AUDIENCE: 'onsale',
  AUTH_JWKS_URL: 'https://issuer.example/jwks.json',
};
