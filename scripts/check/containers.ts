import { run, type Finding } from './part.ts';

/** Lint docker-compose.yml, and validate it with Docker Compose if installed. */
export async function composeFile(): Promise<Finding> {
  const linted = await run('dclint', [
    'docker-compose.yml',
    '--max-warnings=0',
    '--disable-rule=require-project-name-field', // unknown to Debian's docker-compose
  ]);
  if (linted.problems !== null) return linted;
  for (const [program, ...args] of [['docker', 'compose'], ['docker-compose']] as const) {
    const version = await run(program, [...args, 'version']);
    if (version.problems === null) return run(program, [...args, 'config', '--quiet']);
  }
  return { problems: null, note: 'linted only: Docker Compose is not installed' };
}

/** Lint the Dockerfile. It is not built here: that needs a container engine. */
export async function dockerfile(): Promise<Finding> {
  return run('dockerfilelint', ['Dockerfile']);
}
