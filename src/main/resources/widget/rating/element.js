/** <luot-rating>: five stars as a radio group, the rating, and one's own vote. */
import {dress} from './looks.js';
import {mine, vote} from './votes.js';
import {language, refusal, words} from './words.js';

const {format, number, page} = window.luot.inside;

/** The controls that are on the page. */
export const shown = new Set();

/* Arrow keys pass over the stars in between: a vote is sent when they rest, or when the focus leaves. */
const REST = 800;

function make(name, part, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  if (part) element.part = part;
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
  }

  /** The page that is rated; null stands for the portal itself. */
  get page() {
    return this.hasAttribute('portal') ? null : this.getAttribute('page') || page();
  }

  build() {
    const portal = this.hasAttribute('portal');
    this.language = language(this);
    const text = (this.text = words(this.language));
    this.inputs = text.steps.map((step, index) =>
      make('input', '', {type: 'radio', name: 'stars', value: index + 1, ariaLabel: text.star(index + 1, step, portal)}),
    );
    this.stars = make('div', 'stars', {}, ...this.inputs.map((input) => make('label', 'star', {title: input.ariaLabel}, input)));
    this.summary = make('p', 'summary');
    this.own = make('span', 'mine');
    this.button = make('button', 'withdraw', {type: 'button', textContent: text.withdraw, onclick: () => this.send()});
    this.status = make('p', 'status', {role: 'status'});
    this.group = make('fieldset', 'group', {}, make('legend', 'legend', {textContent: portal ? text.portal : text.article}), this.stars);
    const root = this.attachShadow({mode: 'open', delegatesFocus: true});
    dress(root);
    root.append(this.group, this.summary, make('p', '', {}, this.own, ' ', this.button), this.status);
    this.listen();
  }

  listen() {
    let rest = REST;
    let timer;
    const send = () => {
      clearTimeout(timer);
      const chosen = this.chosen();
      this.choosing = false;
      if (chosen && chosen !== mine(this.page)) this.send(chosen);
    };
    this.stars.onpointerdown = () => (rest = 0);
    this.stars.onkeydown = (event) => {
      rest = REST;
      if (event.key === 'Enter') send();
    };
    this.stars.onchange = () => {
      this.choosing = true;
      this.light(this.chosen());
      clearTimeout(timer);
      timer = setTimeout(send, rest);
    };
    this.stars.addEventListener('focusout', (event) => this.stars.contains(event.relatedTarget) || send());
  }

  chosen() {
    return Number(this.inputs.find((input) => input.checked)?.value);
  }

  light(stars) {
    this.inputs.forEach((input, index) => input.parentNode.classList.toggle('on', index < stars));
  }

  /** Shows what is known, one's own vote before the average; until something is, nothing is claimed. */
  draw() {
    const {page, text} = this;
    const of = (name) => number((page === null ? 'portal-' : '') + 'rating-' + name, page);
    const count = of('count');
    const own = mine(page);
    const written = (value) => format(value, {luotFormat: this.language});
    this.summary.textContent = count ? text.summary(written(of('average')), written(count)) : count === 0 ? text.none : '';
    this.own.textContent = own ? text.mine(own) : '';
    this.button.hidden = !own;
    /* A choice that has not been sent yet stays as it is. */
    if (!this.choosing) {
      this.inputs.forEach((input, index) => (input.checked = index + 1 === own));
      this.light(own ?? Math.round(of('average')));
    }
    return count;
  }

  async send(stars) {
    const {group, status, text} = this;
    group.ariaBusy = 'true';
    const refused = await vote(this.page, stars);
    group.ariaBusy = 'false';
    this.draw();
    if (!stars && !refused) this.inputs[0].focus();
    status.textContent = refused
      ? refusal(text, refused)
      : stars
        ? text.thanks + ' ' + this.inputs[stars - 1].ariaLabel + '. ' + this.summary.textContent
        : text.withdrawn;
  }
}
