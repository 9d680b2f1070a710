// The field where messages and commands are typed, with its suggestions, and the files that are dropped.

import { announce, byId, element } from "./element.js";

const PAUSE_MS = 90;

/// The composer. `deeds` has `say(text)`, `complete(text)`, `drop(files)` and `refuse(sentence)`.
export class Composer {
  constructor(deeds) {
    this.deeds = deeds;
    this.text = byId("text");
    this.list = byId("suggestions");
    this.suggested = [];
    this.active = -1;
    this.asked = 0;
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("beforeinput", (event) => this.bound(event));
    this.text.addEventListener("input", () => this.suggest());
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("blur", () => this.close());
    byId("attach").addEventListener("click", () => byId("files").click());
    byId("files").addEventListener("change", (event) => this.drop(event.target));
    acceptDrops((files) => this.deeds.drop(files));
  }

  /// Is for a room; in a private conversation everything is a command.
  open(room, { prefix, text_max: max }, words) {
    this.prefix = prefix;
    this.max = max;
    this.words = words;
    this.isPrivate = room.private;
    const label = room.private ? words.write_direct : words.write;
    this.text.setAttribute("aria-label", label);
    this.text.placeholder = label;
    byId("hint").textContent = room.private ? words.write_direct_hint : words.write_hint;
    this.close();
  }

  async submit() {
    const text = this.text.value;
    if (!text.trim()) return;
    this.close();
    this.text.value = "";
    if (!(await this.deeds.say(text)) && !this.text.value) this.text.value = text;
  }

  drop(input) {
    const files = [...input.files];
    input.value = "";
    if (files.length > 0) this.deeds.drop(files);
  }

  key(event) {
    if (event.isComposing) return;
    const opened = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (opened && step) this.move(step);
    else if (opened && event.key === "Tab" && !event.shiftKey) this.accept(Math.max(this.active, 0));
    else if (opened && event.key === "Enter" && this.active >= 0) this.accept(this.active);
    else if (opened && event.key === "Escape") this.close();
    else if (event.key === "Enter" && !event.shiftKey) this.submit();
    else return;
    event.preventDefault();
  }

  /// Refuses what makes a message too long before it is put there: a browser takes its time over a whole book.
  bound(event) {
    const added = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    const { value, selectionStart: from, selectionEnd: to } = this.text;
    if (!added || !isLonger(value.slice(0, from) + added + value.slice(to), this.max)) return;
    event.preventDefault();
    this.deeds.refuse(this.words.too_long);
  }

  suggest() {
    clearTimeout(this.timer);
    const typed = this.text.value.slice(0, this.text.selectionStart);
    const isCommand = typed.startsWith(this.prefix) || (this.isPrivate && typed);
    if (!isCommand || typed.includes("\n")) return this.close();
    this.timer = setTimeout(async () => {
      const turn = ++this.asked;
      const suggested = await this.deeds.complete(typed);
      if (turn === this.asked && document.activeElement === this.text) this.show(suggested);
    }, PAUSE_MS);
  }

  show(suggested) {
    this.suggested = suggested;
    this.list.replaceChildren(
      ...suggested.map(({ text, label }, index) => {
        const option = element("li", { id: `suggestion-${index}`, role: "option", "aria-selected": "false" },
          element("b", { dir: "auto" }, this.prefixed(text)), element("span", { dir: "auto" }, label));
        // Before the field loses the focus.
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          this.accept(index);
        });
        return option;
      }),
    );
    this.list.hidden = suggested.length === 0;
    if (suggested.length > 0) announce(`${this.words.suggestions} (${suggested.length})`);
    this.select(-1);
  }

  prefixed(text) {
    return this.isPrivate && !this.text.value.startsWith(this.prefix) ? text : this.prefix + text;
  }

  move(step) {
    const count = this.suggested.length;
    const from = this.active < 0 && step < 0 ? 0 : this.active;
    this.select((from + step + count) % count);
  }

  select(index) {
    this.list.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.list.children[index];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.text.setAttribute("aria-activedescendant", option.id);
    } else {
      this.text.removeAttribute("aria-activedescendant");
    }
  }

  accept(index) {
    const rest = this.text.value.slice(this.text.selectionStart);
    const taken = `${this.prefixed(this.suggested[index].text)} `;
    this.text.value = taken + rest.trimStart();
    this.text.setSelectionRange(taken.length, taken.length);
    this.close();
    this.suggest();
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.show([]);
  }
}

/// Whether a text has more characters than `max`; most have one unit, some two.
function isLonger(text, max) {
  return text.length > max && (text.length > 2 * max || [...text].length > max);
}

/// Takes files that are dropped anywhere on the page.
function acceptDrops(take) {
  const sign = byId("drop");
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    sign.hidden = false;
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) sign.hidden = true;
  });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    sign.hidden = true;
    if (event.dataTransfer.files.length > 0) take([...event.dataTransfer.files]);
  });
}
