/**
 * How the control looks. A page changes it by `--luot-star` and `--luot-star-size` or by the parts
 * `group`, `legend`, `stars`, `star`, `summary`, `mine`, `withdraw` and `status`. Shape tells a chosen star
 * from the others, not colour alone; a star is 44 px wide for fingers; lines keep their height when empty.
 */
/* In an object, so that the compiler does not write it out twice. */
const LOOK = {
  textContent: `
:host{display:block;--s:var(--luot-star-size,2.75rem)}
fieldset,legend{border:0;margin:0;padding:0;min-width:0}
div{display:inline-flex;margin:0 calc(var(--s)*-.1)}
label{position:relative;width:var(--s);height:var(--s);display:grid;place-items:center;cursor:pointer;color:var(--luot-star,#a86400);font-size:calc(var(--s)*.85);line-height:1}
label::before{content:"\\2606";content:"\\2606"/""}
.on::before{content:"\\2605";content:"\\2605"/""}
@media (hover:hover){div:hover label::before{content:"\\2605";content:"\\2605"/""}div label:hover~label::before{content:"\\2606";content:"\\2606"/""}}
input{position:absolute;top:0;left:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
label:focus-within{outline:3px solid}
p{margin:0;min-height:1.5em;line-height:1.5}
button{font:inherit;color:inherit;background:none;border:0;padding:0;min-height:1.5rem;text-decoration:underline;cursor:pointer}
button[hidden]{display:inline;visibility:hidden}
[aria-busy=true]{opacity:.6}`,
};

let sheet;

/** A constructed sheet is allowed by every content security policy; old browsers get an element. */
export function dress(root) {
  try {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(LOOK.textContent);
    }
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(Object.assign(document.createElement('style'), LOOK));
  }
}
