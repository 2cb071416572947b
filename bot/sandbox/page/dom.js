// How elements are made: always from nodes and text, so nothing that anyone typed is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  hash: "M9.5 4 8 20M16 4l-1.5 16M4.5 9h16M3.5 15h16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  reply: "M5 5h14v10h-8l-4 4v-4H5z",
  smile: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8.5 14c1 1.6 2.1 2.3 3.5 2.3s2.5-.7 3.5-2.3M9 9.5v.6M15 9.5v.6",
  edit: "M4.5 19.5l.8-4L16 4.8l3.2 3.2L8.5 18.7zM14 7l3.2 3.2",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v5.5M13.5 10.5v5.5",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  close: "M6 6l12 12M18 6L6 18",
  pin: "M9 4h6l-.8 6 3.3 3H6.5l3.3-3zM12 13v7",
  file: "M7 3.5h7l4 4v13H7zM13.5 3.5V8H18",
  braces: "M9 4.5c-2.5 0-2.5 1.2-2.5 3.5S6 12 4 12c2 0 2.5 1.7 2.5 4s0 3.5 2.5 3.5M15 4.5c2.5 0 2.5 1.2 2.5 3.5s.5 4 2.5 4c-2 0-2.5 1.7-2.5 4s0 3.5-2.5 3.5",
  send: "M4.5 5l15.5 7-15.5 7 2.3-7zM7 12h7",
  plus: "M12 5v14M5 12h14",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  down: "M7 10l5 5 5-5",
  people: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.5 19c0-3.5 2.3-5.5 5.5-5.5s5.5 2 5.5 5.5M15.5 5.3a3 3 0 0 1 0 5.5M17 13.8c2.2.6 3.5 2.4 3.5 5.2",
  menu: "M4 7h16M4 12h16M4 17h16",
  doc: "M6 3.5h12v17H6zM9 8h6M9 12h6M9 16h3.5",
  guide: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9.7 9.5c.2-1.4 1.2-2.1 2.4-2.1 1.4 0 2.4.9 2.4 2.1 0 1.7-2.4 1.9-2.4 3.7M12 16.5v.01",
  bolt: "M13 3.5L5.5 13.5H11l-1 7 7.5-10.5H12z",
  back: "M14.5 6l-6 6 6 6",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
};

/** An element: `h("button.primary", {onclick, "aria-label": "..."}, "Save")`. Null and false children are left out. */
export function h(tag, props, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className += ` ${value}`;
    else if (key === "testid") element.dataset.testid = value;
    else if (key === "value" && "value" in element && name !== "li") element.value = value;
    else if (key === "checked" || key === "disabled" || key === "hidden") element[key] = Boolean(value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...flat(children));
  return element;
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "");
}

/** Replaces what is inside an element. */
export function fill(element, ...children) {
  element.replaceChildren(...flat(children));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only an icon; its name is what a screen reader says and what the pointer shows. */
export function iconButton(name, label, onclick, props = {}) {
  return h("button.icon-button", { type: "button", "aria-label": label, title: label, onclick, ...props }, icon(name));
}

/** The address if it may be linked to (a whole http or https address), else null. */
export function safeUrl(url) {
  try {
    const parsed = new URL(String(url));
    return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** A link, or plain text where the address is not one that may be linked to. */
export function link(url, ...children) {
  const href = safeUrl(url);
  if (!href) return h("span", null, ...children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** Shows a popover beside an element, above it where there is no room below. */
export function openBeside(popover, anchor) {
  if (!popover.isConnected) anchor.after(popover);
  popover.showPopover();
  const from = anchor.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const below = from.bottom + 4 + height <= innerHeight || from.top < height + 8;
  const top = below ? Math.min(from.bottom + 4, innerHeight - height - 8) : from.top - height - 4;
  popover.style.top = `${Math.max(8, top)}px`;
  popover.style.left = `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`;
}

/** A menu beside a button; the entries are {label, icon?, danger?, run}. */
export function openMenu(anchor, label, entries) {
  const close = (focus) => {
    if (focus) anchor.focus();
    menu.hidePopover();
  };
  const menu = h("div.menu", { popover: "auto", role: "menu", "aria-label": label },
    entries.map((entry) => h(`button.menu-item${entry.danger ? ".danger" : ""}`, {
      type: "button", role: "menuitem", tabindex: "-1", "data-value": entry.value,
      onclick: () => { close(true); entry.run(); },
    }, entry.icon && icon(entry.icon), h("span", null, entry.label))));
  const items = [...menu.children];
  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      items[(to + items.length) % items.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    }
  });
  anchor.setAttribute("aria-expanded", "true");
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    menu.remove();
  });
  openBeside(menu, anchor);
  items[0]?.focus();
  return menu;
}

/** A modal dialog of this page itself (not of an app); resolves with what `close` was called with, or null. */
export function ask(title, build, testid = "dialog") {
  return new Promise((resolve) => {
    let answer = null;
    const close = (value = null) => { answer = value; dialog.close(); };
    const dialog = h("dialog.dialog", { "aria-label": title, testid });
    fill(dialog,
      h("div.dialog-head", null, h("h2", null, title), iconButton("close", "Close", () => close())),
      build(close));
    dialog.addEventListener("close", () => { dialog.remove(); resolve(answer); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A question with two answers; true when it was confirmed. `dialog` is Block Kit's confirm object in plain words. */
export async function confirmed({ title, body, confirm = "Yes", deny = "Cancel", danger = false }) {
  const answer = await ask(title, (close) => h("div.dialog-body", null,
    h("div", null, body),
    h("div.dialog-foot", null,
      h("button.button", { type: "button", onclick: () => close(false) }, deny),
      h(`button.button.${danger ? "danger-fill" : "primary"}`, { type: "button", testid: "confirm", autofocus: true, onclick: () => close(true) }, confirm))), "confirm-dialog");
  return answer === true;
}
