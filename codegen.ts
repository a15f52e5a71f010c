import type { CodegenConfig } from '@graphql-codegen/cli';

import { SCHEMA_FILES } from './src/app/graphql/schema-files.ts';

/** The parent type of each SDL type's resolvers: mostly a row of the capability's own table. */
const mappers = {
  Venue: '../catalog/index.ts#VenueRow',
  Performer: '../catalog/index.ts#PerformerRow',
  SeatingPlan: '../catalog/index.ts#SeatingPlanHead',
  Event: '../catalog/index.ts#EventRow',
  EventUpdated: '../catalog/index.ts#UpdatedEvent',
  AuditEntry: '../catalog/index.ts#AuditRow',
  WaitingRoom: '../waiting-room/index.ts#RoomRow',
  WaitingRoomDraw: '../waiting-room/index.ts#DrawnRoom',
  QueueEntry: '../waiting-room/index.ts#OwnEntry',
  AdmissionLogEntry: '../waiting-room/index.ts#AdmissionLogRow',
  QueueStatus: '../waiting-room/index.ts#QueueStatus as StatusInQueue',
  Section: '../seating-plan/index.ts#Section as DrawnSection',
  SeatedSection: '../seating-plan/index.ts#SeatedSection as DrawnSeatedSection',
  GeneralAdmissionArea: '../seating-plan/index.ts#GeneralAdmissionArea as DrawnArea',
  SeatingSection: '../seating-plan/index.ts#Section as SectionOfTicket',
  SeatRow: '../seating-plan/index.ts#Row',
  EventSearchConnection: '../search/index.ts#EventSearchPage',
  EventSearchEdge: '../search/index.ts#EventSearchHit',
  Understood: '../search/index.ts#Part as UnderstoodPart',
  UnderstoodDates: '../search/index.ts#DatesPart',
  UnderstoodPrice: '../search/index.ts#PricePart',
  UnderstoodPlace: '../search/index.ts#PlacePart',
  EventFacets: '../search/index.ts#FacetLoader',
  EventFacet: '../search/index.ts#FacetCount',
  EventSuggestion: '../search/index.ts#HighlightedSuggestion',
  PerformerSuggestion: '../search/index.ts#HighlightedSuggestion',
  VenueSuggestion: '../search/index.ts#HighlightedSuggestion',
  CitySuggestion: '../search/index.ts#HighlightedSuggestion',
  PriceTier: '../catalog/index.ts#PricedTier',
  Money: '../platform/money.ts#Money as MoneyValue',
  Viewer: '../platform/auth/viewer.ts#Viewer as SignedInViewer',
  Ticket: '../booking/index.ts#TicketRow',
  Reservation: '../booking/index.ts#ReservationRow',
  TicketsUnavailable: '../booking/index.ts#TicketsUnavailable as UnavailablePlaces',
  OrphanSeat: '../booking/index.ts#OrphanSeat as OrphanPlaces',
  Booking: '../payments/index.ts#BookingRow',
  EventCancellation: '../payments/index.ts#CancellationProgress',
  Refund: '../payments/index.ts#RefundRow',
  Dispute: '../payments/index.ts#DisputeRow',
  EventSales: '../payments/index.ts#EventSales as SalesOfEvent',
  SeatMap: '../seat-map/index.ts#SeatMapSnapshot',
};

const config: CodegenConfig = {
  schema: SCHEMA_FILES,
  generates: {
    'src/generated/graphql.ts': {
      plugins: [
        { add: { content: '/* Written by `npm run codegen` from schema/*.graphql. Never edit. */' } },
        'typescript',
        'typescript-resolvers',
        // the resolvers' context, for capabilities that may not import `app`
        { add: { placement: 'append', content: "export type { Context } from '../app/context.ts';" } },
      ],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        emitLegacyCommonJSImports: false,
        importExtension: '.ts',
        strictScalars: true,
        defaultScalarType: 'unknown',
        scalars: {
          ID: { input: 'string', output: 'string' },
          Amount: { input: 'number', output: 'number' },
          DateTime: { input: 'Date', output: 'Date' },
          Currency: { input: 'string', output: 'string' },
        },
        contextType: '../app/context.ts#Context',
        mappers,
        resolversNonOptionalTypename: { unionMember: true },
        inputMaybeValue: 'T | null | undefined',
        makeResolverTypeCallable: true,
      },
    },
  },
};

export default config;
