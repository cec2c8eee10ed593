/** The only place that talks to the service. */
import {inside} from './parts.js';
import {script} from './settings.js';

/**
 * Sends a request that no page can notice: no cookies to other hosts, and no preflight for POST, because a string body
 * travels as text/plain. Browsers of 2017 send none to their own host either, unless they are told to. Resolves to the
 * JSON answer, or to the status (0: no answer) as a number; never rejects. A body is kept alive, so that a visitor who
 * leaves at once is still counted.
 */
export async function ask(path, body, method) {
  try {
    /* Relative to the script, so that a public base path or another file name needs no setting here. A page opened as
       https://name:password@host/ has such a script, and to fetch such an address is refused. */
    const response = await fetch(new URL(`v1/sites/${inside.site}/` + path, script.src.replace(/\/\/[^/]*@/, '//')), {
      method,
      credentials: 'same-origin',
      body: body && inside.json(body),
      keepalive: body,
    });
    if (response.ok) return (await response.json()) || 0;
    inside.refused = response;
    return response.status;
  } catch {
    return 0;
  }
}
