/** <luot-rating>: five stars as a radio group, the rating, and one's own vote. */
import {dress} from './looks.js';
import {mine, vote} from './votes.js';
import {language, refusal, words} from './words.js';

const {inside} = window.luot;
const {format, number, pageOf} = inside;

/** The controls that are on the page. */
export const shown = new Set();

/* Arrow keys pass over the stars in between, and slow hands rest on each: a vote is sent by Enter, when the focus
   leaves, or when all rests. */
const REST = 5000;

/* Attributes, because not every browser reflects ARIA in properties. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...children);
  return element;
}

export class LuotRating extends HTMLElement {
  connectedCallback() {
    shown.add(this);
    if (!this.shadowRoot) this.build();
    this.draw();
  }

  disconnectedCallback() {
    shown.delete(this);
    this.settle();
  }

  /** The page that is rated; null stands for the portal itself. */
  get page() {
    const page = this.getAttribute('page');
    return this.hasAttribute('portal') ? null : page ? pageOf(page) : inside.page;
  }

  build() {
    const portal = this.hasAttribute('portal');
    this.language = language(this);
    const text = (this.text = words(this.language));
    this.names = text.steps.map((step, index) => text.star(index + 1, step, portal));
    this.inputs = this.names.map((name, index) =>
      make('input', {type: 'radio', name: 'stars', value: index + 1, 'aria-label': name}),
    );
    const labels = this.inputs.map((input, index) => make('label', {part: 'star', title: this.names[index]}, input));
    const legend = make('legend', {part: 'legend'}, portal ? text.portal : text.article);
    this.stars = make('div', {part: 'stars'}, ...labels);
    this.group = make('fieldset', {part: 'group'}, legend, this.stars);
    this.summary = make('p', {part: 'summary'});
    this.own = make('span', {part: 'mine'});
    this.button = make('button', {part: 'withdraw', type: 'button'}, text.withdraw);
    this.button.onclick = () => this.send(this.page);
    this.status = make('p', {part: 'status', role: 'status'});
    const root = this.attachShadow({mode: 'open', delegatesFocus: true});
    dress(root);
    root.append(this.group, this.summary, make('p', {}, this.own, ' ', this.button), this.status);
    this.listen();
  }

  listen() {
    let rest = REST;
    let timer;
    /* What was chosen is sent for the page on which it was. */
    this.settle = () => {
      clearTimeout(timer);
      const {page, stars} = this.choice || 0;
      this.choice = 0;
      if (stars && stars !== mine(page)) this.send(page, stars);
    };
    this.stars.onpointerdown = () => (rest = 0);
    this.stars.onkeydown = (event) => {
      rest = REST;
      if (event.key === 'Enter') this.settle();
    };
    this.stars.onchange = () => {
      const stars = this.inputs.findIndex((input) => input.checked) + 1;
      this.choice = {page: this.page, stars};
      this.light(stars);
      clearTimeout(timer);
      timer = setTimeout(this.settle, rest);
    };
    this.stars.addEventListener('focusout', (event) => this.stars.contains(event.relatedTarget) || this.settle());
  }

  light(stars) {
    this.inputs.forEach((input, index) => input.parentNode.classList.toggle('on', index < stars));
  }

  /** Shows what is known, one's own vote before the average; until something is, nothing is claimed. */
  draw() {
    const {page, text} = this;
    if (page !== this.drawn) {
      this.drawn = page;
      this.settle();
      this.status.textContent = '';
    }
    const of = (name) => number((page === null ? 'portal-' : '') + 'rating-' + name, page);
    const count = of('count');
    const own = mine(page);
    const written = (value) => format(value, {luotFormat: this.language});
    this.summary.textContent = count ? text.summary(written(of('average')), written(count)) : count === 0 ? text.none : '';
    this.own.textContent = own ? text.mine(own) : '';
    this.button.hidden = !own;
    /* A choice that has not been sent yet stays as it is. */
    if (!this.choice) {
      this.inputs.forEach((input, index) => (input.checked = index + 1 === own));
      this.light(own || Math.round(of('average')));
    }
  }

  async send(page, stars) {
    const {group, status, text} = this;
    const busy = (yes) => group.setAttribute('aria-busy', yes);
    busy(true);
    const refused = await vote(page, stars);
    busy(false);
    this.draw();
    /* Another page has been opened meanwhile. */
    if (page !== this.page) return;
    if (!stars && !refused) this.inputs[0].focus();
    status.textContent = refused
      ? refusal(text, refused)
      : stars
        ? text.thanks + ' ' + this.names[stars - 1] + '. ' + this.summary.textContent
        : text.withdrawn;
  }
}
