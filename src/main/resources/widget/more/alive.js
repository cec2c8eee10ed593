/** A framework that takes over what a server rendered must find what it expects: it comes first. */
const {inside} = window.luot;

/* By then a framework that was to come has come, or there is none. */
const PATIENCE = 1000;

let loaded = document.readyState === 'complete' ? performance.now() : Infinity;
let timer;

addEventListener('load', () => (loaded = performance.now()));

/** Whether a framework knows this element, or the application around it. */
function known(element) {
  const around = element.closest('[id^=__],#root,#app');
  return (
    Object.keys(element).some((key) => /^(__react|__vue|_reactRoot|__ng)/.test(key)) || around?.__vue_app__ || around?.__vue__
  );
}

inside.alive = (element) => {
  if (element.localName === 'luot-number') return !!element.say;
  /* Angular takes this away when it is done. */
  const waits = element.closest('[ngh]') || !known(element);
  if (!waits || (!window.__next_f && performance.now() - loaded > PATIENCE)) return true;
  timer =
    timer ||
    setTimeout(() => {
      timer = 0;
      inside.show();
    }, 100);
};
