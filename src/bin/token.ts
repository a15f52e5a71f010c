import { join } from 'node:path';

import { openDevelopmentIssuer } from '../platform/auth/development-issuer.ts';
import { MAX_SUBJECT_LENGTH, ROLES, type Role } from '../platform/auth/viewer.ts';
import { readOptions } from '../platform/cli/read-options.ts';
import { exitWithMessage } from '../platform/cli/run-command.ts';
import { readSettings } from '../platform/config/settings.ts';
import { isStorable } from '../platform/text/clean.ts';

/** `npm run token -- --role fan --sub ana [--days 30]`: print a token of the development issuer. `--role` may be repeated. */
process.exitCode = await exitWithMessage(async () => {
  const options = readOptions({
    call: 'npm run token --',
    about: 'Print a token of the development issuer.',
    options: {
      role: {
        type: 'string',
        multiple: true,
        default: ['fan'],
        value: 'ROLE',
        about: `one of ${ROLES.join(', ').toLowerCase()}; may be repeated`,
      },
      sub: { type: 'string', default: 'ana', value: 'NAME', about: 'subject: the viewer' },
      days: { type: 'string', default: '30', value: 'N', about: 'valid for so many days, 1 to 3650' },
    },
  });
  const settings = readSettings();
  const roles = options.role.map((role) => role.toUpperCase()) as Role[];
  const days = Number(options.days);

  const problem =
    settings.auth.kind === 'external'
      ? 'AUTH_ISSUER is set: get tokens from that issuer.'
      : !roles.every((role) => ROLES.includes(role))
        ? `--role must be one of ${ROLES.join(', ').toLowerCase()}.`
        : !isStorable(options.sub, MAX_SUBJECT_LENGTH)
          ? `--sub must be 1 to ${MAX_SUBJECT_LENGTH} printable characters.`
          : !(Number.isInteger(days) && days >= 1 && days <= 3_650)
            ? '--days must be a whole number, 1 to 3650.'
            : null;
  if (problem !== null) {
    process.stderr.write(`${problem}\n`);
    return 1;
  }
  const issuer = await openDevelopmentIssuer(join(settings.dataDirectory, 'development-issuer.json'));
  process.stdout.write(`${await issuer.sign({ sub: options.sub, roles, days })}\n`);
  return 0;
});
