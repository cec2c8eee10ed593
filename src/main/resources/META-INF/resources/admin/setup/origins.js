/* An address as people type it, and the origins that its pages may have. */

/** With and without www, https and http; those chosen first have the typed scheme. None: it is no address. */
export function originsOf(address) {
  const typed = address.trim();
  let url;
  try {
    url = new URL(/^https?:\/\//i.test(typed) ? typed : 'https://' + typed);
  } catch {
    return [];
  }
  if (!typed || /\s/.test(typed) || !url.hostname) {
    return [];
  }
  const schemes = url.protocol === 'http:' ? ['http:', 'https:'] : ['https:', 'http:'];
  return schemes.flatMap((scheme, i) =>
    hosts(url.host).map((host) => ({origin: `${scheme}//${host}`, chosen: i === 0})));
}

/** A name within a domain may also be called with www. */
function hosts(host) {
  if (!/^[^:[\]]*\.[a-z][^:.]*(:\d+)?$/i.test(host)) {
    return [host];
  }
  return host.startsWith('www.') ? [host, host.slice(4)] : [host, 'www.' + host];
}

/** A name for URLs. */
export function idOf(address) {
  const host = originsOf(address)[0]?.origin.split('//')[1] ?? '';
  return host.replace(/^www\./, '').replace(/:\d+$/, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 63);
}
