import { getNamedType, isLeafType, isNonNullType, type GraphQLArgument } from 'graphql';

import { minimalValue } from '../abuse/hostile-values.ts';
import { overSse } from '../realtime/transports.ts';
import type { Client } from '../support/client.ts';
import type { Subject } from './rights-subject.ts';
import type { Right } from './rights.ts';

/** A viewer who tries a field. */
export interface Asking {
  url: string;
  client: Client;
  token: string | undefined;
}

/** How to reach an object of each type that has restricted fields. A type without a path fails. */
const PATHS: Record<string, (selection: string, ids: Subject['ids']) => string> = {
  Viewer: (selection) => `viewer { ${selection} }`,
  Event: (selection, { event }) => `event(id: "${event}") { ${selection} }`,
  WaitingRoom: (selection, { event }) => `event(id: "${event}") { waitingRoom { ${selection} } }`,
  Booking: (selection, { booking }) => `node(id: "${booking}") { ... on Booking { ${selection} } }`,
  Reservation: (selection, { reservation }) =>
    `node(id: "${reservation}") { ... on Reservation { ${selection} } }`,
};

/** Fields that are null unless the Event was cancelled. */
const OF_CANCELLED = new Set(['Event.cancellation']);

/** Use the field on the subject: `yes`, `no`, or the code of the error. */
export function tryRight(right: Right, subject: Subject, asking: Asking): Promise<string> {
  if (right.type === 'Mutation') return tryMutation(right, subject, asking);
  if (right.type === 'Subscription') return trySubscription(right, subject, asking);
  return tryField(right, subject, asking);
}

async function tryMutation(
  { field, to }: Right,
  { ids, inputs }: Subject,
  { client }: Asking,
): Promise<string> {
  const [input] = field.args;
  const { data, errors } = await client.send(
    `mutation ($input: ${String(input!.type)}) { answer: ${field.name}(input: $input) { __typename } }`,
    { input: inputs[field.name] ?? withIds(minimalValue(input!.type), field.name, ids) },
  );
  const code = errors[0]?.extensions['code'] as string | undefined;
  if (code !== undefined) return code;
  const answer: string = data!['answer'].__typename;
  if (to === 'ROLES') return 'yes';
  return answer === 'InvalidInput' ? answer : answer.endsWith('NotFound') ? 'no' : 'yes';
}

/** Put the subject's ids in place of those that a minimal value has. */
function withIds(value: unknown, mutation: string, ids: Subject['ids']): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const ofMutation = mutation.replace(/^[a-z]+/, '').replace(/^./, (first) => first.toLowerCase());
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      typeof part === 'string' ? ((name === 'id' ? ids[ofMutation] : ids[name]) ?? part) : part,
    ]),
  );
}

const callOf = ({ field }: Right, { event }: Subject['ids']): string => {
  const required = field.args.filter(
    ({ type, defaultValue }: GraphQLArgument) => isNonNullType(type) && defaultValue === undefined,
  );
  const values = required.map(({ name, type }) => {
    const value = name === 'event' ? event : minimalValue(type);
    return `${name}: ${JSON.stringify(value)}`;
  });
  const selection = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
  return `answer: ${field.name}${values.length > 0 ? `(${values.join(', ')})` : ''}${selection}`;
};

async function tryField(right: Right, { ids: all }: Subject, { client }: Asking): Promise<string> {
  const isOfCancelled = OF_CANCELLED.has(`${right.type}.${right.field.name}`);
  const ids = isOfCancelled ? { ...all, event: all['cancelledEvent']! } : all;
  const call = callOf(right, ids);
  const path = right.type === 'Query' ? String : PATHS[right.type];
  if (path === undefined) return `say in PATHS how ${right.type} is reached`;
  const { data, errors } = await client.send(
    `{ ${path(`${right.type === 'Query' ? '' : '__typename '}${call}`, ids)} }`,
  );
  const code = errors[0]?.extensions['code'] as string | undefined;
  if (code !== undefined) return code;
  let object = data as Record<string, unknown> | null;
  while (object !== null && typeof object === 'object' && !('answer' in object))
    object = (Object.values(object)[0] ?? null) as typeof object;
  if (object === null) return 'no';
  // whose objects are restricted as a whole may have null in a field
  if (right.isOfType) return 'yes';
  const { answer } = object;
  return answer === null || (Array.isArray(answer) && answer.length === 0) ? 'no' : 'yes';
}

async function trySubscription(right: Right, { ids }: Subject, { url, token }: Asking): Promise<string> {
  const subscriber = await overSse.subscribe(url, {
    query: `subscription { ${callOf(right, ids)} }`,
    ...(token !== undefined && { token }),
  });
  const first = await Promise.race([subscriber.next(), subscriber.ended]);
  subscriber.close();
  const code = first.errors?.[0]?.extensions?.code as string | undefined;
  if (code === 'BAD_USER_INPUT') return 'no';
  return code ?? (first.data ? 'yes' : JSON.stringify(first));
}
