import { expect, test } from 'vitest';

import { returnUrlProblems } from '../../src/payments/return-url.ts';

test.each([
  null,
  undefined,
  'https://shop.example',
  'http://localhost:3000/back',
  'HTTPS://shop.example/back?order=1&mail=a@b#top',
  'https://shop.example/@ana/back',
  'https://[::1]:8080/',
  'https://bücher.example/zurück',
])('the return URL %s is taken', (url) => expect(returnUrlProblems(url)).toEqual([]));

test.each([
  'javascript:alert(1)',
  'shop://back',
  '/back',
  '//shop.example/',
  'https:shop.example',
  'https:/shop.example',
  'https:///shop.example',
  'http:\\\\evil.example',
  'https://shop.example\\@evil.example',
  'https://a:b@shop.example/',
  'https://a@shop.example/',
  'https://@shop.example/',
  ' https://shop.example/',
  'https://shop.example/ ',
  'https://shop.example/a b',
  'https://shop.example/\tback',
  'https://shop\n.example/',
  'https://shop\u00ad.example/',
  'https://shop.example/\u202ekcab',
  'https://shop.example:99999/',
  'https://',
  `https://shop.example/${'x'.repeat(2_000)}`,
])('the return URL %j is refused', (url) => {
  expect(returnUrlProblems(url)).toEqual([
    { path: ['payment', 'returnUrl'], message: expect.stringContaining('without credentials') as string },
  ]);
});
