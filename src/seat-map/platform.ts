import type { Platform } from '../platform/index.ts';

export type SeatMapPlatform = Pick<Platform, 'db' | 'redis' | 'subscriptions' | 'log' | 'metrics'>;
