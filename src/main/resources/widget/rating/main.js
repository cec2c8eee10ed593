/** The rating part; counters/parts.js says when it is fetched. */
import {LuotRating, shown} from './element.js';
import {mine, vote} from './votes.js';

const {inside} = window.luot;
Object.assign(inside, {mine, vote});

/** For pages that cannot add elements of their own: any element with data-luot="rating" holds a control. */
function adopt() {
  for (const host of document.querySelectorAll('[data-luot=rating],[data-luot=portal-rating]')) {
    if (host.querySelector('luot-rating')) continue;
    const control = document.createElement('luot-rating');
    control.toggleAttribute('portal', host.dataset.luot !== 'rating');
    if (host.dataset.luotPage) control.setAttribute('page', host.dataset.luotPage);
    host.replaceChildren(control);
  }
}

/** Called whenever something became known; asks for what no slot has asked for yet. */
inside.draw = (missing) => {
  adopt();
  for (const control of shown) {
    if (control.draw() === undefined) missing(control.page === null ? 'rating' : 'pages', control.page);
  }
};

if (!customElements.get('luot-rating')) customElements.define('luot-rating', LuotRating);
inside.show();
