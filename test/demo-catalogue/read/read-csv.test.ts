import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { readCsv } from '../../../src/demo-catalogue/read/read-csv.ts';

let path: string;
beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'onsale-csv-'));
});
afterAll(() => rm(path, { recursive: true, force: true }));

const read = async (text: string) => {
  await writeFile(join(path, 'list.csv'), text);
  return Array.fromAsync(readCsv({ path }, 'list.csv', ['id', 'name']));
};

test('quoted cells may contain commas, quotes and line breaks', async () => {
  expect(await read('id,name\n1,"a, ""b""\nc"\n2,\n')).toEqual([
    { id: '1', name: 'a, "b"\nc' },
    { id: '2', name: '' },
  ]);
});

test('reports the bytes read', async () => {
  const text = 'id,name\n1,é\n';
  await writeFile(join(path, 'list.csv'), text);
  let bytes = 0;
  await Array.fromAsync(readCsv({ path, onBytesRead: (chunk) => (bytes += chunk) }, 'list.csv', ['id']));
  expect(bytes).toBe(Buffer.byteLength(text));
});

test('reports the file and a missing column', async () => {
  await expect(read('id,title\n1,a\n')).rejects.toThrow('list.csv: lacks the column name');
});

test('reports the file of an invalid row', async () => {
  await expect(read('id,name\n1\n')).rejects.toThrow(/^list\.csv: .*line 2/);
});

test('reports a missing file', async () => {
  await expect(Array.fromAsync(readCsv({ path }, 'gone.csv', ['id']))).rejects.toThrow(/^gone\.csv: ENOENT/);
});
