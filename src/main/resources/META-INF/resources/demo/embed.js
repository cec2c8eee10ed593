/* The owners' page: snippets for their own site, copied with one press, and a slot built by choosing. */
const main = document.querySelector('main');
/* A page opened as https://name:password@host/ keeps them to itself: what is copied from here is made public. */
const script = document.querySelector('script[data-site]').src.replace(/\/\/[^/]*@/, '//');
const base = new URL('.', script).href;
const snippets = [...document.querySelectorAll('[data-snippet]')].map((code) => [code, code.textContent]);
const site = document.getElementById('site');

function writeSnippets() {
  const name = site.validity.valid && site.value ? site.value : site.placeholder;
  const values = {script, base, site: name};
  for (const [code, text] of snippets) {
    code.textContent = text.replace(/\{(script|base|site)\}/g, (_, key) => values[key]);
  }
}

/** Over http there is no clipboard for scripts, only what a person has selected. */
async function write(code) {
  if (navigator.clipboard) return navigator.clipboard.writeText(code.textContent);
  getSelection().selectAllChildren(code);
  document.execCommand('copy');
}

/** Says in words whether the address may call for the site. */
async function check() {
  const asked = {site: site.value || site.placeholder, address: document.getElementById('address').value};
  const response = await fetch(base + 'v1/check?' + new URLSearchParams(asked));
  const found = response.ok ? await response.json() : {};
  const verdict = !response.ok
    ? 'failed'
    : found.registered
      ? 'known'
      : found.registeredFor
        ? 'elsewhere'
        : found.known
          ? 'missing'
          : 'unknown';
  const values = {site: found.site, origin: found.origin, other: found.registeredFor};
  const words = document.getElementById('check').dataset[verdict];
  document.getElementById('verdict').textContent = words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

function copy(button) {
  write(button.parentNode.querySelector('code')).then(() => {
    const label = button.textContent;
    button.textContent = document.getElementById('said').textContent = main.dataset.copied;
    setTimeout(() => (button.textContent = label), 2000);
  });
}

function build() {
  const value = (id) => document.getElementById(id).value;
  const slot = document.createElement('b');
  slot.dataset.luot = value('number');
  if (value('format')) slot.dataset.luotFormat = value('format');
  if (value('zero')) slot.dataset.luotZero = value('zero');
  slot.textContent = '–';
  document.getElementById('built').textContent = slot.outerHTML;
  document.getElementById('stage').replaceChildren(slot);
}

site.addEventListener('input', writeSnippets);
document.getElementById('check').addEventListener('submit', (event) => {
  event.preventDefault();
  check();
});
for (const id of ['number', 'format', 'zero']) document.getElementById(id).addEventListener('input', build);
main.addEventListener('click', ({target}) => target.matches('[data-copy]') && copy(target));
document.querySelector('[data-integrity]').textContent = main.dataset.integrityValue;
writeSnippets();
