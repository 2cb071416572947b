// Where a person types: Enter sends, Shift+Enter breaks the line, / and @ and # suggest, the draft is kept.

import { fill, h, icon, iconButton } from "/static/dom.js";
import { S, now } from "/static/store.js";

//: What Slack's own client does with a slash, as far as this page does.
export const OWN_COMMANDS = [
  { command: "/invite", usage_hint: "@someone", description: "Add someone, or the app, to this channel" },
  { command: "/remove", usage_hint: "@someone", description: "Take someone, or the app, out of this channel" },
];

const drafts = new Map();

/**
 * One message field. `send(text, files, broadcast)` resolves to true when it was sent; `back` is asked for on ArrowUp in an
 * empty field.
 */
export class Composer {
  constructor({ id, testid, label, thread, send, back, shortcuts }) {
    this.key = "";
    this.send = send;
    this.files = [];
    this.list = h("ul.suggestions", { role: "listbox", id: `${id}-suggestions`, "aria-label": "Suggestions", hidden: true });
    this.field = h("textarea", {
      id, testid, rows: "1", "aria-label": label, placeholder: label, autocomplete: "off", role: "combobox", "aria-expanded": "false",
      "aria-controls": `${id}-suggestions`, "aria-autocomplete": "list", "aria-haspopup": "listbox",
      oninput: () => { drafts.set(this.key, this.field.value); this.#grow(); this.#suggest(); },
      onkeydown: (event) => this.#key(event, back),
      onblur: () => setTimeout(() => this.#hide(), 150),
    });
    this.attached = h("div.attached", { "aria-live": "polite" });
    const file = h("input.hidden-text", { type: "file", multiple: true, tabindex: "-1", "aria-label": "Choose files", onchange: () => { this.#attach([...file.files]); file.value = ""; } });
    this.broadcast = h("input", { type: "checkbox" });
    this.also = h("span");
    this.element = h("form.composer", { onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      this.list, this.field, this.attached,
      h("div.composer-foot", null,
        iconButton("plus", "Attach files", () => file.click()), file,
        iconButton("bolt", "Shortcuts and commands", (event) => shortcuts(event.currentTarget, this)),
        thread && h("label.also", null, this.broadcast, this.also),
        h("span.grow"),
        h("span.keys", null, "Enter sends, Shift + Enter breaks the line"),
        h("button.send", { type: "submit", "aria-label": "Send", title: "Send" }, icon("send"))));
  }

  /** Begins to write somewhere else: the draft of the other place is kept. */
  at(key, label, channelName = "") {
    fill(this.also, `Also send to ${channelName}`);
    this.field.placeholder = label;
    this.field.setAttribute("aria-label", label);
    if (key === this.key) return;
    this.key = key;
    this.field.value = drafts.get(key) ?? "";
    this.files = [];
    this.broadcast.checked = false;
    this.#showFiles();
    this.#hide();
    this.#grow();
  }

  insert(text) {
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    drafts.set(this.key, this.field.value);
    this.field.focus();
    this.#grow();
    this.#suggest();
  }

  #grow() {
    if (!this.field.isConnected) return;
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(220, this.field.scrollHeight)}px`;
  }

  async #attach(files) {
    for (const each of files) {
      const raw = new Uint8Array(await each.arrayBuffer());
      let binary = "";
      for (let at = 0; at < raw.length; at += 32768) binary += String.fromCharCode(...raw.subarray(at, at + 32768));
      this.files.push({ name: each.name, mimetype: each.type, base64: btoa(binary) });
    }
    this.#showFiles();
  }

  #showFiles() {
    fill(this.attached, this.files.map((each, number) => h("span.chip", null, each.name, iconButton("close", `Do not attach ${each.name}`, () => {
      this.files.splice(number, 1);
      this.#showFiles();
    }))));
  }

  async #submit() {
    const { key, files } = this;
    const text = this.field.value;
    if ((!text.trim() && !files.length) || this.sending) return;
    this.sending = true;
    this.field.value = "";
    this.files = [];
    drafts.delete(key);
    this.#grow();
    this.#hide();
    const sent = await this.send(text, files, this.broadcast.checked);
    this.sending = false;
    this.broadcast.checked = false;
    if (!sent) {
      drafts.set(key, text);
      if (this.key === key && !this.field.value) {
        this.field.value = text;
        this.files = files;
      }
    }
    this.#showFiles();
    this.#grow();
    this.#hide();
  }

  #key(event, back) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.#choose(this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (open && (event.key === "Tab" || (event.key === "Enter" && !this.suggested[this.active].whole))) {
      event.preventDefault();
      this.#take(this.active);
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.#hide();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && !this.field.value && back) {
      event.preventDefault();
      back();
    }
  }

  // --- suggestions ---

  #suggest() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const slash = /^\/\S*$/.exec(before);
    const sign = /(?:^|[\s(])([@#])([\w.-]*)$/.exec(before);
    let found = [];
    if (slash) {
      found = [...S.commands, ...OWN_COMMANDS].filter((each) => each.command.startsWith(before.toLowerCase()))
        .map((each) => ({ label: each.command, hint: [each.usage_hint, each.description].filter(Boolean).join(" · "), insert: `${each.command} `, from: 0, whole: each.command === before }));
    } else if (sign) {
      const [, mark, part] = sign;
      const wanted = part.toLowerCase();
      const from = before.length - part.length - 1;
      const people = [...S.users.values()].filter((user) => !user.deleted && user.id !== "USLACKBOT").map((user) => ({ name: user.name, hint: [user.real_name, user.title].filter(Boolean).join(" · ") }));
      const groups = [...S.groups.values()].map((group) => ({ name: group.handle ?? group.name, hint: group.name }));
      const all = mark === "@" ? [...people, ...groups] : [...S.channels.values()].filter((channel) => !channel.is_im).map((channel) => ({ name: channel.name, hint: channel.topic || "" }));
      found = all.filter((each) => each.name && (each.name.toLowerCase().startsWith(wanted) || (mark === "@" && (each.hint ?? "").toLowerCase().split(" ").some((word) => wanted && word.startsWith(wanted)))))
        .slice(0, 8).map((each) => ({ label: `${mark}${each.name}`, hint: each.hint, insert: `${mark}${each.name} `, from, whole: part === each.name }));
    }
    if (!found.length) return this.#hide();
    this.suggested = found;
    fill(this.list, found.map((each, number) => h("li", {
      role: "option", id: `${this.list.id}-${number}`, "aria-selected": "false", onpointerdown: (event) => { event.preventDefault(); this.#take(number); },
    }, h("strong", null, each.label), each.hint && h("span", null, each.hint))));
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    return this.#choose(0);
  }

  #choose(number) {
    this.active = (number + this.suggested.length) % this.suggested.length;
    [...this.list.children].forEach((each, at) => {
      each.setAttribute("aria-selected", String(at === this.active));
      each.classList.toggle("active", at === this.active);
    });
    this.list.children[this.active].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
  }

  #take(number) {
    const { insert, from } = this.suggested[number];
    this.field.setRangeText(insert, from, this.field.selectionStart, "end");
    drafts.set(this.key, this.field.value);
    this.#hide();
    this.#grow();
  }

  #hide() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}

/** A key of its own for each message that is sent, as Slack's client makes one. */
export const clientMessageId = () => globalThis.crypto?.randomUUID?.() ?? `page-${now()}-${Math.random()}`;
