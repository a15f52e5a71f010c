import { expect } from 'vitest';

import type { OwnRoom } from '../own-room.ts';

/** Let entries in. */
export const joinAll = async (room: OwnRoom, entries: readonly string[]) => {
  const row = await room.row();
  for (const entry of entries) expect(await room.line.join(row, entry)).not.toBeNull();
};
/** Where entries stand. */
export const kinds = async (room: OwnRoom, entries: readonly string[]) =>
  (await room.line.find(await room.row(), entries))!.map((state) => state?.kind ?? null);
/** The first tick opens a room, the second admits. */
export const opened = async (room: OwnRoom, options?: Parameters<OwnRoom['controller']>[0]) => {
  const controller = room.controller(options);
  await room.tick(controller);
  await room.tick(controller);
  return controller;
};
