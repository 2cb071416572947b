// What stands around the conversation: the strip of the simulation, the sidebar, the guide, and what is done to channels.

import { ask, confirmed, fill, h, icon, iconButton } from "/static/dom.js";
import { avatar } from "/static/messages.js";
import { picker } from "/static/picker.js";
import { S, channelName, inZone, now, partner, post, userName } from "/static/store.js";
import { mrkdwn } from "/static/text.js";

const people = () => [...S.users.values()].filter((user) => !user.is_bot && !user.deleted && user.id !== "USLACKBOT");

const HOUR = 3600;

/** The controls of the simulation: its clock, whom the page acts as, the guide. */
export function drawControls(place, { actAs, guide, tell }) {
  const time = h("span.clock-now", { testid: "clock-now", title: "The workspace's own time, in your zone" });
  const turn = async (seconds) => {
    try {
      await post("clock", { advance: seconds });
    } catch (error) {
      tell(error.message);
    }
  };
  const jump = (label, short, seconds, testid) => h("button.jump", { type: "button", testid, "aria-label": label, title: `Turn the clock: ${label}`, onclick: () => turn(seconds) },
    h("span.long", { "aria-hidden": "true" }, label), h("span.short", { "aria-hidden": "true" }, short));
  const select = h("select", { testid: "act-as", id: "act-as", onchange: () => actAs(select.value) },
    people().map((user) => h("option", { value: user.id, selected: user.id === S.me }, `${user.real_name || user.name}${user.title ? `, ${user.title}` : ""}${user.is_restricted ? " (guest)" : ""}`)));
  select.value = S.me;
  fill(place,
    h("span.lost", { testid: "lost", hidden: true, role: "status" }, "Reconnecting…"),
    h("div.clock", { role: "group", "aria-label": "Clock of the workspace" }, icon("clock"), time,
      jump("1 hour later", "+1 h", HOUR, "clock-hour"), jump("1 day later", "+1 d", 24 * HOUR, "clock-day"), jump("1 week later", "+1 w", 168 * HOUR, "clock-week")),
    h("label.act-as", { for: "act-as" }, h("span", null, "Act as"), select),
    S.guide.length ? h("button.jump.guide-button", { type: "button", testid: "guide-open", onclick: guide }, icon("guide"), h("span.long", null, "Guide")) : null);
  tick(time);
  return () => tick(time);
}

function tick(time) {
  time.textContent = inZone(now(), { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

export function drawSidebar(place, { channel, canvas, open, openCanvas, canvases, guideShown, guide, close, made }) {
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const scrolled = place.querySelector(".side-scroll")?.scrollTop ?? 0;
  const all = [...S.channels.values()];
  const rooms = all.filter((each) => !each.is_im).sort((a, b) => Number(a.is_archived) - Number(b.is_archived) || a.name.localeCompare(b.name));
  const directs = all.filter((each) => each.is_im && (each.user === S.me || each.members?.includes(S.me)));
  const entry = (each) => {
    const here = each.id === channel && !canvas;
    const unread = here ? 0 : Number(each.unread ?? 0);
    const other = each.is_im ? partner(each) : null;
    const name = each.is_im ? userName(other) : each.name;
    return h(`a.side-entry${unread ? ".unread" : ""}${each.is_archived || each.is_member === false ? ".dim" : ""}`, {
      href: `/archives/${encodeURIComponent(each.id)}?as=${encodeURIComponent(S.me)}`, "aria-current": here ? "page" : undefined,
      testid: each.is_im ? `channel-${S.users.get(other)?.name ?? other}` : `channel-${each.name}`, "data-key": each.id,
      onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        open(each.id);
      },
    },
    each.is_im ? avatar(other, name, ".small") : icon(each.is_private ? "lock" : "hash"),
    h("span.side-name", null, name),
    each.is_archived && h("small", null, "archived"),
    each.is_im && other === S.bot.user_id && h("span.app", null, "App"),
    unread ? h("span.badge", { "aria-label": `${unread} unread` }, String(unread)) : null);
  };
  fill(place,
    h("div.side-head", null,
      h("h1", null, S.team.name || "Workspace"),
      iconButton("close", "Close the list of channels", close, { class: "side-close" }),
      h("p.side-me", null, avatar(S.me, userName(S.me), ".small"), h("span", null, userName(S.me)))),
    h("div.side-scroll", null,
      section("Channels", rooms.map(entry), [iconButton("doc", "Load a channel from a Slack export", () => loadExport(made), { testid: "export-open" }), iconButton("plus", "Make a channel", () => makeChannel(made))]),
      section("Direct messages", directs.map(entry)),
      canvases.length ? section("Canvases", canvases.map((each) => h("button.side-entry", {
        type: "button", "data-key": each.id, "aria-current": each.id === canvas ? "page" : undefined, testid: `canvas-${each.id}`, onclick: () => openCanvas(each.id),
      }, icon("doc"), h("span.side-name", null, each.title || "Untitled")))) : null),
    guideShown && S.guide.length ? h("section.guide", { testid: "guide", "aria-label": "Guide" },
      h("div.guide-head", null, h("h2", null, "Try it"), iconButton("close", "Close the guide", () => guide(false), { testid: "guide-close" })),
      h("ol", null, S.guide.map((line) => h("li", null, line)))) : null);
  place.querySelector(".side-scroll").scrollTop = scrolled;
  if (focused) [...place.querySelectorAll("[data-key]")].find((each) => each.dataset.key === focused)?.focus();
}

const section = (title, entries, tool) => h("section", null, h("div.side-title", null, h("h2", null, title), tool), entries.length ? entries : h("p.side-none", null, "None"));

async function makeChannel(made) {
  const name = h("input.field", { type: "text", id: "new-channel", maxlength: "80", required: true, autofocus: true, autocomplete: "off" });
  const hidden = h("input", { type: "checkbox" });
  const error = h("p.field-error", { role: "alert" });
  const channel = await ask("Make a channel", (close) => h("form.dialog-body", { onsubmit: async (event) => {
    event.preventDefault();
    try {
      const wanted = name.value.trim().toLowerCase().replace(/[^\p{L}\p{N}_-]+/gu, "-");
      close((await post("channel", { name: wanted, is_private: hidden.checked, members: [S.me] })).channel);
    } catch (refused) {
      fill(error, refused.message);
    }
  } }, h("label", { for: "new-channel" }, h("span.input-label", null, "Name")), name, h("label.choice", null, hidden, h("span", null, "Private")), error,
  h("div.dialog-foot", null, h("button.button", { type: "button", onclick: () => close() }, "Cancel"), h("button.button.primary-fill", { type: "submit" }, "Make it"))));
  if (channel) made(typeof channel === "string" ? channel : channel.id);
}

async function loadExport(made) {
  const file = h("input.field", { type: "file", id: "export-file", accept: ".zip", required: true, testid: "export-file" });
  const name = h("input.field", { type: "text", id: "export-channel", maxlength: "80", required: true, autocomplete: "off", testid: "export-channel" });
  const error = h("p.field-error", { role: "alert" });
  const channel = await ask("Load a channel from a Slack export", (close) => h("form.dialog-body", { onsubmit: async (event) => {
    event.preventDefault();
    try {
      const address = await new Promise((done, failed) => Object.assign(new FileReader(), { onload: (read) => done(read.target.result), onerror: () => failed(new Error("The file cannot be read.")) }).readAsDataURL(file.files[0]));
      close((await post("export", { channel: name.value, base64: address.slice(address.indexOf(",") + 1) })).channel);
    } catch (refused) {
      fill(error, refused.message);
    }
  } }, h("label", { for: "export-file" }, h("span.input-label", null, "Zip file")), file, h("label", { for: "export-channel" }, h("span.input-label", null, "Channel in it")), name, error,
  h("div.dialog-foot", null, h("button.button", { type: "button", onclick: () => close() }, "Cancel"), h("button.button.primary-fill", { type: "submit", testid: "export-load" }, "Load it"))));
  if (channel) made(channel);
}

/** Who is in a channel, and what can be done to it. */
export function showDetails(channel, tell) {
  const act = (path, body) => post(path, { channel: channel.id, ...body }).then(() => true, (error) => { tell(error.message); return false; });
  return ask(channel.is_im ? channelName(channel.id) : `#${channel.name}`, (close) => {
    const list = h("ul.members");
    const draw = () => {
      const members = S.channels.get(channel.id)?.members ?? channel.members ?? [];
      const absent = [...S.users.values()].filter((user) => !members.includes(user.id) && !user.deleted && user.id !== "USLACKBOT");
      fill(list, members.map((id) => h("li", null, avatar(id, userName(id), ".small"),
        h("span.grow", null, userName(id), " ", h("small", null, `@${S.users.get(id)?.name ?? id}`), id === S.bot.user_id && h("span.app", null, "App")),
        channel.is_im || !channel.is_member ? null : h("button.button", { type: "button", "aria-label": `Remove ${userName(id)}`, onclick: async () => { if (await act("kick", { user: id })) close(); } }, "Remove"))));
      return channel.is_im || !channel.is_member || channel.is_archived ? null : picker({
        label: "Add someone", placeholder: "Add someone…", options: absent.map((user) => ({ value: user.id, label: user.real_name || user.name, hint: `@${user.name}` })),
        onPick: async (user) => { if (await act("invite", { user })) close(); },
      });
    };
    const add = draw();
    return h("div.dialog-body", null, channel.topic && h("div", null, mrkdwn(channel.topic)), h("h3", null, "Members"), list, add,
      channel.is_im ? null : h("div.dialog-foot", null,
        h("button.button", { type: "button", onclick: async () => {
          const archived = !channel.is_archived;
          close();
          if (await confirmed({ title: archived ? "Archive the channel?" : "Bring the channel back?", body: `#${channel.name}`, confirm: archived ? "Archive" : "Bring back", danger: archived })) act("archive", { archived });
        } }, channel.is_archived ? "Bring back" : "Archive"),
        h("button.button", { type: "button", onclick: async () => { close(); rename(channel, act); } }, "Rename")));
  }, "details");
}

async function rename(channel, act) {
  const field = h("input.field", { type: "text", maxlength: "80", value: channel.name, autofocus: true, "aria-label": "New name" });
  const name = await ask("Rename the channel", (close) => h("form.dialog-body", { onsubmit: (event) => { event.preventDefault(); close(field.value.trim()); } },
    field, h("div.dialog-foot", null, h("button.button.primary-fill", { type: "submit" }, "Rename"))));
  if (name && name !== channel.name) act("rename", { name });
}

