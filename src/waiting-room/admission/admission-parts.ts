import type { Platform } from '../../platform/index.ts';
import type { Line } from '../line/line.ts';
import type { ControllerClock } from '../store/lease.ts';
import type { Opening } from './restore-line.ts';
import type { AdmissionSwitches, StockSource } from './stock.ts';

/** What controllers are opened with. */
export interface AdmissionParts {
  platform: Platform;
  line: Line;
  opening: Opening;
  stock: StockSource;
  /** Names this process in leases. */
  controller: string;
  clock: ControllerClock;
  /** How long tokens restore places after Redis lost a line, before admissions go on: longer than a poll's interval. */
  settleMs: number;
  switches: Readonly<AdmissionSwitches>;
}
