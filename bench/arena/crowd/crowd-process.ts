import type { Move, PassUse, Receipt, Stay } from '../evidence.ts';
import type { ChoiceOptions } from './choices.ts';
import type { Numbers } from './tally.ts';

/** What one process of people is started with: plain data. */
export interface CrowdOptions {
  /** This process lets every so many-th person live. */
  index: number;
  processes: number;
  startsAt: number;
  choices: ChoiceOptions;
  apis: readonly string[];
  event: string;
  otherEvent: string;
  seats: number;
  issuerFile: string;
  redisUrl: string;
  channel: string;
  /** How often people ask who have no subscription. */
  pollMs: number;
}

/** What a process of people saw. */
export interface CrowdResult {
  stays: Stay[];
  receipts: Receipt[];
  passUses: PassUse[];
  moves: Move[];
  complaints: string[];
  numbers: Numbers;
}

/** How far people are. */
export interface CrowdProgress {
  joined: number;
  subscriptions: number;
  updates: number;
  backlog: number;
}

/** A process of people. */
export interface CrowdProcess {
  open(options: CrowdOptions): Promise<void>;
  start(): Promise<void>;
  progress(): Promise<CrowdProgress>;
  stop(): Promise<CrowdResult>;
}
