import { run, type Finding } from './part.ts';

/** Lint the compose file, and let a compose program read it where there is one. */
export async function composeFile(): Promise<Finding> {
  const linted = await run('dclint', [
    'docker-compose.yml',
    '--max-warnings=0',
    '--disable-rule=require-project-name-field', // Debian's docker-compose does not know the field
  ]);
  if (linted.problems !== null) return linted;
  for (const [program, ...args] of [['docker', 'compose'], ['docker-compose']] as const) {
    const present = await run(program, [...args, 'version']);
    if (present.problems === null) return run(program, [...args, 'config', '--quiet']);
  }
  return { problems: null, note: 'linted only: no compose program here to read it' };
}

/** Lint the Dockerfile. Building it needs an engine, so that is left to whoever has one. */
export async function dockerfile(): Promise<Finding> {
  return run('dockerfilelint', ['Dockerfile']);
}
