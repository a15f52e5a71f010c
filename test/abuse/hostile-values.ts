import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isScalarType,
  type GraphQLInputType,
} from 'graphql';

const HEX = '0'.repeat(32);

/** Values of each scalar that are known to break servers. */
export const HOSTILE: Record<string, unknown[]> = {
  String: [
    '',
    '\0',
    'a\0b',
    '\ud800',
    '\u202e',
    '😀'.repeat(3_000),
    "'; drop table events; --",
    '%_\\',
    '$1',
    'x'.repeat(50_000),
    'ı',
    '&:*|!',
    '<->',
  ],
  ID: [
    '',
    '\0',
    'x',
    'evt_',
    `evt_${HEX}`,
    `evt_${HEX}_${HEX}`,
    `tkt_${HEX}_9999999`,
    `tkt_${HEX}_-1`,
    `tkt_${HEX}_1e9`,
    `rsv_${HEX}_${HEX}`,
    `bkg_${HEX}_${HEX}`,
    `EVT_${HEX}`,
    `ven_${HEX}`,
    `prf_${HEX}`,
    `pln_${HEX}`,
    '__proto___0',
    'constructor_0',
    'x'.repeat(10_000),
  ],
  Int: [0, -1, 101, 1_000_000, 2_147_483_647, -2_147_483_648],
  Amount: [0, -0, -1, 0.5, '5000', 2_147_483_648, Number.MAX_SAFE_INTEGER, 2 ** 53, -(2 ** 53), 1e308],
  Float: [0, -0, -1, 1e308, -1e308, 5e-324, 91, 181],
  Boolean: [true, false],
  DateTime: [
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '2026-02-30T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '0026-11-30T20:00:00Z',
    '9999-12-31T23:59:59-23:59',
    '2026-12-31T23:59:60Z',
    1_800_000_000_000,
    '',
  ],
  Currency: ['', 'eur', 'XXX', 'EURO', '\0\0\0', '€'],
};

const VALID: Record<string, unknown> = {
  String: 'x',
  ID: `evt_${HEX}`,
  Int: 1,
  Amount: 5_000,
  Float: 1,
  Boolean: true,
  DateTime: '2030-01-01T00:00:00Z',
  Currency: 'EUR',
};

/** A scalar or enum within an argument: the path of input fields to it, and its type. */
export interface Leaf {
  path: string[];
  scalar: string;
}

/** Every scalar and enum of an argument, optional ones included. A list counts as one item. */
export function leavesOf(type: GraphQLInputType, path: string[] = []): Leaf[] {
  const bare = getNullableType(type);
  if (isListType(bare)) return leavesOf(bare.ofType, path);
  if (isLeafType(bare)) return [{ path, scalar: bare.name }];
  if (!isInputObjectType(bare)) return [];
  return Object.values(bare.getFields()).flatMap((field) => leavesOf(field.type, [...path, field.name]));
}

/** A value of the type with `value` at the path; other fields come from `base`, missing required ones are minimal. */
export function valueWith(
  type: GraphQLInputType,
  path: readonly string[],
  value: unknown,
  base?: unknown,
): unknown {
  if (isNonNullType(type)) return valueWith(type.ofType, path, value, base);
  if (isListType(type))
    return [valueWith(type.ofType, path, value, Array.isArray(base) ? base[0] : undefined)];
  if (!isInputObjectType(type)) return value;
  const given = (base ?? {}) as Record<string, unknown>;
  const [next, ...rest] = path;
  const filled = Object.values(type.getFields()).flatMap((field) => {
    if (field.name === next)
      return [[field.name, valueWith(field.type, rest, value, given[field.name])] as const];
    if (type.isOneOf) return [];
    if (field.name in given) return [[field.name, given[field.name]] as const];
    return isNonNullType(field.type) && field.defaultValue === undefined
      ? [[field.name, minimalValue(field.type)] as const]
      : [];
  });
  return Object.fromEntries(filled);
}

/** Smallest valid value of the type. */
export function minimalValue(type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [];
  const named = getNamedType(bare);
  if (isScalarType(named)) return VALID[named.name];
  if (!isInputObjectType(named)) return named.getValues()[0]!.value as unknown;
  const fields = Object.values(named.getFields());
  const chosen = named.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
  return Object.fromEntries(chosen.map((field) => [field.name, minimalValue(field.type)]));
}
