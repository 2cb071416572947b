// How an app's modals and its Home stand on the page, and the page's own viewers: canvas, file, JSON.

import { missing, renderBlocks, showError, touched } from "/static/blocks.js";
import { ask, fill, h, icon, iconButton } from "/static/dom.js";
import { bytes } from "/static/messages.js";
import { S, dayAndTime, fileUrl, get, post } from "/static/store.js";
import { markdown, plain } from "/static/text.js";

/** The modal on top of this person's stack. `tell` shows a refusal; `after` puts the keyboard back where it belongs. */
export class Modal {
  constructor(tell, after) {
    this.tell = tell;
    this.after = after;
    this.view = null;
    this.told = 0;
    this.values = new Map();
    this.dialog = h("dialog.modal", { testid: "modal", "aria-labelledby": "modal-title" });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    document.body.append(this.dialog);
  }

  async refresh() {
    const told = this.told;
    try {
      const { view } = await get("view");
      // What was told while the answer was on its way is newer than the answer.
      if (told === this.told) this.show(view);
    } catch (error) {
      this.tell(error.message);
    }
  }

  hear(view) {
    this.told += 1;
    this.show(view);
  }

  show(view) {
    if (!view) {
      this.view = null;
      this.values.clear();
      if (this.dialog.open) {
        this.dialog.close();
        this.after();
      }
      return;
    }
    if (JSON.stringify(view) === this.drawn) {
      if (!this.dialog.open) this.dialog.showModal();
      return;
    }
    const same = this.view?.id === view.id;
    const at = document.activeElement;
    const focus = same && this.dialog.contains(at) ? { action: at.dataset.actionId, id: at.id, from: at.selectionStart, to: at.selectionEnd, block: at.closest("[data-block-id]")?.dataset.blockId } : null;
    const scrolled = same ? this.dialog.querySelector(".modal-body")?.scrollTop : 0;
    this.view = view;
    this.drawn = JSON.stringify(view);
    this.#draw();
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector(".modal-body").scrollTop = scrolled ?? 0;
    this.#focus(focus, same);
  }

  #focus(focus, same) {
    const find = (selector) => this.dialog.querySelector(selector);
    if (same && focus?.action) {
      const holder = focus.block ? [...this.dialog.querySelectorAll("[data-block-id]")].find((each) => each.dataset.blockId === focus.block) : this.dialog;
      const field = (holder ?? this.dialog).querySelector(`[data-action-id="${CSS.escape(focus.action)}"]`);
      field?.focus();
      if (field && focus.from !== null && focus.from !== undefined) {
        try { field.setSelectionRange(focus.from, focus.to); } catch { /* Not a field with a caret. */ }
      }
      if (field) return;
    }
    (find(".modal-body [autofocus]") ?? find(".modal-body input, .modal-body textarea, .modal-body button, .modal-body a") ?? find("[data-testid=modal-submit]") ?? find("[data-testid=modal-close]"))?.focus();
  }

  #surface() {
    const values = this.values, id = this.view.id;
    const key = (name) => `${id}\u0000${name}`;
    return {
      kind: "modal",
      values: { has: (name) => values.has(key(name)), get: (name) => values.get(key(name)), set: (name, value) => values.set(key(name), value) },
      act: async (block, element, value) => {
        try {
          await this.#tellInputs(id);
          await post("click", { view_id: id, block_id: block.block_id, action_id: element.action_id, value });
        } catch (error) {
          this.tell(error.message);
        }
      },
    };
  }

  // An app that is asked while the modal is open reads `view.state`: it holds everything that was filled in so far.
  async #tellInputs(id) {
    const all = touched(this.view.blocks, this.surface);
    for (const block of this.view.blocks) {
      if (block.type !== "input" || block.dispatch_action) continue;
      for (const [action, value] of Object.entries(all[block.block_id] ?? {})) {
        await post("click", { view_id: id, block_id: block.block_id, action_id: action, value });
      }
    }
  }

  #draw() {
    const view = this.view;
    this.surface = this.#surface();
    this.error = h("div.modal-error", { role: "alert" });
    const submit = view.submit && h("button.button.primary-fill", { type: "submit", testid: "modal-submit" }, plain(view.submit.text));
    this.submit = submit;
    const form = h("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); this.#send(); } },
      h("div.dialog-head", null,
        h("h2", { id: "modal-title" }, plain(view.title?.text ?? "")),
        view.previous_view_id && h("span.stack-note", null, "opened from another"),
        iconButton("close", "Close", () => this.close(), { testid: "modal-close" })),
      h("div.modal-body", null, this.error, renderBlocks(view.blocks, this.surface)),
      h("div.dialog-foot", null,
        h("button.button", { type: "button", onclick: () => this.close() }, plain(view.close?.text ?? (view.submit ? "Cancel" : "Close"))), submit));
    fill(this.dialog, form);
  }

  #errors(errors) {
    let first = null;
    for (const block of this.view.blocks) showError(this.dialog, block.block_id, errors[block.block_id] ?? "");
    const strangers = Object.entries(errors).filter(([id]) => !this.view.blocks.some((block) => block.block_id === id && block.type === "input"));
    fill(this.error, strangers.map(([, sentence]) => h("p", null, sentence)));
    first = this.dialog.querySelector(".wrong input, .wrong textarea, .wrong button");
    first?.focus();
  }

  async #send() {
    const { id, blocks } = this.view;
    const here = missing(blocks, this.surface);
    this.#errors(here);
    if (Object.keys(here).length || this.sending) return;
    this.sending = true;
    this.submit.classList.add("busy");
    this.submit.setAttribute("aria-busy", "true");
    try {
      const answer = await post("submit", { view_id: id, values: touched(blocks, this.surface) });
      if (answer.errors && Object.keys(answer.errors).length) this.#errors(answer.errors);
      else await this.refresh();
    } catch (error) {
      fill(this.error, h("p", null, error.message));
      this.tell(error.message);
    } finally {
      this.sending = false;
      this.submit?.classList.remove("busy");
      this.submit?.removeAttribute("aria-busy");
    }
  }

  async close() {
    const id = this.view?.id;
    if (!id) return this.show(null);
    try {
      await post("close", { view_id: id });
    } catch (error) {
      this.tell(error.message);
    }
    return this.refresh();
  }
}

/** The app's Home as blocks in a place. */
export function drawHome(place, view, values, tell) {
  if (!view) {
    fill(place, h("div.empty", null, h("h2", null, "Nothing here yet"), h("p", null, "The app has not published its Home for you.")));
    return;
  }
  const key = (name) => `${view.id}\u0000${name}`;
  const surface = {
    kind: "home",
    values: { has: (name) => values.has(key(name)), get: (name) => values.get(key(name)), set: (name, value) => values.set(key(name), value) },
    act: async (block, element, value) => {
      try {
        await post("click", { view_id: view.id, block_id: block.block_id, action_id: element.action_id, value });
      } catch (error) {
        tell(error.message);
      }
    },
  };
  const at = document.activeElement;
  const action = place.contains(at) ? at.dataset.actionId : null;
  fill(place, h("div.home", null, renderBlocks(view.blocks, surface)));
  if (action) place.querySelector(`[data-action-id="${CSS.escape(action)}"]`)?.focus();
}

export function canvasView(canvas) {
  const where = (canvas.channel_ids ?? []).map((id) => S.channels.get(id)?.name).filter(Boolean).map((name) => `#${name}`).join(", ");
  return h("article.document", { testid: "canvas", "data-canvas-id": canvas.id },
    h("p.document-note", null, icon("doc"), ["Canvas", where && `shared with ${where}`, canvas.updated && `changed ${dayAndTime(Number(canvas.updated))}`].filter(Boolean).join(" · ")),
    h("h1", null, canvas.title || "Untitled"),
    canvas.deleted ? h("p.gone", null, "This canvas was deleted.") : markdown(canvas.markdown));
}

export async function fileView(file, place) {
  const name = file.title || file.name || file.id;
  const url = fileUrl(file.id);
  const note = h("p.document-note", null, icon("file"), [file.name, bytes(file.size)].filter(Boolean).join(" · "), " ",
    h("a.button", { href: url, download: file.name || file.id }, "Download"));
  const body = h("div");
  fill(place, h("article.document", { testid: "file-view", "data-file-id": file.id }, note, body));
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.mimetype ?? "")) {
    fill(body, h("img.full", { src: url, alt: name }));
    return;
  }
  const readable = /^text\/|json|xml|markdown/.test(`${file.mimetype ?? ""} ${file.filetype ?? ""}`) || /\.(md|txt|log|json|csv|ya?ml|toml|html?)$/i.test(file.name ?? "");
  if (!readable || file.size > 2e6) {
    fill(body, h("p", null, "This kind of file is not shown here. Download it to look at it."));
    return;
  }
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error();
    const text = await response.text();
    const source = h("pre.source", null, text);
    if (!/\.(md|markdown)$/i.test(file.name ?? "") && file.filetype !== "markdown") {
      fill(body, source);
      return;
    }
    const shown = markdown(text);
    const toggle = h("button.button", { type: "button", "aria-pressed": "false", onclick: () => {
      const raw = toggle.getAttribute("aria-pressed") !== "true";
      toggle.setAttribute("aria-pressed", String(raw));
      fill(inside, raw ? source : shown);
    } }, "Source");
    const inside = h("div", null, shown);
    note.append(" ", toggle);
    fill(body, inside);
  } catch {
    fill(body, h("p", null, "The file is not there, or it was not shared with you."));
  }
}

/** The payload of a message (or anything) as the Web API has it. */
export function inspect(title, value) {
  const text = JSON.stringify(value, null, 2);
  return ask(title, (close) => h("div.dialog-body", null,
    h("pre.json", { tabindex: "0", testid: "json" }, text),
    h("div.dialog-foot", null,
      h("button.button", { type: "button", onclick: (event) => {
        const pressed = event.currentTarget;
        navigator.clipboard?.writeText(text).then(() => { pressed.textContent = "Copied"; }, () => { pressed.textContent = "Not copied"; });
      } }, "Copy"),
      h("button.button.primary", { type: "button", autofocus: true, onclick: () => close() }, "Close"))), "json-dialog");
}
