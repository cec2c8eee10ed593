/** The only place that talks to the service. */
import {api} from './settings.js';

/**
 * Sends a request that no page can notice: no cookies, and no preflight for POST, because a string
 * body travels as text/plain. Resolves to the JSON answer, or to the status (0: no answer) as a number;
 * never rejects. A body is kept alive, so that a visitor who leaves at once is still counted.
 */
export async function ask(path, body, method = body ? 'POST' : 'GET') {
  try {
    const response = await fetch(api + path, {
      method,
      body: body && JSON.stringify(body),
      credentials: 'omit',
      keepalive: !!body,
    });
    return response.ok ? (await response.json()) ?? 0 : response.status;
  } catch {
    return 0;
  }
}
