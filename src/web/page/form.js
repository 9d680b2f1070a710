// A form: questions to be answered together, in a dialog.

import { byId, element } from "./element.js";
import { Refusal } from "./server.js";

/// What was filled in and not sent, by the form's id, with what the form then held.
const drafts = new Map();

/// Shows a form. `submit` is called with its values and returns the form again where something is wrong.
export function openForm(form, words, submit) {
  const dialog = byId("form");
  let fields = form.fields.map((field) => ({ ...field, start: field.value }));
  const draft = drafts.get(form.id);
  for (const field of fields) {
    const kept = draft?.get(field.id);
    if (kept && kept.start === field.start) field.value = kept.value;
  }

  function show(mistakes, focus) {
    const title = element("h2", { id: "form-title", tabindex: "-1", dir: "auto" }, form.title);
    const wrong = mistakes.length > 0 && element(
      "div",
      { class: "mistakes", role: "alert", tabindex: "-1" },
      element("p", {}, words.mistakes),
      element("ul", {}, mistakes.map((mistake) => element("li", { dir: "auto" }, mistake))),
    );
    const questions = fields.map((field) => question(field, words));
    const cancel = element("button", { type: "button", click: () => dialog.close() }, words.form_cancel);
    const sender = element("button", { type: "submit", class: "primary" }, words.form_send);
    const body = element("div", { class: "questions" }, wrong, questions.map((one) => one.shown));
    const sheet = element("form", { novalidate: true, submit: send }, title, body,
      element("div", { class: "form-end" }, cancel, sender));
    dialog.replaceChildren(sheet);
    const first = sheet.querySelector("input, select, textarea");
    (focus && wrong ? wrong : first ?? title).focus();

    function take() {
      fields.forEach((field, index) => {
        field.value = questions[index].value();
      });
    }

    async function send(event) {
      event.preventDefault();
      if (sender.getAttribute("aria-disabled") === "true") return;
      take();
      sender.setAttribute("aria-disabled", "true");
      sender.textContent = words.working;
      try {
        const again = await submit(form.id, fields.map(({ id, value }) => [id, value]));
        if (!again) {
          drafts.delete(form.id);
          fields = [];
          return dialog.close();
        }
        form = again;
        const typed = new Map(fields.map(({ id, value }) => [id, value]));
        fields = again.fields.map((field) => ({
          ...field,
          start: field.value,
          value: field.value || (typed.get(field.id) ?? ""),
        }));
        show(again.mistakes, true);
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        show([refusal.message], true);
      }
    }

    dialog.onclose = () => {
      if (fields.length > 0) {
        take();
        drafts.set(form.id, new Map(fields.map(({ id, start, value }) => [id, { start, value }])));
      }
      dialog.replaceChildren();
      // The dialog gave the focus back, but Chromium leaves the caret where the mouse was: what is typed would be lost.
      const back = document.activeElement;
      back?.blur();
      back?.focus();
    };
  }

  if (!dialog.open) dialog.showModal();
  show(form.mistakes, form.mistakes.length > 0);
}

/// A question, and how its answer is read.
function question(field, words) {
  const id = `field-${field.id}`;
  const name = [
    field.label,
    !field.required && element("span", { class: "optional" }, words.optional),
  ];
  const hint = field.hint && element("p", { id: `${id}-hint`, class: "hint", dir: "auto" }, field.hint);
  const marks = { id, "aria-describedby": hint ? `${id}-hint` : null, "aria-required": String(field.required) };
  if (field.kind === "some-of") return someOf(field, name, hint);
  const [control, below] = CONTROLS[field.kind](field, marks, words);
  const label = element("label", { for: id, dir: "auto" }, name);
  return { shown: element("div", { class: "question" }, label, hint, control, below), value: () => control.value };
}

const CONTROLS = {
  line(field, marks) {
    const control = element("input", { type: "text", autocomplete: "off", dir: "auto", ...marks });
    control.value = field.value;
    return [control, null];
  },
  text(field, marks, words) {
    const control = element("textarea", { rows: 4, dir: "auto", ...marks });
    control.value = field.value;
    const count = element("p", { class: "count" });
    const tally = () => {
      count.textContent = `${words.characters} ${[...control.value].length}`;
    };
    control.addEventListener("input", tally);
    tally();
    return [control, count];
  },
  "one-of"(field, marks, words) {
    const choices = [...field.choices];
    const isKnown = choices.some(([value]) => value === field.value);
    if (!isKnown || !field.required) choices.unshift(["", words.choose]);
    const control = element("select", marks, choices.map(([value, label]) => element("option", { value }, label)));
    control.value = isKnown ? field.value : "";
    return [control, null];
  },
};

function someOf(field, name, hint) {
  const chosen = field.value.split(";").map((value) => value.trim());
  const boxes = field.choices.map(([value, label]) => {
    const box = element("input", { type: "checkbox", value });
    box.checked = chosen.includes(value);
    return [box, element("label", { class: "choice", dir: "auto" }, box, label)];
  });
  const group = { class: "question", "aria-describedby": hint ? hint.id : null };
  const labels = element("div", { class: "choices" }, boxes.map(([, label]) => label));
  return {
    shown: element("fieldset", group, element("legend", { dir: "auto" }, name), hint, labels),
    value: () => boxes.filter(([box]) => box.checked).map(([box]) => box.value).join(";"),
  };
}
