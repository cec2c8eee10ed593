/** A framework that takes over what a server rendered must find what it expects: it comes first. */
const {inside} = window.luot;

/* By then a framework that was to come has come, or there is none. */
const PATIENCE = 1000;

let loaded = document.readyState === 'complete' ? Date.now() : Infinity;
let timer;

addEventListener('load', () => (loaded = Date.now()));

/** Whether a framework knows this element, or the application around it. */
function known(element) {
  const around = element.closest('[id^=__],#root,#app');
  return (
    Object.keys(element).some((key) => /^(__react|__vue|_reactRoot|__ng)/.test(key)) || around?.__vue_app__ || around?.__vue__
  );
}

function again(milliseconds) {
  timer =
    timer ||
    setTimeout(() => {
      timer = 0;
      inside.show();
    }, milliseconds);
}

inside.alive = (element) => {
  if (element.localName === 'luot-number') return !!element.say;
  /* A block of Angular's that comes to life when somebody touches it: until then no node of it may go or come. */
  if (element.closest('[ngb]')) {
    const text = !element.dataset.luotTemplate && element.childNodes.length === 1 && element.firstChild.nodeType === 3;
    return text && !/rating$/.test(element.dataset.luot) ? true : again(1000);
  }
  /* Angular takes this away when it is done. */
  const waits = element.closest('[ngh]') || !known(element);
  if (!waits || (!window.__next_f && Date.now() - loaded > PATIENCE)) return true;
  again(100);
};
