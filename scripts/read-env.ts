/** Load `.env` of the working directory; variables that are set take precedence. `--env-file-if-exists` warns if there is none. */
import { existsSync } from 'node:fs';

if (existsSync('.env')) process.loadEnvFile('.env');
