import { expect, test } from 'vitest';

import { decodeForm } from '../../src/stripe-emulator/form.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test.each<[string, object]>([
  ['', {}],
  ['amount=500&currency=usd', { amount: '500', currency: 'usd' }],
  ['a[b][c]=1&a[b][d]=2&a[e]=3', { a: { b: { c: '1', d: '2' }, e: '3' } }],
  ['expand[]=one&expand[]=two', { expand: { 0: 'one', 1: 'two' } }],
  ['expand[0]=one&expand[1]=two', { expand: { 0: 'one', 1: 'two' } }],
  ['lines[0][name]=x&lines[1][name]=y', { lines: { 0: { name: 'x' }, 1: { name: 'y' } } }],
  ['a%5Bb%5D=c+d%26e%3Df', { a: { b: 'c d&e=f' } }],
  ['a=1&a=2', { a: '2' }],
  ['name=Mot%C3%B6rhead', { name: 'Motörhead' }],
])('%s', (text, expected) => {
  expect(plain(decodeForm(text))).toEqual(expected);
});

test.each(['a=1&a[b]=2', 'a[b]=1&a=2', 'a[b=1', '[a]=1', 'a]b=1', `a${'[b]'.repeat(11)}=1`])(
  'it refuses %s',
  (text) => {
    expect(() => decodeForm(text)).toThrow(/Invalid|deeply/);
  },
);

test('no key reaches Object.prototype', () => {
  const form = decodeForm('__proto__[polluted]=yes&constructor[prototype][polluted]=yes');
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
  expect(Object.keys(form)).toEqual(['__proto__', 'constructor']);
});
