/**
 * The waiting room in front of a sale: joining, the line, admission.
 *
 * Reading order: docs/decisions/0039 → tables → room-state → organiser → tokens → line/line → admission/room-controller → passes →
 * live-rooms → require-admission → resolvers.
 */
export { addDrawRoutes } from './draw/draw-routes.ts';
export { type QueueParts } from './join/queue.ts';
export { verifyDraw } from './draw/verify-draw.ts';
export { endProblemOfRoom } from './organiser/check-moved-event.ts';
export { closeOverRooms } from './organiser/close-over-rooms.ts';
export { type AdmissionLogUpdate } from './figures/admission-log-feed.ts';
export { type FiguresUpdate } from './figures/figures-feed.ts';
export { noOwnRoom, requireOwnRoom } from './figures/own-room.ts';
export { Admission } from './admission/admission.ts';
export { type AdmissionSwitches, type StockSource } from './admission/stock.ts';
export { endVisitOfBuyer, endVisitOfPurchase, type Purchase } from './admission/end-visit-of-buyer.ts';
export { Line } from './line/line.ts';
export { LiveRooms } from './live-rooms.ts';
export { ADMISSION_HEADER, NO_PASSES, readPasses, withPass } from './passes/read-passes.ts';
export {
  denyWithoutAdmission,
  errorIfPlacesHidden,
  refusalToFollow,
  requirePlacesShown,
  type AdmissionDenied,
} from './require-admission.ts';
export { resolvers } from './resolvers.ts';
export { type OwnEntry } from './outcomes.ts';
export { type DrawnRoom } from './draw/drawn-room.ts';
export { openQueue } from './open-queue.ts';
export { openQueueWatch } from './watch/open-queue-watch.ts';
export { type QueueStatus } from './watch/queue-status.ts';
export { type QueueWatch } from './watch/queue-watch.ts';
export { type RoomRow } from './store/rooms.ts';
export { archiveAdmissions, countUnsettledRooms, type AdmissionPosition } from './store/archive.ts';
export { type AdmissionLogRow } from './store/admission-log.ts';
