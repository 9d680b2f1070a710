// A card: what the bot says.

import { addressOf, announce, byId, element } from "./element.js";

const SCHEMES = ["http:", "https:", "mailto:", "tel:"];

/// The card's pieces. `press` is called with a button's id.
export function cardParts(card, words, press) {
  return [
    card.title && element("h2", { class: "title", dir: "auto" }, card.title),
    ...card.blocks.map((block) => BLOCKS[block.block]?.(block, words)),
    card.picture && picture(card.picture, words),
    card.buttons.length > 0 && element("div", { class: "buttons" }, card.buttons.map((one) => button(one, press))),
    card.footer && element("p", { class: "footer", dir: "auto" }, card.footer),
  ];
}

const BLOCKS = {
  heading: ({ text }) => element("h3", { dir: "auto" }, text),
  paragraph: ({ text }) => element("p", { class: "words", dir: "auto" }, text),
  quote: ({ text }) => element("blockquote", { class: "words", dir: "auto" }, text),
  copy,
  list: ({ items }) => element("ul", { class: "list" }, items.map((item) => element("li", { dir: "auto" }, item))),
  links: ({ links }) => element("ul", { class: "links" }, links.map((one) => element("li", {}, link(one)))),
  rule: () => element("hr"),
};

/// A link, or its words alone where it leads nowhere that may be gone to. `#/room/message` leads to a message of this chat.
function link({ label, url }) {
  if (url.startsWith("#/")) return element("a", { href: url, dir: "auto" }, label);
  const target = URL.canParse(url) ? new URL(url) : null;
  if (!target || !SCHEMES.includes(target.protocol)) return element("span", { dir: "auto" }, label);
  const away = target.protocol.startsWith("http") ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return element("a", { href: target.href, dir: "auto", ...away }, label);
}

function copy({ label, text }, words) {
  const shown = element("div", { class: "words", dir: "auto" }, text);
  const press = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say(words.copied);
    } catch {
      getSelection().selectAllChildren(shown);
      say(words.copy_selected);
    }
  };
  const button = element("button", { type: "button", class: "small", click: press }, words.copy);
  const say = (said) => {
    announce(said);
    button.textContent = said;
    setTimeout(() => {
      button.textContent = words.copy;
    }, 2500);
  };
  const head = element("div", { class: "copy-head" }, element("span", { dir: "auto" }, label), button);
  return element("div", { class: "copy" }, head, shown);
}

function picture({ address, base64, type, name, alt }, words) {
  const source = address ?? addressOf(base64, type);
  const enlarge = () => {
    const dialog = byId("picture");
    const large = dialog.querySelector("img");
    large.src = source;
    large.alt = alt;
    dialog.setAttribute("aria-label", name);
    dialog.showModal();
  };
  const shown = element("img", { src: source, alt, loading: "lazy" });
  return element("button", { type: "button", class: "picture", title: words.enlarge, click: enlarge }, shown);
}

function button({ id, label, emoji, style }, press) {
  const made = element(
    "button",
    { type: "button", class: style, "data-button": id },
    emoji && element("span", { class: "emoji", "aria-hidden": "true" }, emoji),
    element("span", { dir: "auto" }, label),
  );
  made.addEventListener("click", () => once(made, () => press(id)));
  return made;
}

/// Does what a button does, once at a time. It stays where the focus is.
export async function once(button, act) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    await act();
  } finally {
    button.removeAttribute("aria-disabled");
  }
}
