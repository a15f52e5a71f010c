import { z } from 'zod';

const inWords = (n: number): string => n.toLocaleString('en', { maximumFractionDigits: 3 });

/** A number in decimal notation, as zod reads it from a variable. `Number` alone takes a space for 0, and `0x10`. */
const decimal = (pattern: RegExp, what: string, min: number, max: number) =>
  z
    .string()
    .refine((text) => pattern.test(text.trim()) && Number(text) >= min && Number(text) <= max, {
      error: `must be a ${what} from ${inWords(min)}${max === Number.MAX_SAFE_INTEGER ? '' : ` to ${inWords(max)}`}, in digits`,
    })
    .transform(Number);

/** A setting that is a whole number. */
export const wholeNumber = (min: number, max: number = Number.MAX_SAFE_INTEGER) =>
  decimal(/^\d{1,16}$/, 'whole number', min, max);

/** A setting that is a number, with a fraction or without. */
export const fraction = (min: number, max: number) => decimal(/^\d{1,16}(\.\d{1,16})?$/, 'number', min, max);

/** A positive whole number. */
export const count = wholeNumber(1);

/** Attempts are numbered by a smallint; far more than a hold has time for. */
const MAX_PAYMENT_ATTEMPTS = 1_000;

/**
 * Attempts to pay. Per Reservation and viewer: enough for a buyer who mistypes a card and tries another, for several Events; too
 * few to test stolen cards. Per address: a campus or a mobile network has hundreds of buyers behind one. Writes: what Stripe takes of an
 * account in live mode (docs.stripe.com/rate-limits).
 */
export const DEFAULT_PAYMENT_LIMITS = {
  addressesPerNetwork: 10,
  paymentAttemptsPerReservation: 5,
  paymentAttemptsPerViewerAndHour: 20,
  paymentAttemptsPerAddressAndHour: 200,
  stripeWritesPerSecond: 100,
} as const satisfies Partial<Limits>;

/** Variables of the limits per client, with their defaults. */
export const LIMIT_VARIABLES = z.object({
  LIMIT_RESERVATIONS_PER_MINUTE: count.default(10),
  LIMIT_REQUESTS_PER_MINUTE: count.default(100),
  LIMIT_VIEWERS_PER_ADDRESS: count.default(20),
  LIMIT_ADDRESSES_PER_NETWORK: count.default(DEFAULT_PAYMENT_LIMITS.addressesPerNetwork),
  LIMIT_PAYMENT_ATTEMPTS_PER_RESERVATION: wholeNumber(1, MAX_PAYMENT_ATTEMPTS).default(
    DEFAULT_PAYMENT_LIMITS.paymentAttemptsPerReservation,
  ),
  LIMIT_PAYMENT_ATTEMPTS_PER_VIEWER_AND_HOUR: count.default(
    DEFAULT_PAYMENT_LIMITS.paymentAttemptsPerViewerAndHour,
  ),
  LIMIT_PAYMENT_ATTEMPTS_PER_ADDRESS_AND_HOUR: count.default(
    DEFAULT_PAYMENT_LIMITS.paymentAttemptsPerAddressAndHour,
  ),
  LIMIT_STRIPE_WRITES_PER_SECOND: count.default(DEFAULT_PAYMENT_LIMITS.stripeWritesPerSecond),
  LIMIT_CONNECTIONS: count.default(20_000),
  LIMIT_BODY_BYTES: count.default(100_000),
  LIMIT_UPLOAD_BYTES: count.default(5_000_000),
  LIMIT_DEPTH: count.default(10),
  LIMIT_ALIASES: count.default(20),
  LIMIT_DIRECTIVES: count.default(20),
  LIMIT_TOKENS: count.default(1_000),
  LIMIT_COST: count.default(5_000),
  LIMIT_WEIGHT: count.default(50),
  LIMIT_MUTATION_FIELDS: count.default(1),
});

/** Limits per client. Per-minute windows begin with the first request; the other limits apply to each request. */
export interface Limits {
  reservationsPerMinute: number;
  /** Of an address without a token, or of a viewer; in units of an ordinary request. */
  requestsPerMinute: number;
  /** An address may use as much as so many viewers. */
  viewersPerAddress: number;
  /** An IPv6 /48 may use as much as so many addresses: requests, connections and attempts to pay. */
  addressesPerNetwork: number;
  paymentAttemptsPerReservation: number;
  paymentAttemptsPerViewerAndHour: number;
  paymentAttemptsPerAddressAndHour: number;
  /** Of all processes, to the Stripe account. */
  stripeWritesPerSecond: number;
  /** TCP connections of a process, WebSockets included. */
  connections: number;
  bodyBytes: number;
  /** Instead of `bodyBytes`, for organisers: a drawn plan of 100,000 places is about 3 MB. */
  uploadBytes: number;
  depth: number;
  aliases: number;
  directives: number;
  tokens: number;
  cost: number;
  weight: number;
  mutationFields: number;
}

/** Convert the parsed variables. */
export const toLimits = (env: z.infer<typeof LIMIT_VARIABLES>): Limits => ({
  reservationsPerMinute: env.LIMIT_RESERVATIONS_PER_MINUTE,
  requestsPerMinute: env.LIMIT_REQUESTS_PER_MINUTE,
  viewersPerAddress: env.LIMIT_VIEWERS_PER_ADDRESS,
  addressesPerNetwork: env.LIMIT_ADDRESSES_PER_NETWORK,
  paymentAttemptsPerReservation: env.LIMIT_PAYMENT_ATTEMPTS_PER_RESERVATION,
  paymentAttemptsPerViewerAndHour: env.LIMIT_PAYMENT_ATTEMPTS_PER_VIEWER_AND_HOUR,
  paymentAttemptsPerAddressAndHour: env.LIMIT_PAYMENT_ATTEMPTS_PER_ADDRESS_AND_HOUR,
  stripeWritesPerSecond: env.LIMIT_STRIPE_WRITES_PER_SECOND,
  connections: env.LIMIT_CONNECTIONS,
  bodyBytes: env.LIMIT_BODY_BYTES,
  uploadBytes: env.LIMIT_UPLOAD_BYTES,
  depth: env.LIMIT_DEPTH,
  aliases: env.LIMIT_ALIASES,
  directives: env.LIMIT_DIRECTIVES,
  tokens: env.LIMIT_TOKENS,
  cost: env.LIMIT_COST,
  weight: env.LIMIT_WEIGHT,
  mutationFields: env.LIMIT_MUTATION_FIELDS,
});
