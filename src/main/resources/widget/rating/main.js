/** The rating part; counters/parts.js says when it is fetched. */
import {LuotRating, shown} from './element.js';
import {mine, vote} from './votes.js';

const {inside} = window.luot;
Object.assign(inside, {mine, vote});

/** For pages that cannot add elements of their own: any element with data-luot="rating" holds a control. */
function adopt() {
  for (const host of document.querySelectorAll('[data-luot=rating],[data-luot=portal-rating]')) {
    if (host.querySelector('luot-rating') || !inside.safe(host)) continue;
    const control = document.createElement('luot-rating');
    if (host.dataset.luot !== 'rating') control.setAttribute('portal', '');
    if (host.dataset.luotPage) control.setAttribute('page', host.dataset.luotPage);
    host.textContent = '';
    host.append(control);
  }
}

/** Called whenever something became known. */
const {draw} = inside;
inside.draw = () => {
  draw();
  adopt();
  shown.forEach((control) => control.draw());
};

/* A choice that still rests is sent with the page. */
addEventListener('pagehide', () => shown.forEach((control) => control.settle()));

if (!customElements.get('luot-rating')) customElements.define('luot-rating', LuotRating);
inside.show();
