/** Receiver of what happens in a room. */
export interface RoomSubscriber<Update> {
  onUpdate(update: Update): void;
  /** Called once after the last update. */
  complete(): void;
}

/** Source of a subscription to a room. */
export interface RoomChannel<Update> {
  /** Add a subscriber; `after` is the cursor that it resumes behind. Returns what to send first. */
  join(after: string | null, subscriber: RoomSubscriber<Update>): readonly Update[];
  leave(subscriber: RoomSubscriber<Update>): void;
}
