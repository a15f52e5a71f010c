/**
 * Catalogue of Events, Venues, Performers and SeatingPlans, with the organiser mutations that edit it.
 *
 * Reading order: schema/catalog.graphql → resolvers → mutation-resolvers → event, venue, performer, plan → input →
 * store → tables; then catalog-changes (invalidation).
 */
export { nodes, resolvers } from './resolvers.ts';
export { publishCatalogChanges, eventIdsIn, subscribeToCatalogChanges } from './catalog-changes.ts';
export { eventNotChangeable, eventNotFound, type UpdatedEvent } from './outcomes.ts';
export { openCatalogLoaders, type CatalogLoaders } from './loaders.ts';
export { describeConflicts } from './event/event-ranges.ts';
export { requireId } from './event/event-resolvers.ts';
export { readDateRange } from './input/date-range.ts';
export { instant, integerBetween, isCountryCode } from './input/field-rules.ts';
export { isComplete, readChanges, readNewFields } from './input/read-fields.ts';
export { MAX_CATEGORY_LENGTH, MAX_CITY_LENGTH, MAX_GENRE_LENGTH } from './input/text-limits.ts';
export { readTimezone } from './local-time.ts';
export { endOf, eventEnd, eventsOfDays, isOver, startsLateEnough } from './store/event-period.ts';
export {
  findEventsToArchive,
  markArchived,
  markArchiving,
  type EventToArchive,
} from './store/events-to-archive.ts';
export { reportUnreadableEvents } from './store/unreadable-events.ts';
export { changesBetween, recordAudit, type AuditRow } from './store/audit-trail.ts';
export { updatePriceTiers, updateSaleState } from './store/sale-state.ts';
export { LISTED_CITIES, preferredNameOfCity, spellingsOfCity } from './city/city-spellings.ts';
export {
  documentOf,
  eventTexts,
  searchTextOf,
  type EventTexts,
  type EventTextSource,
} from './event-texts.ts';
export { fillDocuments } from './store/fill-documents.ts';
export { refreshSearchText } from './store/search-text.ts';
export { collectWords } from './store/vocabulary.ts';
export {
  findEvent,
  findEvents,
  findSeatingPlan,
  lockEvent,
  markOnSale,
  priceOfTier,
  readNow,
  readLineups,
  readPriceTiers,
  readVenues,
  type EventRow,
  type PerformerRow,
  type PricedTier,
  type SeatingPlanHead,
  type SeatingPlanRow,
  type VenueRow,
} from './store/reads.ts';
export { DEFAULT_TICKET_LIMIT, events, priceTiers, seatingPlans, venues } from './tables.ts';
export { maySee } from './visibility.ts';
