/** Which site this page belongs to and where its Luot answers: all of it read from the script tag. */

/* A module script has no currentScript; then the tag is found by what it carries. */
export const script =
  document.currentScript || document.querySelector('script[data-site],script[src*="?site="]');

/* Without a tag this fails, and the bundle's own try ends the script in silence. */
const address = new URL(script.src);

/* The query serves pages where only the address of an older counter's script could be changed. */
const siteOfAddress = address.searchParams.get('site');

export const site = script.dataset.site || siteOfAddress;

/** True where the owner could change nothing but the script's address. */
export const addressOnly = !script.dataset.site;

/** Relative to the script, so that a public base path or another file name needs no setting here. */
export const api = new URL('v1/sites/' + encodeURIComponent(site) + '/', address).href;

/** Automated browsers read the numbers and are never counted. */
export const automated = navigator.webdriver;

/** The owner calls luot.hit() himself. */
export const manual = script.dataset.hit === 'manual';
