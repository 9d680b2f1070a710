// Elements. Whatever a person typed or a card says becomes a text node, never markup.

/// An element with attributes and children; texts among these become text nodes, and nothing is left out.
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/// The element with this id.
export const byId = (id) => document.getElementById(id);

/// A round mark with somebody's initials. Their name stands beside it.
export function avatar(name, kind = "") {
  const mark = element("span", { class: "avatar", "aria-hidden": "true" });
  return dressAvatar(mark, name, kind);
}

/// Makes an avatar somebody's.
export function dressAvatar(mark, name, kind = "") {
  const letters = name.split(/[\s-]+/u).filter(Boolean).map((part) => [...part][0]);
  const shown = letters.length > 1 ? letters[0] + letters.at(-1) : (letters[0] ?? "");
  let tint = 0;
  for (const letter of name) tint = (tint * 31 + letter.codePointAt(0)) % 6;
  mark.className = `avatar ${kind || `tint-${tint}`}`;
  mark.textContent = shown.toLocaleUpperCase();
  return mark;
}

/// Bytes that travelled as base64, at an address of their own until the page is left.
export function addressOf(base64, type) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type }));
}

/// Says something to those who listen to the page.
export function announce(text) {
  byId("said").textContent = text;
}
