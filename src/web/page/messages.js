// The messages of the room in view, and what only this person was told there.

import { addressOf, avatar, byId, element } from "./element.js";
import { cardParts, once } from "./card.js";

/// The most messages and private answers that are kept in view.
const MESSAGES_MAX = 400;
const WHISPERS_MAX = 30;

/// The log of one room at a time. `deeds` has `press(button, under)`, `react(message, key, given)` and `earlier()`.
export class Log {
  constructor(deeds) {
    this.deeds = deeds;
    this.box = byId("log");
    this.newest = byId("newest");
    this.shown = new Map();
    this.whispers = [];
    this.early = [];
    this.newest.addEventListener("click", () => this.toEnd());
    this.box.addEventListener("scroll", () => {
      if (this.isAtEnd()) this.newest.hidden = true;
    });
    // A picture takes its place late.
    this.box.addEventListener("load", () => this.followed && this.toEnd(), true);
    new ResizeObserver(() => this.followed && this.toEnd()).observe(this.box);
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.closePicks();
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".react")) this.closePicks();
    });
  }

  /// Forgets what was told to somebody else.
  forget() {
    this.whispers = [];
  }

  /// Expects a room's messages; what changes in the meantime is kept for then.
  expect(room) {
    this.room = room;
    this.isOpen = false;
    this.early = [];
  }

  /// Shows the messages of the room that was expected.
  open(page, snapshot) {
    const room = this.room;
    this.isOpen = true;
    this.words = snapshot.words;
    this.offered = snapshot.reactions;
    this.shown.clear();
    this.newest.hidden = true;
    this.box.setAttribute("aria-busy", "true");
    this.box.replaceChildren(element("p", { class: "empty" }, this.words.empty));
    this.add({ ...page, messages: [...page.messages, ...this.early] });
    for (const whisper of this.whispers) if (whisper.room === room) this.placeWhisper(whisper);
    this.box.removeAttribute("aria-busy");
    this.toEnd();
  }

  /// Adds older messages above.
  addEarlier(page) {
    const before = this.box.scrollHeight - this.box.scrollTop;
    this.box.setAttribute("aria-busy", "true");
    this.add(page);
    this.box.removeAttribute("aria-busy");
    this.box.scrollTop = this.box.scrollHeight - before;
  }

  /// Brings a message into view and into focus.
  show(id) {
    const article = this.shown.get(id)?.article;
    if (!article) return;
    this.followed = false;
    article.tabIndex = -1;
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "start" });
  }

  add({ messages, earlier }) {
    for (const message of messages) this.place(message);
    this.box.querySelector(".earlier")?.remove();
    if (earlier) {
      const more = element("button", { type: "button", class: "earlier" }, this.words.earlier);
      more.addEventListener("click", () => once(more, () => this.deeds.earlier(this.firstId())));
      this.box.prepend(more);
    }
    this.separate();
  }

  /// Shows a message that is new or was changed.
  take(message) {
    if (!this.isOpen) return this.early.push(message);
    const follows = this.isAtEnd();
    const isNew = !this.shown.has(message.id);
    this.place(message);
    this.separate();
    if (!isNew) return follows && this.toEnd();
    if (follows || message.author.mine) {
      this.trim();
      this.toEnd();
    } else {
      this.newest.hidden = false;
    }
  }

  /// Shows what only this person is told.
  takeWhisper(whisper) {
    const replaced = this.whispers.find((one) => whisper.under && one.under === whisper.under && one.room === whisper.room);
    if (replaced) this.dropWhisper(replaced);
    whisper.after = whisper.under ?? this.lastId();
    this.whispers.push(whisper);
    if (this.whispers.length > WHISPERS_MAX) this.dropWhisper(this.whispers[0]);
    if (whisper.room === this.room && this.isOpen) {
      this.placeWhisper(whisper);
      whisper.element.scrollIntoView({ block: "nearest" });
    }
  }

  place(message) {
    const known = this.shown.get(message.id);
    if (known && known.change > message.change) return;
    if (known) {
      known.change = message.change;
      this.fill(known.article, message);
      return;
    }
    const article = element("article", { "data-id": message.id, "aria-live": "off" });
    this.fill(article, message);
    this.shown.set(message.id, { article, change: message.change });
    const next = [...this.articles()].find((one) => one.dataset.id > message.id);
    if (next) next.before(article);
    else this.box.append(article);
  }

  /// Fills a message in anew, and keeps the focus on the button that has it.
  fill(article, message) {
    article.dataset.day = message.day;
    const focused = article.contains(document.activeElement) ? document.activeElement.dataset : null;
    const { words } = this;
    const { author } = message;
    article.className = author.bot ? "message bot" : "message";
    article.setAttribute("aria-label", `${author.name}, ${message.time}`);
    const head = element(
      "header",
      {},
      element("b", { dir: "auto" }, author.name),
      author.bot && element("span", { class: "badge" }, words.bot),
      element("time", { datetime: message.at }, message.time),
      message.edited && element("span", { class: "edited" }, words.edited),
    );
    const press = (button) => this.deeds.press(button, message.id);
    const body = message.card
      ? element("div", { class: "card" }, cardParts(message.card, words, press))
      : plainPart(message, words);
    const reactions = author.bot ? this.reactions(message) : null;
    article.replaceChildren(
      avatar(author.name, author.bot ? "bot" : ""),
      element("div", { class: "content" }, head, body, reactions),
    );
    if (focused?.button) article.querySelector(`[data-button="${CSS.escape(focused.button)}"]`)?.focus();
    if (focused?.key) article.querySelector(`[data-key="${CSS.escape(focused.key)}"]`)?.focus();
  }

  reactions(message) {
    const chips = message.reactions.map(({ key, count, mine, who }) => {
      const name = this.offered.find((one) => one.key === key)?.label ?? key;
      const chip = element("button", {
        type: "button", class: "chip", "data-key": key, "aria-pressed": String(mine),
        "aria-label": `${name}: ${count}. ${who}`, title: who,
      }, element("span", { class: "emoji" }, key), element("span", {}, String(count)));
      chip.addEventListener("click", () => once(chip, () => this.deeds.react(message.id, key, !mine)));
      return element("li", {}, chip);
    });
    return element("ul", { class: "reactions", "aria-label": this.words.reactions }, chips, this.picks(message));
  }

  /// The button that offers the usual reactions, and says who gave which.
  picks(message) {
    const others = message.reactions.filter(({ key }) => !this.offered.some((one) => one.key === key));
    const offered = [...this.offered, ...others].map(({ key, label }) => {
      const standing = message.reactions.find((reaction) => reaction.key === key);
      const mine = Boolean(standing?.mine);
      const pick = element("button", { type: "button", "aria-pressed": String(mine), "data-pick": key },
        element("span", { class: "emoji", "aria-hidden": label ? "true" : null }, key),
        element("span", {}, label ?? "", standing && element("small", { dir: "auto" }, standing.who)));
      pick.addEventListener("click", async () => {
        this.closePicks();
        await this.deeds.react(message.id, key, !mine);
      });
      return pick;
    });
    const menu = element("div", { class: "picks", hidden: true }, offered);
    const toggle = element("button", { type: "button", class: "chip add", "data-key": "+", "aria-expanded": "false" }, this.words.react);
    toggle.addEventListener("click", () => {
      const opens = menu.hidden;
      this.closePicks();
      menu.hidden = !opens;
      toggle.setAttribute("aria-expanded", String(opens));
      if (opens) menu.scrollIntoView({ block: "nearest" });
    });
    return element("li", { class: "react" }, toggle, menu);
  }

  closePicks() {
    for (const menu of this.box.querySelectorAll(".picks:not([hidden])")) {
      if (menu.contains(document.activeElement)) menu.previousElementSibling.focus();
      menu.hidden = true;
      menu.previousElementSibling.setAttribute("aria-expanded", "false");
    }
  }

  placeWhisper(whisper) {
    const { words } = this;
    const dismiss = () => {
      this.dropWhisper(whisper);
      this.box.focus();
    };
    const note = element(
      "header",
      {},
      element("span", { class: "only-you" }, words.only_you),
      element("button", { type: "button", class: "small", click: dismiss }, words.dismiss),
    );
    const said = whisper.said && element("p", { class: "typed" }, `${words.you_typed} `, element("code", { dir: "auto" }, whisper.said));
    const parts = cardParts(whisper.card, words, (button) => this.deeds.press(button, whisper.under));
    whisper.element ??= element("aside", { class: "whisper", "aria-label": words.only_you }, note, said,
      element("div", { class: "card" }, parts, whisper.file && download(whisper.file, words)));
    const after = whisper.after && this.shown.get(whisper.after)?.article;
    if (!after) return this.box.append(whisper.element);
    let last = after;
    while (last.nextElementSibling?.classList.contains("whisper")) last = last.nextElementSibling;
    last.after(whisper.element);
  }

  dropWhisper(whisper) {
    whisper.element?.remove();
    this.whispers = this.whispers.filter((one) => one !== whisper);
  }

  /// Says each day once, above its first message.
  separate() {
    let day = null;
    for (const article of this.articles()) {
      const above = article.previousElementSibling;
      const separator = above?.classList.contains("day") ? above : null;
      if (article.dataset.day === day) separator?.remove();
      else if (separator) separator.textContent = article.dataset.day;
      else article.before(element("p", { class: "day", dir: "auto" }, article.dataset.day));
      day = article.dataset.day;
    }
    const empty = this.box.querySelector(".empty");
    if (empty) empty.hidden = this.shown.size > 0;
  }

  /// Keeps the oldest messages out of a long sitting.
  trim() {
    for (const article of [...this.articles()].slice(0, -MESSAGES_MAX)) {
      this.shown.delete(article.dataset.id);
      article.remove();
    }
  }

  articles() {
    return this.box.querySelectorAll(":scope > article");
  }

  firstId() {
    return this.articles()[0]?.dataset.id;
  }

  lastId() {
    return [...this.articles()].at(-1)?.dataset.id;
  }

  isAtEnd() {
    this.followed = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < 60;
    return this.followed;
  }

  toEnd() {
    this.followed = true;
    this.newest.hidden = true;
    this.box.scrollTop = this.box.scrollHeight;
  }
}

function plainPart({ text, files }, words) {
  if (text !== undefined) return element("p", { class: "words", dir: "auto" }, text);
  const names = files.map((name) => element("li", { dir: "auto" }, name));
  return element("div", { class: "files" }, element("span", {}, words.files), element("ul", {}, names));
}

function download({ name, base64 }, words) {
  const address = addressOf(base64, "application/octet-stream");
  return element("a", { class: "download", href: address, download: name }, `${words.download} `, element("b", { dir: "auto" }, name));
}
