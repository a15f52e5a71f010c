/**
 * Import order of `src`, lowest first. A folder imports from itself and from folders before it; from another capability
 * only through its `index.ts`.
 */
export const FOLDERS: readonly string[] = [
  'client',
  'platform',
  'seating-plan',
  'catalog',
  'waiting-room',
  'booking',
  'demo-catalogue',
  'payments',
  'delivery',
  'seat-map',
  'search',
  'realtime',
  'stripe-emulator',
  'local-stack',
  'app',
  'bin',
];

/** Folders whose files are imported directly, not through an index.ts: platform is a library; only `src/bin` imports app. */
export const OPEN_FOLDERS: readonly string[] = ['platform', 'app', 'bin'];

/** Generated types, erased at run time: imports from and to it are unrestricted. */
export const EXEMPT_FOLDER = 'generated';
export const GENERATED_FILE = 'src/generated/graphql.ts';

/** Folders that may hold more than `MAX_FILES_PER_FOLDER` files. */
export const LARGE_FOLDERS: readonly string[] = ['src/seating-plan', 'src/stripe-emulator'];
export const MAX_FILES_PER_FOLDER = 20;

/**
 * Import order within a capability, lowest first: sub-folders and top-level files by name. A missing name is a problem, so
 * that every new sub-folder gets a place.
 */
export const UNITS: Readonly<Record<string, readonly string[]>> = {
  catalog: [
    'local-time',
    'input',
    'tables',
    'store',
    'visibility',
    'outcomes',
    'catalog-changes',
    'venue',
    'performer',
    'plan',
    'event',
    'loaders',
    'mutation-resolvers',
    'resolvers',
    'index',
  ],
  'waiting-room': [
    'tables',
    'store',
    'room-state',
    'tokens',
    'line',
    'challenge',
    'draw',
    'admission',
    'outcomes',
    'passes',
    'figures',
    'repeated-read',
    'room-reads',
    'live-rooms',
    'require-admission',
    'watch',
    'organiser',
    'join',
    'open-queue',
    'resolvers',
    'index',
  ],
  booking: [
    'tables',
    'reservation-state',
    'seats',
    'store',
    'outcomes',
    'loaders',
    'reserve',
    'best-available',
    'hold',
    'organiser',
    'resolvers',
    'index',
  ],
  'demo-catalogue': [
    'derive-id',
    'normalise',
    'read',
    'events',
    'sales',
    'store',
    'import-catalogue',
    'index',
  ],
  payments: [
    'tables',
    'checkout-steps',
    'refund-status',
    'buyer-messages',
    'jobs',
    'store',
    'outcomes',
    'provider',
    'checkout',
    'refunds',
    'webhooks',
    'report-alarms',
    'job-handlers',
    'resolvers',
    'index',
  ],
  'seat-map': [
    'encoding',
    'cursors',
    'merge-deltas',
    'tiers-by-place',
    'snapshot',
    'recent-tiers',
    'seat-maps',
    'store',
    'load-seating',
    'board',
    'feed',
    'live',
    'open-seat-maps',
    'resolvers',
    'index',
  ],
  search: [
    'search-limits',
    'search-engine',
    'parse-query',
    'search-cursors',
    'search-events',
    'postgres',
    'resolvers',
    'index',
  ],
  realtime: [
    'close-codes',
    'published-documents',
    'origins',
    'connections',
    'message-limits',
    'encoding',
    'subscription',
    'realtime-parts',
    'websocket',
    'sse',
    'open-realtime',
    'resolvers',
    'index',
  ],
  app: ['context', 'graphql', 'response-cache', 'schema', 'http', 'worker', 'start', 'dependencies', 'cli'],
};
