import { afterAll, afterEach, beforeAll, expect } from 'vitest';

import { audit, recordTickets } from './auditor.ts';
import type { Client } from './client.ts';
import { openWorld, type World } from './world.ts';

/** A world for all tests of a file or block, with two fans. */
export interface SharedWorld {
  world: World;
  ana: Client;
  ben: Client;
}

/** Open a world before the tests of a file or block. Each test ends with every ticket accounted for. */
export function shareAuditedWorld(use: (shared: SharedWorld) => void): void {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    await recordTickets(world.platform.db);
    use({ world, ana: await world.as('ana'), ben: await world.as('ben') });
  });
  afterEach(async () => expect(await audit(world.platform.db)).toEqual([]));
  afterAll(() => world?.[Symbol.asyncDispose]());
}
