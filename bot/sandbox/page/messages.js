// How messages stand in a list: grouped by person, divided by day, each with what can be done to it.

import { renderBlocks, renderBlock } from "/static/blocks.js";
import { fill, h, icon, iconButton, link } from "/static/dom.js";
import { S, clockTime, dayAndTime, dayKey, dayName, fileUrl, fullTime, looks, userName } from "/static/store.js";
import { asTyped, emojiNode, mrkdwn, plain, words } from "/static/text.js";

const SYSTEM = new Set([
  "channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive", "channel_unarchive",
  "group_join", "group_leave", "group_name", "group_archive", "group_unarchive", "pinned_item", "reminder_add", "huddle_thread",
]);
const GROUP_SECONDS = 300;

export const isEphemeral = (message) => Boolean(message.ephemeral || message.is_ephemeral);
const isOwn = (message) => message.user === S.me && !message.bot_id && !SYSTEM.has(message.subtype) && message.subtype !== "tombstone";

/** Who said it: {id, name, app}. */
export function author(message) {
  const user = S.users.get(message.user);
  const own = message.bot_id && (message.user === S.bot.user_id || message.bot_id === S.bot.bot_id);
  if (own) return { id: S.bot.user_id, name: message.username || userName(S.bot.user_id), app: true };
  if (message.bot_id && !user) return { id: message.bot_id, name: message.username || message.bot_profile?.name || message.bot_id, app: true };
  return { id: message.user ?? "?", name: message.username || (user ? userName(message.user) : message.user ?? "Somebody"), app: Boolean(user?.is_bot || message.bot_id) };
}

export function avatar(id, name, size = "") {
  const { colour, initials } = looks(id, name);
  const node = h(`span.avatar${size}`, { "aria-hidden": "true" }, id === S.bot.user_id ? icon("guide") : initials);
  node.style.backgroundColor = id === S.bot.user_id ? "" : colour;
  if (id === S.bot.user_id) node.classList.add("bot");
  return node;
}

/** One line of what a message says, for screen readers and previews. */
export function gist(message) {
  const parts = [asTyped(message.text)];
  if (!parts[0]) {
    for (const block of message.blocks ?? []) if (block.text) parts.push(words(block.text));
    for (const each of message.attachments ?? []) parts.push(words(each.title || each.fallback || each.text || ""));
    for (const file of message.files ?? []) parts.push(file.title || file.name);
  }
  const said = parts.filter(Boolean).join(" ").replace(/\s+/g, " ").trim();
  return said.length > 200 ? `${said.slice(0, 199)}…` : said;
}

/**
 * A list of messages that is drawn again cheaply: only what changed is made anew, and nothing in which someone is writing.
 * `does` holds what a message can ask for: act, react, edit, remove, open, menu, shot.
 */
export class MessageList {
  constructor(place, does, { inThread = false } = {}) {
    this.place = place;
    this.does = does;
    this.inThread = inThread;
    this.nodes = new Map();
    this.values = new Map();
    this.editing = null;
    place.addEventListener("keydown", (event) => this.#key(event));
    place.addEventListener("focusin", (event) => this.#roam(event.target.closest?.(".message")));
  }

  draw(messages, { pins = [], head = null } = {}) {
    const focus = this.#focusPlace();
    const wanted = [];
    let day = null, before = null;
    messages.forEach((message, number) => {
      const at = Number.parseFloat(message.ts);
      if (dayKey(at) !== day && !(this.inThread && number > 0)) {
        day = dayKey(at);
        if (!this.inThread) {
          wanted.push(this.#keyed(`day ${day}`, dayName(at), () => h("div.day", { role: "separator", "aria-label": dayName(at) }, h("span", null, dayName(at)))));
          before = null;
        }
      }
      const grouped = before && this.#together(before, message);
      const state = JSON.stringify([message, Boolean(grouped), pins.includes(message.ts), this.editing === message.ts, S.me, dayKey(at) === day, message.latest_reply ? dayAndTime(message.latest_reply) : ""]);
      wanted.push(this.#keyed(`${isEphemeral(message) ? "e" : "m"} ${message.ts}`, state, () => this.#message(message, Boolean(grouped), pins.includes(message.ts))));
      if (this.inThread && number === 0 && head) {
        wanted.push(this.#keyed("head", head, () => h("div.thread-count", { role: "separator" }, h("span", null, head))));
        before = null;
      } else before = message;
    });
    this.#place(wanted);
    this.#restore(focus);
  }

  #together(before, message) {
    const [one, two] = [author(before), author(message)];
    return one.id === two.id && one.name === two.name && !two.app && !SYSTEM.has(before.subtype) && !SYSTEM.has(message.subtype)
      && before.subtype !== "tombstone" && message.subtype !== "tombstone" && message.subtype !== "thread_broadcast"
      && isEphemeral(before) === isEphemeral(message) && Number(message.ts) - Number(before.ts) < GROUP_SECONDS;
  }

  #keyed(key, state, make) {
    const kept = this.nodes.get(key);
    // Someone is writing or choosing in it: it waits until they are done.
    const busy = kept?.node.querySelector(":popover-open") || (kept?.node.querySelector(".edit-form") && this.editing === kept.ts);
    if (kept && (kept.state === state || busy)) return { key, ...kept };
    const node = make();
    return { key, state, node, ts: node.dataset.ts };
  }

  #place(wanted) {
    this.nodes = new Map(wanted.map(({ key, ...rest }) => [key, rest]));
    const keep = new Set(wanted.map(({ node }) => node));
    for (const child of [...this.place.children]) if (!keep.has(child)) child.remove();
    wanted.forEach(({ node }, number) => {
      if (this.place.children[number] !== node) this.place.insertBefore(node, this.place.children[number] ?? null);
    });
    if (!this.place.querySelector(".message[tabindex='0']")) this.#roam([...this.place.querySelectorAll(".message")].at(-1));
  }

  // --- where the keyboard is ---

  #focusPlace() {
    const at = document.activeElement;
    const holder = at?.closest?.(".message");
    if (!holder || !this.place.contains(holder)) return null;
    const same = [...holder.querySelectorAll(`[data-action-id="${CSS.escape(at.dataset.actionId ?? "")}"]`)];
    return { ts: holder.dataset.ts, node: at, action: at.dataset.actionId, number: same.indexOf(at), tool: at.dataset.tool };
  }

  #restore(focus) {
    if (!focus || focus.node.isConnected) return;
    const holder = this.node(focus.ts);
    const found = focus.action !== undefined ? [...(holder?.querySelectorAll(`[data-action-id="${CSS.escape(focus.action)}"]`) ?? [])][focus.number]
      : focus.tool ? holder?.querySelector(`[data-tool="${focus.tool}"]`) : null;
    (found ?? holder)?.focus({ preventScroll: true });
  }

  #roam(message) {
    if (!message || !this.place.contains(message)) return;
    for (const each of this.place.querySelectorAll(".message[tabindex='0']")) each.tabIndex = -1;
    message.tabIndex = 0;
  }

  #key(event) {
    const holder = event.target;
    if (!holder.classList?.contains("message") || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...this.place.querySelectorAll(".message")];
    const at = all.indexOf(holder);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    const tool = { e: "edit", r: "react", t: "reply", Enter: "reply", Delete: "delete", j: "json" }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[Math.max(0, Math.min(to, all.length - 1))].focus();
    } else if (tool) {
      const button = holder.querySelector(`[data-tool="${tool}"]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    }
  }

  node(ts) {
    return [...this.place.querySelectorAll(".message")].find((each) => each.dataset.ts === ts) ?? null;
  }

  // --- one message ---

  #message(message, grouped, pinned) {
    const who = author(message);
    const at = Number.parseFloat(message.ts);
    const hidden = isEphemeral(message);
    const system = SYSTEM.has(message.subtype);
    const gone = message.subtype === "tombstone";
    const time = h("time", { title: fullTime(at), datetime: new Date(at * 1000).toISOString() }, clockTime(at));
    const body = h("div.body");
    if (this.editing === message.ts) body.append(this.#editForm(message));
    else fill(body, gone ? h("span.gone", null, "This message was deleted. ", time) : system ? systemLine(message) : this.#content(message));
    const root = message.thread_ts && message.thread_ts !== message.ts;
    const node = h("article.message", {
      testid: hidden ? "ephemeral" : "message", "data-ts": message.ts, tabindex: "-1",
      class: [grouped && "grouped", hidden && "private", system && "system", pinned && "pinned", this.editing === message.ts && "editing"].filter(Boolean).join(" "),
      "aria-label": `${who.name}, ${clockTime(at)}${hidden ? ", only visible to you" : ""}`,
    },
    h("div.gutter", null, grouped ? time : gone ? h("span.avatar.blank", { "aria-hidden": "true" }, icon("trash")) : avatar(who.id, who.name)),
    h("div.content", null,
      hidden && h("p.note", null, icon("lock"), "Only visible to you"),
      pinned && h("p.note.pin-note", null, icon("pin"), "Pinned"),
      message.subtype === "thread_broadcast" && !this.inThread && h("p.note", null, icon("reply"), "Replied to a ",
        h("button.link", { type: "button", onclick: () => this.does.open(message.thread_ts) }, "thread")),
      !grouped && !gone && h("div.by", null, h("strong", { title: S.users.get(who.id)?.title || undefined }, who.name), who.app && h("span.app", null, "App"), time),
      body,
      this.#reactions(message),
      !this.inThread && !root && this.#replies(message)),
    this.editing === message.ts || gone ? null : this.#tools(message, { hidden, system }));
    return node;
  }

  surface(message, prefix = "") {
    const all = this.values;
    const key = (name) => `${message.ts}${prefix}\u0000${name}`;
    return {
      kind: "message",
      values: { has: (name) => all.has(key(name)), get: (name) => all.get(key(name)), set: (name, value) => all.set(key(name), value) },
      act: (block, element, value) => this.does.act(message, block, element, value),
    };
  }

  #content(message) {
    const edited = message.edited && h("small.edited", { title: fullTime(Number.parseFloat(message.edited.ts)) }, " (edited)");
    const surface = this.surface(message);
    const parts = message.blocks?.length ? renderBlocks(message.blocks, surface) : message.text ? [h("div.text", null, mrkdwn(message.text))] : [];
    if (edited) {
      const last = parts.at(-1);
      const inside = last?.querySelector(".rich-section:last-child, .text-run:last-child");
      if (inside && last.contains(inside) && !last.matches(".block-actions, .block-context")) inside.append(edited);
      else parts.push(edited);
    }
    return [
      parts,
      (message.attachments ?? []).map((each, number) => attachment(each, this.surface(message, `a${number}`))),
      message.files?.length ? h("div.files", null, message.files.map((file) => this.#file(file))) : null,
    ];
  }

  #file(file) {
    const image = /^image\/(png|jpeg|gif|webp)$/.test(file.mimetype ?? "");
    const name = file.title || file.name || file.id;
    if (image) {
      return h("figure.file-image", null, h("figcaption", null, name, " ", download(file)),
        h("button.picture", { type: "button", "aria-label": `Open ${name}`, onclick: () => this.does.file(file) }, h("img", { src: fileUrl(file.id), alt: name, loading: "lazy" })));
    }
    return h("div.file", null,
      h("button.file-open", { type: "button", onclick: () => this.does.file(file) }, icon("file"),
        h("span", null, h("strong", null, name), h("small", null, `${String(file.filetype ?? "file").toUpperCase()} · ${bytes(file.size)}`))),
      download(file));
  }

  #reactions(message) {
    if (!message.reactions?.length) return null;
    return h("div.reactions", null, message.reactions.map((reaction) => {
      const mine = reaction.users.includes(S.me);
      const who = reaction.users.map(userName).join(", ");
      return h(`button.reaction${mine ? ".mine" : ""}`, {
        type: "button", "aria-pressed": String(mine), title: `${who} reacted with :${reaction.name}:`, "data-reaction": reaction.name,
        "aria-label": `${reaction.name.replace(/_/g, " ")}, ${reaction.count}: ${who}`,
        onclick: () => this.does.react(message, reaction.name, mine),
      }, emojiNode(reaction.name), h("span", null, String(reaction.count)));
    }), iconButton("smile", "Add a reaction", (event) => this.does.pick(message, event.currentTarget), { class: "reaction" }));
  }

  #replies(message) {
    if (!message.reply_count) return null;
    const count = `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`;
    const last = message.latest_reply ? `Last reply ${dayAndTime(Number.parseFloat(message.latest_reply))}` : "";
    return h("button.replies", { type: "button", testid: "replies", "aria-label": `${count}. ${last}. Open the thread`, onclick: () => this.does.open(message.ts) },
      h("span.faces", null, (message.reply_users ?? []).slice(0, 5).map((id) => avatar(id === S.bot.bot_id ? S.bot.user_id : id, userName(id), ".small"))),
      h("span.count", null, count), h("span.last", null, last));
  }

  #tools(message, { hidden, system }) {
    const own = isOwn(message);
    const tool = (name, label, run, kind = name) => iconButton(name, label, (event) => run(event.currentTarget), { "data-tool": kind, testid: `tool-${kind}` });
    return h("div.tools", { role: "group", "aria-label": "What to do with this message" },
      !hidden && tool("smile", "React", (at) => this.does.pick(message, at), "react"),
      !hidden && !system && !this.inThread && tool("reply", "Reply in thread", () => this.does.open(message.thread_ts ?? message.ts), "reply"),
      !hidden && own && tool("edit", "Edit message", () => this.edit(message.ts), "edit"),
      hidden ? tool("close", "Dismiss", () => this.does.remove(message, false), "delete") : own && tool("trash", "Delete message", () => this.does.remove(message, true), "delete"),
      tool("braces", "Show the JSON", () => this.does.json(message), "json"),
      !hidden && tool("more", "More actions", (at) => this.does.menu(message, at), "more"));
  }

  // --- editing ---

  edit(ts) {
    this.editing = ts;
    this.does.redraw();
    const field = this.node(ts)?.querySelector("textarea");
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  #editForm(message) {
    const done = () => {
      this.editing = null;
      this.does.redraw();
      this.node(message.ts)?.focus();
    };
    const field = h("textarea.field", { rows: String(Math.min(10, asTyped(message.text).split("\n").length + 1)), "aria-label": "Edit message", testid: "edit-field" });
    field.value = asTyped(message.text);
    const save = async () => {
      if (!field.value.trim()) return;
      if (field.value === asTyped(message.text) || await this.does.edit(message, field.value)) done();
    };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") done();
      else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        save();
      }
    });
    return h("div.edit-form", null, field, h("div.edit-foot", null,
      h("button.button", { type: "button", onclick: done }, "Cancel"),
      h("button.button.primary", { type: "button", testid: "edit-save", onclick: save }, "Save")));
  }
}

const download = (file) => h("a.icon-button", { href: fileUrl(file.id), download: file.name || file.id, "aria-label": `Download ${file.title || file.name}`, title: "Download" }, icon("download"));

export function bytes(size) {
  if (!Number.isFinite(size)) return "";
  if (size < 1000) return `${size} bytes`;
  return size < 1e6 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}

function systemLine(message) {
  if (message.subtype === "huddle_thread") {
    const room = message.room ?? {};
    const minutes = room.date_end ? Math.max(1, Math.round((room.date_end - room.date_start) / 60)) : 0;
    return h("span.system-text", null, message.text ? mrkdwn(message.text) : minutes ? `A huddle happened, ${minutes} min` : "A huddle");
  }
  return h("span.system-text", null, mrkdwn(String(message.text ?? "").replace(/^<@[UW][A-Z0-9]+(\|[^>]*)?>:?\s*/, "")));
}

const NAMED = { good: "#2a8a5f", warning: "#d99a1c", danger: "#c4314b" };

function attachment(each, surface) {
  const bar = NAMED[each.color] ?? (/^#?[0-9a-f]{3,8}$/i.test(each.color ?? "") ? `#${each.color.replace("#", "")}` : "");
  const parsed = (name, text) => (!each.mrkdwn_in || each.mrkdwn_in.includes(name) ? mrkdwn(text) : [h("div.text-run", null, plain(text))]);
  const known = each.blocks?.length || each.title || each.text || each.fields?.length || each.author_name || each.pretext;
  const node = h("div.attachment", null,
    each.author_name && h("div.attachment-author", null, each.author_link ? link(each.author_link, each.author_name) : each.author_name),
    each.title && h("div.attachment-title", null, each.title_link ? link(each.title_link, plain(each.title)) : plain(each.title)),
    each.text && h("div", null, parsed("text", each.text)),
    each.fields?.length && h("div.fields", null, each.fields.map((field) => h(`div${field.short ? "" : ".wide"}`, null, h("strong", null, plain(field.title)), h("div", null, mrkdwn(field.value))))),
    each.blocks && each.blocks.map((block) => renderBlock(block, surface)),
    !known && each.fallback && h("div", null, plain(each.fallback)),
    (each.footer || each.ts) && h("div.attachment-foot", null, plain(each.footer ?? ""), each.footer && each.ts ? " · " : "", each.ts && dayAndTime(Number(each.ts))));
  if (bar) node.style.borderLeftColor = bar;
  return h("div.attachment-holder", null, each.pretext && h("div", null, mrkdwn(each.pretext)), node);
}
