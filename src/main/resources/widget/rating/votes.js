/** One visitor's votes: the token the server issued and what was last given, kept by the page's own storage. */
const {ask, site, learnPage, learnPortal, show} = window.luot.inside;

const KEY = 'luot:' + site;

/* Storage may be forbidden; then a vote is remembered until the page is left. */
let kept = {};
try {
  kept = JSON.parse(localStorage.getItem(KEY)) || {};
} catch {}

const id = (page) => page ?? '';

/** The stars this visitor has given a page (null: the portal itself), or undefined. */
export const mine = (page) => kept.mine?.[id(page)];

function keep(page, {voter, mine}) {
  kept = {voter: voter || kept.voter, mine: {...kept.mine, [id(page)]: mine ?? undefined}};
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {}
}

/**
 * Casts or changes the vote, or withdraws it when there are no stars. Resolves to 0 when it was taken,
 * else to a status that says why not.
 */
export async function vote(page, stars) {
  const path = page == null ? 'rating' : 'rating?page=' + encodeURIComponent(page);
  const answer = await ask(path, {stars, voter: kept.voter}, stars ? 'PUT' : 'DELETE');
  if (typeof answer !== 'object') return answer || 503;
  keep(page, answer);
  if (page == null) learnPortal(answer);
  else learnPage(page, {rating: answer});
  show();
  return 0;
}
