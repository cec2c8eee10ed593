/** <luot-number>: renders beside what the page and its framework know of it. */
class LuotNumber extends HTMLElement {
  /** Without a text, the page's own. */
  say(text) {
    const root = this.shadowRoot || this.attachShadow({mode: 'open'});
    root.textContent = text === undefined ? '' : text;
    if (text === undefined) root.appendChild(document.createElement('slot'));
  }
}

if (window.customElements && !customElements.get('luot-number')) customElements.define('luot-number', LuotNumber);
