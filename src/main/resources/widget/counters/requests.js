/** The only place that talks to the service. */
import {inside} from './parts.js';
import {service} from './settings.js';

/**
 * Sends a request that no page can notice: no cookies to other hosts, and no preflight for POST, because a string body
 * travels as text/plain. Browsers of 2017 send none to their own host either, unless they are told to. Resolves to the
 * JSON answer, or to the status (0: no answer) as a number; never rejects. A body is kept alive, so that a visitor who
 * leaves at once is still counted.
 */
export async function ask(path, body, method) {
  try {
    const response = await fetch(`${service}v1/sites/${inside.site}/` + path, {
      method,
      credentials: 'same-origin',
      body: body && inside.json(body),
      keepalive: body,
      /* A request that hangs does not hold back for ever those that wait for it. */
      signal: (window.AbortSignal || 0).timeout && AbortSignal.timeout(30_000),
    });
    if (response.ok) return (await response.json()) || 0;
    inside.refused = response;
    return response.status;
  } catch {
    return 0;
  }
}
