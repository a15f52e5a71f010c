/**
 * Takes from a file `.env` in the working directory what the environment does not say. Every npm command that has
 * settings imports this first; Node's own `--env-file-if-exists` complains each time that there is none.
 */
import { existsSync } from 'node:fs';

if (existsSync('.env')) process.loadEnvFile('.env');
