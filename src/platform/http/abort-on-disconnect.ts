import type { ServerResponse } from 'node:http';

import { ClientGone } from '../errors.ts';

/** A signal that aborts when the client closes the connection before the response is complete. */
export function abortOnDisconnect(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const abort = () => {
    if (!response.writableFinished) controller.abort(new ClientGone());
  };
  if (response.destroyed) abort();
  else response.once('close', abort);
  return controller.signal;
}
