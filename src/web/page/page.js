// The page: who one is, which room is in view, and what is heard from the server. `#person/room` in the address says both, and
// `#/room/message` leads whoever one is to a message.

import { Composer } from "./composer.js";
import { byId, dressAvatar, element } from "./element.js";
import { openForm } from "./form.js";
import { Log } from "./messages.js";
import { Refusal, become, listen, load, send, sendFiles } from "./server.js";

const DIRECT = "direct";

/// The last snapshot, and the room in view.
let all = null;
let room = null;
let hang = () => {};
let words = {};
/// The address that was last followed. Where it is another one by now, that is about to be followed.
let followed = null;

const log = new Log({ press, react, earlier });
const composer = new Composer({ say, complete, drop, refuse });

const hears = {
  snapshot(snapshot) {
    if (location.hash !== followed) return;
    all = snapshot;
    words = all.words;
    become(all.me.id, words.lost);
    byId("connection").hidden = true;
    byId("notice").hidden = true;
    dress();
    openRoom(wanted());
    byId("app").hidden = false;
  },
  message(message) {
    const its = rooms().find((one) => one.id === message.room);
    if (!its) return;
    if (!its.last || message.id > its.last) its.last = message.id;
    if (its === room) {
      message.author.mine = message.author.id === all.me.id;
      log.take(message);
    }
    note();
  },
  whisper(whisper) {
    log.takeWhisper(whisper);
  },
  clock(clock) {
    byId("now").textContent = clock.shown;
    byId("now").dateTime = clock.now;
  },
  lost: () => sayConnection(words.lost),
  expired: () => sayConnection(words.expired),
};

function sayConnection(sentence) {
  byId("connection").textContent = sentence ?? "";
  byId("connection").hidden = false;
}

// Who and where.

function wanted() {
  const [person, place, message] = location.hash.slice(1).split("/");
  return { person: person || null, place, message };
}

function go(person, place) {
  location.hash = `${person}/${place}`;
}

const rooms = () => [...all.rooms, all.direct];

function follow() {
  followed = location.hash;
  const { person, place, message } = wanted();
  if (all && (message ? !person : person === all.me.id)) return openRoom({ place, message });
  hang();
  log.forget();
  hang = listen(person, hears);
}

async function openRoom({ place, message }) {
  const next = (place === DIRECT && all.direct) || all.rooms.find((one) => one.id === place) || all.rooms[0] || all.direct;
  room = next;
  history.replaceState(null, "", `#${all.me.id}/${next.private ? DIRECT : next.id}`);
  followed = location.hash;
  byId("room-name").textContent = next.name;
  byId("room-topic").textContent = next.topic;
  byId("room-labels").replaceChildren(...labels(next));
  document.title = `${next.name} · ${words.bot_name}`;
  composer.open(next, all, words);
  showSide(false);
  log.expect(next.id);
  await trying(async () => {
    let page = await load(next.id);
    if (room === next) log.open(page, all);
    while (room === next && message && page.earlier && page.messages[0].id > message) {
      page = await load(next.id, page.messages[0].id);
      if (room === next) log.addEarlier(page);
    }
    if (room === next && message) log.show(message);
  });
  note();
}

// What it looks like.

function dress() {
  document.documentElement.lang = all.me.language;
  all.direct = { ...all.direct, private: true, name: words.bot_name, topic: words.direct_topic, labels: [] };
  for (const one of document.querySelectorAll("[data-word]")) one.textContent = words[one.dataset.word];
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", words[one.dataset.label]);
  const language = ({ locale }) => locale.slice(0, 2).toUpperCase();
  const people = all.people.map((one) => element("option", { value: one.id }, `${one.name} · ${language(one)}`));
  byId("person").replaceChildren(...people);
  byId("person").value = all.me.id;
  const me = all.people.find(({ id }) => id === all.me.id);
  byId("about").textContent = me ? [me.locale, me.about].filter(Boolean).join(" · ") : "";
  dressAvatar(byId("me-avatar"), all.me.name);
  hears.clock(all.clock);
}

function labels({ labels: texts }) {
  return texts.map((text) => element("span", { class: "label", dir: "auto" }, text, " "));
}

/// Lists the rooms, and marks those that hold something new.
function note() {
  const key = `relais:seen:${all.me.id}`;
  const seen = JSON.parse(localStorage.getItem(key) ?? "{}");
  if (room.last) seen[room.id] = room.last;
  // What was seen in another chat at this address, with higher numbers, was not seen here.
  const isUnread = ({ id, last }) => Boolean(last) && (!seen[id] || seen[id] !== last);
  localStorage.setItem(key, JSON.stringify(seen));
  const unread = rooms().filter(isUnread);
  byId("any-unread").hidden = unread.length === 0;
  const focused = document.activeElement?.closest?.("#rooms a")?.getAttribute("href");
  byId("rooms").replaceChildren(...rooms().map((one) => entry(one, unread.includes(one))));
  if (focused) byId("rooms").querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
}

function entry(one, isUnread) {
  const link = element(
    "a",
    { href: `#${all.me.id}/${one.private ? DIRECT : one.id}`, "aria-current": one === room ? "page" : null },
    element("span", { class: "name", dir: "auto" }, one.name, " "),
    isUnread && element("span", { class: "dot" }, element("span", { class: "unseen" }, `${words.unread} `)),
    element("span", { class: "labels" }, one.private ? element("span", {}, words.direct) : labels(one)),
  );
  return element("li", { class: one.private ? "private" : null }, link);
}

function showSide(open) {
  const side = byId("side");
  if (side.classList.contains("open") === open) return;
  const hadFocus = side.contains(document.activeElement);
  side.classList.toggle("open", open);
  byId("shade").hidden = !open;
  byId("open-side").setAttribute("aria-expanded", String(open));
  if (open) byId("close-side").focus();
  else if (hadFocus && getComputedStyle(byId("open-side")).display !== "none") byId("open-side").focus();
}

// What one does.

/// Does something, says so where it is refused, and tells whether it was done.
async function trying(act) {
  byId("notice").hidden = true;
  try {
    await act();
    return true;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    byId("notice").querySelector("p").textContent = refusal.message;
    byId("notice").hidden = false;
    return false;
  }
}

/// Shows the form that an answer is, in the room where it was asked for.
function answered({ form }, place, under) {
  if (!form) return;
  openForm(form, words, async (id, values) => (await send("submit", { room: place, under, form: id, values })).form);
}

function say(text) {
  const place = room.id;
  return trying(async () => answered(await send("say", { room: place, text }), place, null));
}

function press(button, under) {
  const place = room.id;
  return trying(async () => answered(await send("press", { room: place, under, button }), place, under));
}

function react(message, key, given) {
  return trying(() => send("react", { room: room.id, message, key, given }));
}

function drop(files) {
  const place = room.id;
  return trying(async () => answered(await sendFiles(place, files), place, null));
}

function earlier(before) {
  const place = room;
  return trying(async () => {
    const page = await load(place.id, before);
    if (room === place) log.addEarlier(page);
  });
}

function refuse(sentence) {
  return trying(async () => {
    throw new Refusal(sentence);
  });
}

/// How a command may go on. Where that cannot be told, one types on.
function complete(text) {
  return send("complete", { room: room.id, text }).catch(() => []);
}

// What the page listens to.

byId("person").addEventListener("change", (event) => go(event.target.value, room.private ? DIRECT : room.id));
byId("open-side").addEventListener("click", () => showSide(true));
byId("close-side").addEventListener("click", () => showSide(false));
byId("shade").addEventListener("click", () => showSide(false));
addEventListener("keydown", (event) => event.key === "Escape" && showSide(false));
byId("notice").querySelector("button").addEventListener("click", () => {
  byId("notice").hidden = true;
  byId("text").focus();
});
byId("picture").addEventListener("click", (event) => event.target.tagName !== "BUTTON" && byId("picture").close());
for (const button of document.querySelectorAll("[data-leap]")) {
  button.addEventListener("click", () =>
    trying(async () => {
      const { moved } = await send("clock", { by: button.dataset.leap });
      if (!moved) throw new Refusal(words.clock_nothing);
    }),
  );
}
addEventListener("hashchange", follow);
follow();
