import { pbkdf2Sync } from 'node:crypto';

/** Solve a challenge as ALTCHA's clients do: count up until the derived key begins as it says. */
export function solve(challenge: string): string {
  const parsed = JSON.parse(challenge) as { parameters: Record<string, any>; signature: string };
  const { nonce, salt, cost, keyLength, keyPrefix, data } = parsed.parameters;
  const password = Buffer.alloc(nonce.length / 2 + 4);
  password.write(nonce, 'hex');
  const saltBytes = Buffer.from(salt, 'hex');
  for (let counter = 0; counter < data.attempts; counter++) {
    password.writeUInt32BE(counter, nonce.length / 2);
    const derivedKey = pbkdf2Sync(password, saltBytes, cost, keyLength, 'sha256').toString('hex');
    if (!derivedKey.startsWith(keyPrefix)) continue;
    const solution = { counter, derivedKey, time: 0 };
    return Buffer.from(JSON.stringify({ challenge: parsed, solution })).toString('base64');
  }
  throw new Error('the challenge has no solution');
}
