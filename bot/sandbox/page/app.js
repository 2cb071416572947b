// The page itself: which conversation is open, what the server tells about it, and what a person does there.

import { Composer, OWN_COMMANDS, clientMessageId } from "/static/composer.js";
import { confirmed, fill, h, icon, iconButton, link, openBeside, openMenu } from "/static/dom.js";
import { OFFERED } from "/static/emoji.js";
import { drawControls, drawSidebar, showDetails } from "/static/frame.js";
import { MessageList, author, gist, isEphemeral } from "/static/messages.js";
import { S, botIm, channelName, get, keepState, partner, post } from "/static/store.js";
import { emojiNode, mrkdwn } from "/static/text.js";
import { Modal, canvasView, drawHome, fileView, inspect } from "/static/views.js";

const at = (id) => document.getElementById(id);
const [sidebar, main, pane, notices, live] = ["sidebar", "main", "pane", "notices", "live"].map(at);

// Where the person is. `side` is what stands beside the conversation: {kind: "thread"|"pins"|"canvas"|"file", ...}.
const here = { channel: null, tab: "messages", side: null, mark: null };
const open = { messages: [], pins: [], thread: [], status: new Map(), home: null, homeValues: new Map(), wanted: 0 };
let stream = null, refreshClock = () => {}, modal = null, lastPress = null;

// --- telling ---

const recent = new Map();

function tell(sentence) {
  if (Date.now() - (recent.get(sentence) ?? 0) < 2500) return;
  recent.set(sentence, Date.now());
  const note = h("div.notice", { testid: "notice" }, h("span", null, sentence), iconButton("close", "Dismiss", () => note.remove()));
  notices.append(note);
  while (notices.children.length > 4) notices.firstChild.remove();
  setTimeout(() => note.remove(), 12000);
}

async function trying(promise) {
  try {
    return await promise;
  } catch (error) {
    tell(error.message);
    return null;
  }
}

// --- addresses ---

const idOf = (packed) => `${packed.slice(0, -6)}.${packed.slice(-6)}`;

/** What an address of this page shows: {channel, ts, thread, tab} or {canvas}; null when it is another page's. */
function read(url) {
  if (url.origin !== location.origin) return null;
  const [, first, channel, packed] = url.pathname.split("/");
  if (first !== "archives" || !channel) return url.pathname === "/" ? { channel: null } : null;
  const ts = /^p\d{16,}$/.test(packed ?? "") ? idOf(packed.slice(1)) : null;
  return { channel: decodeURIComponent(url.searchParams.get("cid") || channel), ts, thread: url.searchParams.get("thread_ts"), tab: url.searchParams.get("tab") };
}

function remember(replace = false) {
  const path = here.channel ? `/archives/${encodeURIComponent(here.channel)}` : "/";
  const root = here.side?.kind === "thread" ? here.side.ts : null;
  const query = new URLSearchParams({ as: S.me, ...(root ? { thread_ts: root, cid: here.channel } : {}), ...(here.tab === "home" ? { tab: "home" } : {}) });
  const address = `${path}${root ? `/p${root.replace(".", "")}` : ""}?${query}`;
  if (address === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
}

// --- the frame ---

const guideKey = () => `guide-closed-${S.team.id ?? ""}`;
const kept = { get: (key) => { try { return localStorage.getItem(key); } catch { return null; } }, set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* Private mode. */ } } };

function setGuide(shown) {
  kept.set(guideKey(), shown ? "" : "yes");
  drawFrame();
  if (shown) {
    document.body.classList.add("show-sidebar");
    document.querySelector(".guide button")?.focus();
  } else document.querySelector("[data-testid=guide-open]")?.focus();
}

function drawFrame() {
  drawSidebar(sidebar, {
    channel: here.channel, canvas: here.side?.kind === "canvas" ? here.side.id : null, canvases: [...S.canvases.values()].filter((each) => !each.deleted),
    open: (id) => go({ channel: id, tab: id === botIm()?.id && here.channel !== id && !S.channels.get(id).unread ? "home" : "messages" }),
    openCanvas: (id) => { document.body.classList.remove("show-sidebar"); showSide({ kind: "canvas", id }); },
    guideShown: kept.get(guideKey()) !== "yes", guide: setGuide, close: hideSidebar, made: async (id) => { await refreshState(); go({ channel: id }); },
  });
  document.title = `${here.channel ? `${S.channels.get(here.channel)?.is_im ? "" : "#"}${channelName(here.channel)} · ` : ""}${S.team.name ?? "Local workspace"}`;
}

function drawStrip() {
  refreshClock = drawControls(at("controls"), { actAs, guide: () => setGuide(true), tell });
}

function hideSidebar() {
  document.body.classList.remove("show-sidebar");
  main.querySelector(".menu-button")?.focus();
}

// --- the channel ---

const does = {
  act: async (message, block, element, value) => {
    lastPress = { ts: message.ts, action: element.action_id };
    await trying(post("click", { channel: here.channel, ts: message.ts, block_id: block.block_id, action_id: element.action_id, value }));
  },
  react: (message, name, mine) => trying(post("react", { channel: here.channel, ts: message.ts, name, remove: mine })),
  edit: (message, text) => trying(post("edit", { channel: here.channel, ts: message.ts, text })),
  remove: async (message, question) => {
    if (question && !(await confirmed({ title: "Delete message?", body: gist(message) || "This message", confirm: "Delete", danger: true }))) return;
    const done = await trying(post("delete", { channel: here.channel, ts: message.ts }));
    if (done && isEphemeral(message)) drop(message.ts, true);
  },
  open: (ts) => showSide({ kind: "thread", ts }, { focus: true }),
  file: (file) => showSide({ kind: "file", file }),
  json: (message) => inspect("Message as JSON", message),
  pick: (message, anchor) => {
    const popover = h("div.reaction-picker", { popover: "auto", role: "group", "aria-label": "Reactions" }, OFFERED.map((name) => h("button", {
      type: "button", "aria-label": name.replace(/_/g, " "), title: `:${name}:`, "data-reaction": name,
      onclick: () => { anchor.focus(); popover.hidePopover(); does.react(message, name, false); },
    }, emojiNode(name))));
    popover.addEventListener("toggle", (event) => { if (event.newState === "closed") { popover.remove(); redraw(); } });
    openBeside(popover, anchor);
    popover.querySelector("button").focus();
  },
  menu: (message, anchor) => {
    const pinned = open.pins.includes(message.ts);
    openMenu(anchor, "More actions", [
      { label: "Copy link", icon: "hash", run: () => copyLink(message) },
      { label: pinned ? "Unpin" : "Pin to the channel", icon: "pin", run: () => trying(post("pin", { channel: here.channel, ts: message.ts, remove: pinned })).then(() => loadMessages()) },
      ...S.shortcuts.filter((each) => each.type !== "global").map((each) => ({
        label: each.name, icon: "bolt", value: each.callback_id, run: () => trying(post("shortcut", { callback_id: each.callback_id, channel: here.channel, ts: message.ts })),
      })),
    ]);
  },
  redraw: () => redraw(),
};

async function copyLink(message) {
  const root = message.thread_ts && message.thread_ts !== message.ts ? `?thread_ts=${message.thread_ts}&cid=${here.channel}` : "";
  try {
    await navigator.clipboard.writeText(`${location.origin}/archives/${here.channel}/p${message.ts.replace(".", "")}${root}`);
    live.textContent = "Link copied";
  } catch {
    tell("The browser does not let the page copy.");
  }
}

const list = h("div.messages", { role: "group", "aria-label": "Messages", tabindex: "-1" });
const latest = h("button.latest", { type: "button", hidden: true, onclick: () => bottom(scroller) }, "New messages below");
const scroller = h("div.scroller", { onscroll: () => { scrolled(scroller); if (near(scroller)) latest.hidden = true; } }, list);
const messages = new MessageList(list, does);

const threadList = h("div.messages", { role: "group", "aria-label": "Thread", tabindex: "-1" });
const threadScroller = h("div.scroller", null, threadList);
const thread = new MessageList(threadList, does, { inThread: true });
const status = h("p.status", { role: "status", testid: "status" });

const composer = new Composer({ id: "composer", testid: "composer", label: "Message", send: (text, files) => say(text, files), back: () => editLast(messages, open.messages), shortcuts: offer });
const threadComposer = new Composer({ id: "thread-composer", testid: "thread-composer", label: "Reply", thread: true, send: (text, files, broadcast) => say(text, files, here.side?.ts, broadcast), back: () => editLast(thread, open.thread), shortcuts: offer });

// A place that is not shown just now keeps what it was.
const near = (place) => (place.clientHeight ? place.scrollHeight - place.scrollTop - place.clientHeight < 120 : place.dataset.up !== "yes");
const scrolled = (place) => { if (place.clientHeight) place.dataset.up = near(place) ? "no" : "yes"; };
const bottom = (place) => { place.scrollTop = place.scrollHeight; };

function editLast(view, all) {
  const own = all.findLast((message) => message.user === S.me && !message.bot_id && !message.subtype);
  if (own) view.edit(own.ts);
}

function offer(anchor, field) {
  openMenu(anchor, "Shortcuts and commands", [
    ...S.shortcuts.filter((each) => each.type === "global").map((each) => ({ label: each.name, icon: "bolt", value: each.callback_id, run: () => trying(post("shortcut", { callback_id: each.callback_id })) })),
    ...[...S.commands, ...OWN_COMMANDS].map((each) => ({ label: each.command, icon: "braces", run: () => { if (!field.field.value) field.insert(`${each.command} `); } })),
    { label: "Mention someone", icon: "people", run: () => field.insert("@") },
  ]);
}

async function say(text, files, root = null, broadcast = false) {
  const channel = here.channel;
  const slash = /^\/([a-z0-9_-]+)(?:\s+([\s\S]*))?$/i.exec(text.trim());
  if (slash && !files.length) {
    const command = `/${slash[1].toLowerCase()}`;
    if (!root && OWN_COMMANDS.some((each) => each.command === command)) return ownCommand(command, slash[2] ?? "");
    const wait = trying(post("slash", { channel, command, text: slash[2] ?? "", ...(root ? { thread_ts: root } : {}) }));
    return root || !S.commands.some((each) => each.command === command) ? Boolean(await wait) : true;
  }
  const sent = await trying(post("post", {
    channel, text, client_msg_id: clientMessageId(), ...(root ? { thread_ts: root, broadcast } : {}), ...(files.length ? { files } : {}),
  }));
  if (sent) requestAnimationFrame(() => bottom(root ? threadScroller : scroller));
  return Boolean(sent);
}

async function ownCommand(command, text) {
  const names = text.trim().split(/\s+/).map((each) => each.replace(/^@/, "").toLowerCase()).filter(Boolean);
  const users = names.map((name) => [...S.users.values()].find((user) => user.name.toLowerCase() === name || user.id.toLowerCase() === name));
  if (!users.length || users.includes(undefined)) {
    tell(`${command} needs the @name of someone here.`);
    return false;
  }
  let done = true;
  for (const user of users) done = Boolean(await trying(post(command === "/invite" ? "invite" : "kick", { channel: here.channel, user: user.id }))) && done;
  return done;
}

function drawMain() {
  const channel = S.channels.get(here.channel);
  if (!channel) {
    fill(main, h("div.empty", null, h("h2", null, "Choose a conversation"), menuButton()));
    return;
  }
  const isBot = channel.is_im && partner(channel) === S.bot.user_id;
  const name = channelName(channel.id);
  const tab = (id, label) => h("button.tab", { type: "button", role: "tab", id: `tab-${id}`, "aria-selected": String(here.tab === id), "aria-controls": "conversation", testid: `tab-${id}`, onclick: () => go({ channel: channel.id, tab: id, keepSide: true }) }, label);
  const head = h("header.head", null, menuButton(),
    h("h2", null, channel.is_im ? null : icon(channel.is_private ? "lock" : "hash"), h("span", null, name), channel.is_archived && h("span.app", null, "Archived")),
    h("p.topic", { title: channel.topic || undefined }, mrkdwn(channel.topic ?? "")),
    channel.is_im ? null : iconButton("pin", "Pinned messages", () => showSide({ kind: "pins" }), { testid: "pins" }),
    channel.is_im ? null : h("button.pill", { type: "button", "aria-label": `${channel.members?.length ?? 0} members. Details of the channel`, testid: "details-open", onclick: () => showDetails(channel, tell) }, icon("people"), String(channel.members?.length ?? 0)));
  const marks = channel.bookmarks?.length ? h("div.bookmarks", null, channel.bookmarks.map((each) => link(each.link, each.title || each.link))) : null;
  if (isBot) {
    const tabs = h("div.tabs", { role: "tablist", "aria-label": name, onkeydown: (event) => { if (["ArrowLeft", "ArrowRight"].includes(event.key)) [...tabs.children].find((each) => each.getAttribute("aria-selected") !== "true")?.click(); } }, tab("home", "Home"), tab("messages", "Messages"));
    if (here.tab === "home") {
      const place = h("div.scroller.home-scroller", { id: "conversation", role: "tabpanel", "aria-labelledby": "tab-home", tabindex: "-1", testid: "home" });
      fill(main, head, tabs, place);
      drawHome(place, open.home, open.homeValues, tell);
      return;
    }
    fill(main, head, tabs, scroller, latest, foot(channel));
    return;
  }
  fill(main, head, marks, scroller, latest, foot(channel));
}

function foot(channel) {
  if (channel.is_archived) return h("div.foot", null, h("p.closed", null, "This channel is archived."));
  if (channel.is_member === false) {
    return h("div.foot", null, h("p.closed", null, `You are looking at #${channel.name}. `,
      h("button.button.primary", { type: "button", testid: "join", onclick: () => trying(post("join", { channel: channel.id })) }, "Join the channel")));
  }
  composer.at(channel.id, `Message ${channel.is_im ? "" : "#"}${channelName(channel.id)}`);
  return h("div.foot", null, composer.element);
}

const menuButton = () => iconButton("menu", "Show the list of channels", () => { document.body.classList.add("show-sidebar"); sidebar.querySelector("[aria-current=page], a")?.focus(); }, { class: "menu-button" });

// What is told while the server's answer is on its way is newer than that answer: it is heard again on top of it.
const meanwhile = new Set();

async function asked(path, params) {
  const heard = [];
  meanwhile.add(heard);
  const answer = await trying(get(path, params));
  meanwhile.delete(heard);
  return [answer, heard];
}

async function loadMessages() {
  const channel = here.channel;
  if (!channel) return;
  const [answer, heard] = await asked("messages", { channel });
  if (!answer || channel !== here.channel) return;
  open.messages = answer.messages;
  open.pins = answer.pins ?? [];
  for (const each of heard) if (each.channel === channel) hearInChannel(each);
  const known = S.channels.get(channel);
  if (known) known.unread = 0;
  redraw();
}

async function loadThread() {
  const side = here.side;
  if (side?.kind !== "thread") return;
  const channel = here.channel;
  const [answer, heard] = await asked("thread", { channel, ts: side.ts });
  if (side !== here.side) return;
  if (!answer) { showSide(null); return; }
  open.thread = answer.messages;
  for (const each of heard) if (each.channel === channel) hearInChannel(each);
  redraw();
}

// --- what is drawn, at most once a frame ---

let due = false;

function redraw() {
  const stick = near(scroller), stickThread = near(threadScroller);
  messages.draw(open.messages, { pins: open.pins });
  if (!open.messages.length && here.channel) fill(list, h("p.empty", null, "Nothing was said here yet."));
  if (here.side?.kind === "thread") {
    const replies = open.thread.filter((message) => !isEphemeral(message)).length - 1;
    thread.draw(open.thread, { pins: open.pins, head: replies > 0 ? `${replies} ${replies === 1 ? "reply" : "replies"}` : null });
    const said = open.status.get(`${here.channel} ${here.side.ts}`);
    fill(status, said ? [h("span.dots", { "aria-hidden": "true" }), said] : "");
    if (stickThread) bottom(threadScroller);
  }
  if (here.side?.kind === "pins") drawSide();
  if (stick) bottom(scroller);
}

function soon() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => { due = false; redraw(); });
}

// --- beside the conversation ---

function sideHead(title, extra) {
  return h("header.head.side-pane-head", null, h("h2", null, title), h("p.topic", null, extra),
    iconButton("close", "Close", () => showSide(null, { focus: true }), { testid: "pane-close" }));
}

async function showSide(side, { focus = false, replace = false } = {}) {
  const before = here.side;
  const stick = near(scroller);
  here.side = side;
  document.body.classList.toggle("with-pane", Boolean(side));
  document.body.classList.toggle("wide-pane", ["canvas", "file"].includes(side?.kind));
  pane.hidden = !side;
  if (!side || side.kind !== "thread" || before?.ts !== side.ts) open.thread = [];
  remember(replace);
  drawSide();
  drawFrame();
  if (stick) bottom(scroller);
  if (!side) {
    pane.replaceChildren();
    if (focus) (before?.kind === "thread" ? messages.node(before.ts) ?? composer.field : composer.field).focus();
    return;
  }
  if (side.kind === "thread") {
    await loadThread();
    bottom(threadScroller);
    if (focus) threadComposer.field.focus();
  } else pane.querySelector("[data-testid=pane-close]")?.focus();
}

function drawSide() {
  const side = here.side;
  if (!side) return;
  const name = here.channel ? `${S.channels.get(here.channel)?.is_im ? "" : "#"}${channelName(here.channel)}` : "";
  const label = { thread: "Thread", pins: "Pinned messages", canvas: "Canvas", file: "File" }[side.kind];
  pane.setAttribute("aria-label", label);
  if (side.kind === "thread") {
    pane.dataset.testid = "thread-pane";
    threadComposer.at(`${here.channel} ${side.ts}`, "Reply…", name);
    const writable = S.channels.get(here.channel)?.is_member !== false && !S.channels.get(here.channel)?.is_archived;
    fill(pane, sideHead("Thread", name), threadScroller, status, h("div.foot", null, writable ? threadComposer.element : h("p.closed", null, "Join the channel to reply.")));
    return;
  }
  pane.dataset.testid = `${side.kind}-pane`;
  const place = h("div.scroller.side-content");
  if (side.kind === "pins") {
    const pinned = open.messages.filter((message) => open.pins.includes(message.ts));
    fill(pane, sideHead(label, name), fill(place, pinned.length ? pinned.map((message) => h("button.pinned-entry", { type: "button", onclick: () => { here.mark = message.ts; mark(); } },
      h("strong", null, author(message).name), h("span", null, gist(message)))) : h("p.empty", null, "Nothing is pinned here.")));
    return;
  }
  fill(pane, sideHead(label), place);
  if (side.kind === "file") fileView(side.file, place);
  else {
    const canvas = S.canvases.get(side.id);
    fill(place, canvas ? canvasView(canvas) : h("p.empty", null, "This canvas is not there, or it was not shared with you."));
  }
}

// --- going somewhere ---

async function go({ channel, tab = "messages", ts = null, thread: root = null, keepSide = false, replace = false }) {
  const id = S.channels.has(channel) ? channel : [...S.channels.values()].find((each) => each.name === channel)?.id ?? null;
  if (channel && !id) tell("There is no such channel, or it is private.");
  const target = id ?? first();
  const left = here.channel;
  if (left && left !== target && open.wanted) get("messages", { channel: left }).catch(() => {});
  open.wanted = 0;
  const moved = target !== here.channel;
  here.channel = target;
  here.tab = tab === "home" && target === botIm()?.id ? "home" : "messages";
  here.mark = ts;
  messages.editing = moved ? null : messages.editing;
  document.body.classList.remove("show-sidebar");
  if (moved) {
    open.messages = [];
    open.pins = [];
    latest.hidden = true;
    messages.draw([]);
  }
  if (!keepSide || moved) {
    here.side = null;
    pane.replaceChildren();
  }
  pane.hidden = !here.side;
  document.body.classList.toggle("with-pane", Boolean(here.side));
  document.body.classList.toggle("wide-pane", ["canvas", "file"].includes(here.side?.kind));
  if (target && S.channels.get(target)) S.channels.get(target).unread = 0;
  if (!(root && target)) remember(replace);
  drawMain();
  drawFrame();
  if (!target) return;
  const isBot = target === botIm()?.id;
  if (isBot) {
    const answer = await trying(post("home", { tab: here.tab }));
    if (answer?.view) open.home = answer.view;
    if (here.tab === "home") { drawMain(); return; }
  }
  await loadMessages();
  bottom(scroller);
  const rootTs = root && root !== "null" ? root : null;
  if (rootTs) await showSide({ kind: "thread", ts: rootTs }, { replace });
  mark();
  if (!ts && !rootTs && !matchMedia("(max-width: 700px)").matches) composer.field.focus({ preventScroll: true });
}

function mark() {
  if (!here.mark) return;
  const found = [thread.node(here.mark), messages.node(here.mark)].filter((each) => each?.isConnected);
  for (const node of found) {
    node.scrollIntoView({ block: "center" });
    node.classList.remove("marked");
    requestAnimationFrame(() => node.classList.add("marked"));
    setTimeout(() => node.classList.remove("marked"), 4000);
  }
  found[0]?.focus({ preventScroll: true });
  if (!found.length) tell("That message is not there any more.");
  here.mark = null;
}

function first() {
  const rooms = [...S.channels.values()].filter((each) => !each.is_im && each.is_member !== false && !each.is_archived);
  return (rooms.find((each) => /^inc[-_]/.test(each.name)) ?? rooms[0] ?? [...S.channels.values()][0])?.id ?? null;
}

addEventListener("popstate", () => {
  const url = new URL(location.href);
  const who = url.searchParams.get("as");
  if (who && who !== S.me) { start(who); return; }
  const place = read(url);
  if (place) go({ ...place, ts: null, tab: place.tab ?? "messages", replace: true });
});

// Links into this workspace open here, not in another tab.
document.addEventListener("click", (event) => {
  const anchor = event.target.closest?.("a[href]");
  if (!anchor || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || anchor.hasAttribute("download")) return;
  const url = new URL(anchor.href, location.href);
  const own = url.origin === location.origin || url.hostname === `${S.team.domain}.slack.com`;
  const canvas = own && /\/docs\/[^/]+\/(F[A-Z0-9]+)/.exec(url.pathname)?.[1];
  const file = own && /\/files(?:-pri)?\/(?:[^/]+\/)?(F[A-Z0-9]+)(?:\/|$)/.exec(url.pathname)?.[1];
  const place = own ? read(new URL(url.pathname + url.search, location.origin)) : null;
  if (canvas) {
    event.preventDefault();
    showSide({ kind: "canvas", id: canvas });
  } else if (file && !url.pathname.startsWith("/_sim/")) {
    event.preventDefault();
    showSide({ kind: "file", file: knownFile(file) ?? { id: file, name: decodeURIComponent(url.pathname.split("/").pop()) } });
  } else if (place?.channel) {
    event.preventDefault();
    const root = place.thread ?? (place.ts && open.messages.find((each) => each.ts === place.ts && each.reply_count && place.channel === here.channel)?.ts);
    go({ ...place, thread: root ?? null, tab: place.tab ?? "messages" });
  }
});

const knownFile = (id) => [...open.messages, ...open.thread].flatMap((message) => message.files ?? []).find((each) => each.id === id);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
  if (document.body.classList.contains("show-sidebar")) hideSidebar();
  else if (here.side && pane.contains(document.activeElement)) showSide(null, { focus: true });
});

// --- what the server tells ---

function upsert(all, message) {
  const number = all.findIndex((each) => each.ts === message.ts && isEphemeral(each) === isEphemeral(message));
  if (number >= 0) return all.with(number, message);
  return [...all, message].sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));
}

const isRootLevel = (message) => !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";
const inOpenThread = (message) => here.side?.kind === "thread" && (message.ts === here.side.ts || message.thread_ts === here.side.ts);

function drop(ts, ephemeral = false) {
  const stays = (message) => message.ts !== ts || (ephemeral && !isEphemeral(message));
  open.messages = open.messages.filter(stays);
  open.thread = open.thread.filter(stays);
  if (here.side?.kind === "thread" && here.side.ts === ts && !ephemeral) showSide(null);
  soon();
}

/** Brings the open lists up to date with one event. */
function hearInChannel(event) {
  const hidden = event.type.startsWith("ephemeral");
  if (event.type.endsWith("_deleted")) drop(event.ts ?? event.message?.ts, hidden);
  else if (event.message) hearHere(hidden ? { ...event.message, ephemeral: true } : event.message, event.type.endsWith("_changed"));
}

function hear(event) {
  const { channel, message } = event;
  for (const heard of meanwhile) heard.push(event);
  switch (event.type) {
    case "message": case "ephemeral": {
      const isNew = message.user !== S.me || message.bot_id;
      if (channel !== here.channel) {
        const known = S.channels.get(channel);
        if (known && isNew && isRootLevel(message)) {
          known.unread = Number(known.unread ?? 0) + 1;
          drawFrame();
        } else if (!known) refreshState();
        return;
      }
      if (event.type === "message") open.wanted += 1;
      hearInChannel(event);
      if (isNew) {
        if (inOpenThread(message) || (isRootLevel(message) && here.tab === "messages")) announce(message);
        if (isRootLevel(message) && !near(scroller)) latest.hidden = false;
        if (here.tab === "home") { S.channels.get(channel).unread = Number(S.channels.get(channel).unread ?? 0) + 1; drawFrame(); }
      }
      return;
    }
    case "message_changed": case "ephemeral_changed":
    case "message_deleted": case "ephemeral_deleted":
      if (channel === here.channel) hearInChannel(event);
      return;
    case "view": modal.hear(event.view); return;
    case "home":
      open.home = event.view;
      if (here.tab === "home") drawHome(at("conversation"), open.home, open.homeValues, tell);
      return;
    case "canvas":
      if (event.canvas.deleted) S.canvases.delete(event.canvas.id);
      else S.canvases.set(event.canvas.id, event.canvas);
      loadCanvases();
      return;
    case "channels": refreshState(); return;
    case "clock":
      S.skew = event.now - Date.now() / 1000;
      refreshClock();
      soon();
      return;
    case "notice": tell(event.text); return;
    case "status":
      open.status.set(`${channel} ${event.thread_ts}`, event.text);
      soon();
      return;
    default:
  }
}

function hearHere(message, changed = false) {
  if (isRootLevel(message) && (!changed || open.messages.some((each) => each.ts === message.ts))) open.messages = upsert(open.messages, message);
  if (inOpenThread(message) && open.thread.length) open.thread = upsert(open.thread, message);
  if (message.bot_id && message.thread_ts) open.status.delete(`${here.channel} ${message.thread_ts}`);
  const pinned = message.pinned_to?.includes(here.channel);
  if (pinned !== open.pins.includes(message.ts)) open.pins = pinned ? [...open.pins, message.ts] : open.pins.filter((ts) => ts !== message.ts);
  soon();
}

let announced = 0;

function announce(message) {
  const line = h("p", null, `${author(message).name}: ${gist(message)}`);
  live.append(line);
  if ((announced += 1) > 5) live.firstChild?.remove();
}

let refreshing = null;

/** Asks again who and what is here; several wishes at once are one request. */
function refreshState() {
  refreshing ??= (async () => {
    await new Promise((resolve) => { setTimeout(resolve, 60); });
    const unread = new Map([...S.channels].map(([id, each]) => [id, each.unread]));
    const state = await trying(get("state"));
    refreshing = null;
    if (!state) return;
    const before = JSON.stringify(S.channels.get(here.channel) ?? null);
    keepState(state);
    for (const [id, each] of S.channels) if (unread.has(id)) each.unread = unread.get(id);
    if (here.channel && !S.channels.has(here.channel)) { go({ channel: null }); return; }
    drawFrame();
    if (before !== JSON.stringify(S.channels.get(here.channel) ?? null)) {
      const focused = document.activeElement;
      drawMain();
      drawSide();
      redraw();
      if (focused?.isConnected) focused.focus({ preventScroll: true });
    }
  })();
  return refreshing;
}

let canvasesAsked = 0;

async function loadCanvases() {
  const mine = ++canvasesAsked;
  const answer = await trying(get("canvases"));
  // Answers may overtake each other: only the one asked for last says what is so now.
  if (!answer || mine !== canvasesAsked) return;
  S.canvases = new Map(answer.canvases.map((each) => [each.id, each]));
  drawFrame();
  if (here.side?.kind === "canvas") {
    const scrolled = pane.querySelector(".scroller")?.scrollTop ?? 0;
    drawSide();
    pane.querySelector(".scroller").scrollTop = scrolled;
  }
}

function listen() {
  stream?.close();
  const mine = new EventSource(`/_sim/events?as=${encodeURIComponent(S.me)}`);
  const lost = (is) => { const note = document.querySelector("[data-testid=lost]"); if (note) note.hidden = !is; };
  let again = false;
  stream = mine;
  // The stream stands before anything is read, so that nothing falls between the two.
  const ready = new Promise((resolve) => {
    mine.addEventListener("open", resolve, { once: true });
    setTimeout(resolve, 1500);
  });
  mine.onopen = async () => {
    document.body.dataset.connected = "yes";
    lost(false);
    if (!again) { again = true; return; }
    await refreshState();
    await Promise.all([loadMessages(), loadThread(), loadCanvases(), modal.refresh()]);
  };
  mine.onmessage = (event) => hear(JSON.parse(event.data));
  mine.onerror = () => {
    document.body.dataset.connected = "no";
    lost(true);
    again = true;
    if (mine.readyState === EventSource.CLOSED && stream === mine) setTimeout(() => { if (stream === mine) listenAgain(); }, 2000);
  };
  return ready;
}

function listenAgain() {
  listen();
  stream.addEventListener("open", () => { refreshState(); loadMessages(); loadThread(); }, { once: true });
}

// --- beginning ---

async function actAs(user) {
  document.body.dataset.ready = "no";
  const place = { ...here };
  await start(user, place);
  at("act-as")?.focus();
  document.body.dataset.ready = "yes";
}

async function start(user, place = null) {
  stream?.close();
  let state;
  try {
    S.me = user;
    state = await get("state");
  } catch (error) {
    if (user) { await start("", place); return; }
    fill(main, h("div.empty", null, h("h2", null, "The local Slack does not answer"), h("p", null, error.message), h("button.button.primary", { type: "button", onclick: () => location.reload() }, "Try again")));
    return;
  }
  keepState(state);
  kept.set("acting-as", S.me);
  here.channel = null;
  here.side = null;
  open.home = null;
  open.status.clear();
  modal ??= new Modal(tell, afterModal);
  modal.show(null);
  drawStrip();
  await listen();
  const url = new URL(location.href);
  const wanted = place ? { channel: S.channels.has(place.channel) ? place.channel : null, tab: place.tab, thread: place.side?.kind === "thread" && S.channels.has(place.channel) ? place.side.ts : null } : read(url) ?? { channel: null };
  const root = wanted.thread ?? wanted.ts ?? null;
  await go({ channel: wanted.channel, tab: wanted.tab ?? "messages", ts: wanted.ts ?? null, thread: wanted.thread ?? null, replace: true });
  // The link to a message that has a thread opens the thread too.
  if (!wanted.thread && root && open.messages.find((each) => each.ts === root)?.reply_count) await showSide({ kind: "thread", ts: root }, { replace: true });
  const canvas = url.searchParams.get("canvas");
  await loadCanvases();
  if (canvas) showSide({ kind: "canvas", id: canvas });
  await modal.refresh();
  document.body.dataset.ready = "yes";
}

function afterModal() {
  const node = lastPress && (thread.node(lastPress.ts) ?? messages.node(lastPress.ts));
  const again = node?.querySelector(`[data-action-id="${CSS.escape(lastPress.action ?? "")}"]`);
  if (document.activeElement === document.body || !document.activeElement) (again ?? node ?? (here.side?.kind === "thread" ? threadComposer.field : composer.field)).focus();
  lastPress = null;
}

setInterval(() => refreshClock(), 10000);
start(new URL(location.href).searchParams.get("as") ?? kept.get("acting-as") ?? "");
