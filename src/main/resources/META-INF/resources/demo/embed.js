/* The owners' page: snippets for their own site, copied with one press, and a slot built by choosing. */
const main = document.querySelector('main');
const script = document.querySelector('script[data-site]').src;
const base = new URL('.', script).href;
const snippets = [...document.querySelectorAll('[data-snippet]')].map((code) => [code, code.textContent]);
const site = document.getElementById('site');

function writeSnippets() {
  const name = site.validity.valid && site.value ? site.value : 'demo';
  const values = {script, base, site: name};
  for (const [code, text] of snippets) {
    code.textContent = text.replace(/\{(script|base|site)\}/g, (_, key) => values[key]);
  }
}

function copy(button) {
  const code = button.parentNode.querySelector('code');
  navigator.clipboard.writeText(code.textContent).then(() => {
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
for (const id of ['number', 'format', 'zero']) document.getElementById(id).addEventListener('input', build);
main.addEventListener('click', ({target}) => target.matches('[data-copy]') && copy(target));
document.querySelector('[data-integrity]').textContent = main.dataset.integrityValue;
writeSnippets();
