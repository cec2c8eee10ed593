/* The key: for as long as this tab is open, and in no address. */
const KEPT = 'luot.key';

let key = read();

function read() {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null; // Storage is switched off: the key is asked for again after a reload.
  }
}

export const currentKey = () => key;

export function keepKey(accepted) {
  key = accepted;
  try {
    sessionStorage.setItem(KEPT, accepted);
  } catch {
    // As above.
  }
}

export function forgetKey() {
  key = null;
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // It was never there.
  }
}
