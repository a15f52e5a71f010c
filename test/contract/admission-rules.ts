import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** The seat map shows places by the sections in it: who gets one gets them. */
const MAPS: readonly string[] = ['SeatMap'];

/** Mutations whose success carries a Reservation: each holds tickets, or changes what is held. */
export function mutationsOfReservations(schema: GraphQLSchema): string[] {
  const refusal = schema.getType('Refusal');
  const isRefusal = (type: GraphQLObjectType) => isInterfaceType(refusal) && schema.isSubType(refusal, type);
  const carriesReservation = (type: GraphQLObjectType, seen = new Set<string>()): boolean =>
    !seen.has(type.name) &&
    seen.add(type.name) &&
    fieldsOf(type).some(({ type: of }) =>
      objectsOf(schema, getNamedType(of)).some(
        (object) => object.name === 'Reservation' || (!isEntity(object) && carriesReservation(object, seen)),
      ),
    );
  return fieldsOf(schema.getMutationType())
    .filter((field) =>
      objectsOf(schema, getNamedType(field.type)).some(
        (type) => !isRefusal(type) && (type.name === 'Reservation' || carriesReservation(type)),
      ),
    )
    .map(({ name }) => `Mutation.${name}`)
    .toSorted();
}

/** Fields of any type that can return what has the status of single places, as coordinates. */
export function fieldsOfPlaces(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith('__'),
  ) as GraphQLObjectType[];
  const showsPlaces = ({ name }: GraphQLObjectType) =>
    MAPS.includes(name) || isOfPlaces(schema.getType(name));
  return types
    .filter(({ name }) => !MAPS.includes(name))
    .flatMap((type) =>
      fieldsOf(type)
        .filter((field) => objectsOf(schema, getNamedType(field.type)).some(showsPlaces))
        .map((field) => `${type.name}.${field.name}`),
    )
    .toSorted();
}

/** Whether a type has the status of one place, or a letter for each of several. */
function isOfPlaces(type: GraphQLNamedType | undefined): boolean {
  return (
    isObjectType(type) &&
    fieldsOf(type).some(
      ({ name, type: of }) => getNamedType(of).name === 'TicketStatus' || name === 'statuses',
    )
  );
}

/** Types with an id are reached by their own rules of visibility. */
const isEntity = (type: GraphQLObjectType): boolean =>
  type.getInterfaces().some(({ name }) => name === 'Node');

const objectsOf = (schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLObjectType[] =>
  isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];

const fieldsOf = (type: GraphQLObjectType | null | undefined): GraphQLField<unknown, unknown>[] =>
  Object.values(type?.getFields() ?? {});
