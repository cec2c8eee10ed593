/** Keeps the visitor online while somebody is really there. */

const {inside} = window.luot;

const IDLE = 30 * 60_000;
const ACTIVITY = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart'];

let seconds = 60;
let timer;
let waiting;
let active = Date.now();
let started;

const idle = () => Date.now() - active > IDLE;

/** One at a time, and none while hidden or idle: a slow service is not asked again before it has answered. */
async function beat() {
  clearTimeout(timer);
  if (waiting || document.hidden || idle()) return;
  waiting = true;
  const sent = ++inside.sent;
  const answer = await inside.ask('heartbeats', {}, 'POST');
  waiting = false;
  inside.learn(answer, '', sent);
  inside.show();
  plan(answer);
}

/** Jitter keeps the visitors of a busy minute from beating together for ever. */
function plan(answer) {
  if (answer.heartbeatSeconds >= 5) seconds = answer.heartbeatSeconds;
  clearTimeout(timer);
  timer = setTimeout(beat, seconds * 1000 * (0.9 + Math.random() * 0.2));
}

/** Starts with a hit's answer, which has just marked the visitor online. */
inside.stay = (answer) => {
  plan(answer);
  if (started) return;
  started = true;
  document.addEventListener('visibilitychange', () => {
    active = Date.now();
    beat();
  });
  for (const kind of ACTIVITY) {
    addEventListener(
      kind,
      () => {
        const wasIdle = idle();
        active = Date.now();
        if (wasIdle) beat();
      },
      {passive: true, capture: true},
    );
  }
};

if (inside.answer && !inside.silent) inside.stay(inside.answer);
